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

/** What every kernel must do, the simulated one does; with a file system on an SSD. */
class SimContractTest extends SysletContract {
  @Override
  protected Booter booter() {
    return new Booter() {
      @Override
      public Kernel boot(int maxWorkers) {
        return SimKernel.boot(
            SimOptions.defaults().maxWorkers(maxWorkers), SimContractTest::install);
      }

      @Override
      public boolean makesOddCalls() {
        return true;
      }

      @Override
      public int framesInUse(Kernel kernel) {
        return ((SimKernel) kernel).census().stacks();
      }

      @Override
      public boolean hasOwnTime() {
        return true;
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
