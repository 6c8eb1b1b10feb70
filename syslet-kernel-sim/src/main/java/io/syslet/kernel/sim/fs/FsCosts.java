package io.syslet.kernel.sim.fs;

/**
 * What the file system's code costs the processor, nanoseconds, beyond what the entry charges for
 * each call of its kind. None of this was measured alone; it is what makes a listing of many
 * entries, or a read of many pages, cost more than one of few.
 *
 * @param component of a path, found in the cache.
 * @param attributes to be written out for stat.
 * @param dirent to be written out.
 * @param page of data to be found and copied, after the first.
 * @param miss to ask the disk for blocks, and to be woken.
 * @param change of a directory or an inode.
 */
public record FsCosts(
    long component, long attributes, long dirent, long page, long miss, long change) {
  /** Estimates for a processor of today; a call's own cost has the first component and page. */
  public static FsCosts defaults() {
    return new FsCosts(0, 0, 30, 150, 1_500, 400);
  }

  /** Nothing costs anything. */
  public static FsCosts none() {
    return new FsCosts(0, 0, 0, 0, 0, 0);
  }

  /** The same, {@code factor} times as slow. */
  public FsCosts times(double factor) {
    return new FsCosts(
        (long) (component * factor),
        (long) (attributes * factor),
        (long) (dirent * factor),
        (long) (page * factor),
        (long) (miss * factor),
        (long) (change * factor));
  }
}
