package io.syslet.kernel.sim;

import io.syslet.Kernel;
import io.syslet.Nr;
import io.syslet.Syslet;
import io.syslet.kernel.contract.Booter;
import io.syslet.kernel.contract.SysletContract;
import io.syslet.kernel.sim.disk.Disk;
import io.syslet.kernel.sim.fs.FsOptions;
import io.syslet.kernel.sim.fs.SimFs;
import io.syslet.kernel.sim.ipc.Ipc;

/**
 * What every kernel must do, the one that host threads enter does, but for hand-overs: there a call
 * that blocks, blocks.
 */
class ConcurrentContractTest extends SysletContract {
  @Override
  protected Booter booter() {
    return new Booter() {
      @Override
      public Kernel boot(int maxWorkers) {
        return ConcurrentKernel.boot(SimOptions.defaults(), ConcurrentContractTest::install);
      }

      @Override
      public boolean handsOver() {
        return false;
      }

      @Override
      public boolean makesOddCalls() {
        return true;
      }

      @Override
      public int framesInUse(Kernel kernel) {
        return ((ConcurrentKernel) kernel).framesInUse();
      }

      @Override
      public String directory() {
        return "";
      }
    };
  }

  private static void install(SimMachine machine, SimProcess process, SimCalls calls) {
    new SimFs(machine, Disk.ssd(machine), FsOptions.of(1, 10)).register(calls);
    new Ipc().install(machine, process, calls);
    calls.put(Nr.GETRANDOM, (p, buffer, length, flags, d, e, f) -> -Syslet.ESYSLETPENDING);
  }
}
