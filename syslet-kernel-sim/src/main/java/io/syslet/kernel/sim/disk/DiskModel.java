package io.syslet.kernel.sim.disk;

/**
 * What a device does with a request, and how long that takes. It holds the device's state (where
 * the arm is, which die is busy) and has no clock: time is told to it, and never goes back.
 */
public interface DiskModel {
  /** Bytes of a sector. */
  int SECTOR = 512;

  /** How many sectors the device has. */
  long sectors();

  /** How many requests it works at together: 1 for one with an arm. */
  int parallel();

  /**
   * Nanoseconds until the data would begin to move, were this the next request: what a drive that
   * orders its queue looks at. 0 if it makes no difference.
   */
  long positioning(long now, DiskRequest request);

  /**
   * Works at a request, and adds to the counters how.
   *
   * @param now not before that of the last call.
   * @return when it ends, not before {@code now}.
   */
  long serve(long now, DiskRequest request, DiskCounters counters);

  /** What the device is made of, to be printed. */
  String describe();

  /** A device like this one as it was at first: the arm outside, nothing buffered. */
  DiskModel fresh();
}
