package io.syslet.examples.sim;

import io.syslet.kernel.sim.CostModel;
import io.syslet.kernel.sim.SimMachine;
import io.syslet.kernel.sim.SimOptions;
import io.syslet.kernel.sim.disk.Disk;
import io.syslet.kernel.sim.disk.DiskModel;
import io.syslet.kernel.sim.disk.DiskOptions;
import io.syslet.kernel.sim.disk.RotatingDisk;
import io.syslet.kernel.sim.disk.RotatingParameters;
import io.syslet.kernel.sim.disk.Ssd;
import io.syslet.kernel.sim.disk.SsdParameters;
import io.syslet.kernel.sim.fs.Aging;
import io.syslet.kernel.sim.fs.FsCosts;
import io.syslet.kernel.sim.fs.FsOptions;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A machine to be simulated.
 *
 * @param seed of the tree and of all that is random.
 * @param disk what the tree lies on.
 * @param files names in the tree, its root included; 1 to {@link #MAX_FILES}.
 * @param queueDepth requests among which the disk's queue may choose, 1 or more; 0 for what the
 *     kind of disk has.
 * @param seekFactor how much slower the arm moves than the drive's own, 0 or more; 1 for as it is.
 * @param inFlight calls that a program may have in flight: there are workers for so many.
 * @param slower how many times as slow the processor is as the one whose figures the cost model
 *     has, 0 or more.
 * @param trace where to write the trace, if anywhere.
 */
public record SimSetup(
    long seed,
    DiskKind disk,
    int files,
    int queueDepth,
    double seekFactor,
    int inFlight,
    double slower,
    @Nullable Path trace) {
  /** Files, if nothing else is said. */
  public static final int FILES = 100_000;

  /** The most files. */
  public static final int MAX_FILES = Aging.MAX_ENTRIES;

  /** Calls in flight, if nothing else is said: what {@link DiskOptions#DEPTH} disks hold. */
  public static final int IN_FLIGHT = 128;

  /** Workers beyond those that sit in calls in flight. */
  private static final int MORE_WORKERS = 32;

  /** Checks the ranges. */
  public SimSetup {
    if (files < 1
        || files > MAX_FILES
        || queueDepth < 0
        || !(seekFactor >= 0)
        || !(slower >= 0)
        || inFlight < 1) {
      throw new IllegalArgumentException("out of range: " + files + " files");
    }
  }

  /** A disk with an arm, the default tree, seed 0. */
  public static SimSetup defaults() {
    return new SimSetup(0, DiskKind.HDD, FILES, 0, 1, IN_FLIGHT, 1, null);
  }

  /** With another seed. */
  public SimSetup seed(long other) {
    return new SimSetup(other, disk, files, queueDepth, seekFactor, inFlight, slower, trace);
  }

  /** On another disk. */
  public SimSetup disk(DiskKind other) {
    return new SimSetup(seed, other, files, queueDepth, seekFactor, inFlight, slower, trace);
  }

  /** With another tree. */
  public SimSetup files(int other) {
    return new SimSetup(seed, disk, other, queueDepth, seekFactor, inFlight, slower, trace);
  }

  /** With another queue. */
  public SimSetup queueDepth(int other) {
    return new SimSetup(seed, disk, files, other, seekFactor, inFlight, slower, trace);
  }

  /** With another arm. */
  public SimSetup seekFactor(double other) {
    return new SimSetup(seed, disk, files, queueDepth, other, inFlight, slower, trace);
  }

  /** With other calls in flight. */
  public SimSetup inFlight(int other) {
    return new SimSetup(seed, disk, files, queueDepth, seekFactor, other, slower, trace);
  }

  /** With another processor. */
  public SimSetup slower(double other) {
    return new SimSetup(seed, disk, files, queueDepth, seekFactor, inFlight, other, trace);
  }

  /** With a trace. */
  public SimSetup trace(@Nullable Path file) {
    return new SimSetup(seed, disk, files, queueDepth, seekFactor, inFlight, slower, file);
  }

  SimOptions kernelOptions() {
    return SimOptions.defaults()
        .seed(seed)
        .maxWorkers(inFlight + MORE_WORKERS)
        .costs(costs())
        .trace(trace);
  }

  /** What things cost on this machine. */
  public CostModel costs() {
    return CostModel.MEASURED.times(slower);
  }

  Disk makeDisk(SimMachine machine) {
    return new Disk(machine, model(), queue());
  }

  private DiskModel model() {
    return disk == DiskKind.SSD
        ? new Ssd(SsdParameters.nvme())
        : new RotatingDisk(RotatingParameters.desktop7200().slowerSeeks(seekFactor));
  }

  private DiskOptions queue() {
    DiskOptions usual = disk == DiskKind.SSD ? DiskOptions.nvme() : DiskOptions.sata();
    return queueDepth == 0 ? usual : usual.depth(queueDepth);
  }

  FsOptions fsOptions() {
    return FsOptions.of(seed, files).costs(FsCosts.defaults().times(slower));
  }
}
