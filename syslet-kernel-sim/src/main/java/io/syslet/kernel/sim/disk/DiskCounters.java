package io.syslet.kernel.sim.disk;

/** What a disk has done so far. Times are virtual nanoseconds. Not for several threads. */
public final class DiskCounters {
  long reads;
  long writes;
  long sectors;
  long errors;
  long bufferHits;
  long seekNanos;
  long rotationNanos;
  long transferNanos;
  long otherNanos;
  long busyNanos;
  int maxDepth;

  /** None yet. */
  public DiskCounters() {}

  /** Requests that read, ended or under way. */
  public long reads() {
    return reads;
  }

  /** Requests that write. */
  public long writes() {
    return writes;
  }

  /** Sectors that these asked for. */
  public long sectors() {
    return sectors;
  }

  /** Requests that ended with −EIO. */
  public long errors() {
    return errors;
  }

  /** Reads that the drive had in its buffer, or was reading anyway. */
  public long bufferHits() {
    return bufferHits;
  }

  /** Spent on moving the arm, and switching heads. */
  public long seekNanos() {
    return seekNanos;
  }

  /** Spent on waiting for the platter to turn. */
  public long rotationNanos() {
    return rotationNanos;
  }

  /** Spent on moving data; of flash, the sum over all dies, programming included. */
  public long transferNanos() {
    return transferNanos;
  }

  /** Spent by the electronics, and on latency spikes. */
  public long otherNanos() {
    return otherNanos;
  }

  /** Time with at least one request under way. */
  public long busyNanos() {
    return busyNanos;
  }

  /** The most requests that were queued and under way at a time. */
  public int maxDepth() {
    return maxDepth;
  }
}
