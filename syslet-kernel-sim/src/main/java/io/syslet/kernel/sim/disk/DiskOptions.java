package io.syslet.kernel.sim.disk;

/**
 * How a disk is queued for.
 *
 * @param elevator of the host.
 * @param depth how many requests the elevator may choose among, those in the device included; more
 *     wait in a line before it. Linux: {@code nr_requests}. 1 takes the choice away.
 * @param nativeDepth how many of them the device may hold, among which it takes the one that it can
 *     begin soonest: 31 with AHCI's queueing, 1 without.
 */
public record DiskOptions(Elevator elevator, int depth, int nativeDepth) {
  /** The depth by default: Linux's {@code BLKDEV_MAX_RQ}. */
  public static final int DEPTH = 128;

  /** Checks the depths. */
  public DiskOptions {
    if (depth < 1 || nativeDepth < 1) {
      throw new IllegalArgumentException("no queue: " + depth + ", " + nativeDepth);
    }
  }

  /** C-SCAN among 128, 31 of them in the drive: a SATA disk. */
  public static DiskOptions sata() {
    return new DiskOptions(Elevator.CSCAN, DEPTH, 31);
  }

  /** No elevator, 1,023 requests in the device: a queue of NVMe. */
  public static DiskOptions nvme() {
    return new DiskOptions(Elevator.FIFO, 1023, 1023);
  }

  /** The same with another depth. */
  public DiskOptions depth(int changed) {
    return new DiskOptions(elevator, changed, Math.min(nativeDepth, changed));
  }
}
