package io.syslet.kernel.sim.fs;

import io.syslet.CString;
import io.syslet.kernel.sim.Fault;
import io.syslet.kernel.sim.PumpedMachine;
import io.syslet.kernel.sim.SimCall;
import io.syslet.kernel.sim.SimCalls;
import io.syslet.kernel.sim.SimProcess;
import io.syslet.kernel.sim.disk.Disk;
import io.syslet.kernel.sim.disk.DiskOptions;
import io.syslet.kernel.sim.disk.RotatingDisk;
import io.syslet.kernel.sim.disk.RotatingParameters;
import java.lang.foreign.Arena;
import java.util.Arrays;
import java.util.Map;

/** A machine with a disk, a file system and a process, whose calls can be made one by one. */
final class Rig implements AutoCloseable {
  static final long SEED = 7;

  final PumpedMachine machine;
  final Disk disk;
  final SimFs fs;
  final SimProcess process;
  final Arena arena = Arena.ofShared();
  final SimCalls calls = PumpedMachine.calls();

  Rig(FsOptions options) {
    this(options, Map.of());
  }

  Rig(FsOptions options, Map<Fault, Integer> faults) {
    machine = new PumpedMachine(SEED, faults);
    disk =
        new Disk(machine, new RotatingDisk(RotatingParameters.desktop7200()), DiskOptions.sata());
    fs = new SimFs(machine, disk, options);
    fs.register(calls);
    process = machine.process();
  }

  /** A call by its number; null arguments are not possible. */
  long call(long nr, long... arguments) {
    SimCall call = calls.get(nr);
    if (call == null) {
      return -38;
    }
    long[] a = Arrays.copyOf(arguments, 6);
    return call.call(process, a[0], a[1], a[2], a[3], a[4], a[5]);
  }

  long path(String text) {
    return CString.allocate(arena, text);
  }

  long memory(long bytes) {
    return arena.allocate(bytes, 8).address();
  }

  @Override
  public void close() {
    arena.close();
  }
}
