package io.syslet.kernel.sim.disk;

/** What a file system sees of a disk. */
public interface BlockDevice {
  /** How many sectors of {@link DiskModel#SECTOR} bytes there are. */
  long sectors();

  /**
   * Queues a request; never sleeps. Its end is told in the machine's loop, later than this returns,
   * once: with 0, or with −EIO, also for sectors beyond the end.
   */
  void submit(DiskRequest request);

  /** What was done so far; goes on counting. */
  DiskCounters counters();
}
