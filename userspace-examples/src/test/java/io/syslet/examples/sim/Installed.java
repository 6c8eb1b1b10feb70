package io.syslet.examples.sim;

import io.syslet.kernel.sim.SimCalls;
import io.syslet.kernel.sim.SimInstaller;
import io.syslet.kernel.sim.SimMachine;
import io.syslet.kernel.sim.SimProcess;
import io.syslet.kernel.sim.disk.Disk;
import io.syslet.kernel.sim.fs.FsOptions;
import io.syslet.kernel.sim.fs.SimFs;
import io.syslet.kernel.sim.ipc.Ipc;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A file system on an SSD, and what a test wants to have of the machine it was put in. */
final class Installed implements SimInstaller {
  private @Nullable SimProcess process;
  private @Nullable SimFs fs;

  @Override
  public void install(SimMachine machine, SimProcess made, SimCalls calls) {
    process = made;
    fs = new SimFs(machine, Disk.ssd(machine), FsOptions.of(1, 50));
    fs.register(calls);
    new Ipc().install(machine, made, calls);
  }

  SimProcess process() {
    return Objects.requireNonNull(process);
  }

  SimFs fs() {
    return Objects.requireNonNull(fs);
  }
}
