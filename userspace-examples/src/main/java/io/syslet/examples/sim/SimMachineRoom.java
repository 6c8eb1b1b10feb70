package io.syslet.examples.sim;

import io.syslet.KernelStats;
import io.syslet.examples.Walk;
import io.syslet.examples.WalkOptions;
import io.syslet.examples.WalkResult;
import io.syslet.kernel.sim.SimCalls;
import io.syslet.kernel.sim.SimKernel;
import io.syslet.kernel.sim.SimMachine;
import io.syslet.kernel.sim.SimProcess;
import io.syslet.kernel.sim.disk.BlockLog;
import io.syslet.kernel.sim.disk.Disk;
import io.syslet.kernel.sim.disk.DiskBound;
import io.syslet.kernel.sim.disk.DiskCounters;
import io.syslet.kernel.sim.fs.SimFs;
import io.syslet.kernel.sim.ipc.Ipc;
import java.io.IOException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A simulated machine with a tree, on which nothing is cached at first. For one thread. */
public final class SimMachineRoom implements AutoCloseable {
  private static final byte[] ROOT = {'/'};

  private final SimSetup setup;
  private final SimKernel kernel;
  private @Nullable Disk disk;

  /** Makes the machine, and the tree. */
  public SimMachineRoom(SimSetup setup) {
    this.setup = setup;
    this.kernel = SimKernel.boot(setup.kernelOptions(), this::install);
  }

  private void install(SimMachine machine, SimProcess process, SimCalls calls) {
    Disk made = setup.makeDisk(machine);
    disk = made;
    new SimFs(machine, made, setup.fsOptions()).register(calls);
    new Ipc().install(machine, process, calls);
  }

  /** Its kernel. */
  public SimKernel kernel() {
    return kernel;
  }

  private Disk disk() {
    return Objects.requireNonNull(disk);
  }

  /** What the disk is, in words and figures. */
  public String describeDisk() {
    return disk().model().describe();
  }

  /** Walks the whole tree as it is cached now. Times are virtual. */
  public SimWalk walk(WalkOptions options) throws IOException, InterruptedException {
    DiskCounters counters = disk().counters();
    long start = kernel.virtualNanos();
    long reads = counters.reads();
    long seek = counters.seekNanos();
    BlockLog log = disk().record();
    WalkResult found = new Walk(kernel, options, ROOT).run();
    long nanos = kernel.virtualNanos() - start;
    return new SimWalk(
        atVirtualTime(found, nanos),
        kernel.stats(),
        nanos,
        counters.reads() - reads,
        counters.seekNanos() - seek,
        bound(log, options.inFlight()),
        kernel.traceSha256());
  }

  private static WalkResult atVirtualTime(WalkResult r, long nanos) {
    return new WalkResult(
        r.entries(), r.directories(), r.bytes(), r.errors(), r.calls(), r.pending(), nanos);
  }

  /** What the disk would need for the same requests, were so many always queued. */
  private long bound(BlockLog log, int inFlight) {
    return log.size() == 0
        ? 0
        : DiskBound.of(disk().model().fresh(), disk().options(), inFlight, log).elapsed();
  }

  /**
   * The hash of the trace since boot. After {@link #close}, of all of it: of the file that it was
   * written to.
   */
  public String traceSha256() {
    return kernel.traceSha256();
  }

  /** The kernel's figures since boot. */
  public KernelStats stats() {
    return kernel.stats();
  }

  @Override
  public void close() {
    kernel.close();
  }
}
