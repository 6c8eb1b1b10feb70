package io.syslet.kernel.sim.disk;

/**
 * The drive's buffer. When a read has ended, the head stays and reads on to the end of the track,
 * until the next request makes it move.
 *
 * <pre>
 *   segments   [from, to)  [from, to)  ...       what was read, the oldest goes first
 *   stream     next ......... limit              being read: at time t up to next + (t - since) / sector time
 * </pre>
 */
final class ReadAhead {
  private final Geometry geometry;
  private final long[] from;
  private final long[] to;
  private int newest;
  private long next;
  private long limit;
  private long since;
  private int zone;

  ReadAhead(Geometry geometry, int segments) {
    this.geometry = geometry;
    from = new long[segments];
    to = new long[segments];
  }

  /** Whether all of these sectors are in the buffer. */
  boolean holds(long now, long sector, long end) {
    for (int i = 0; i < from.length; i++) {
      if (from[i] <= sector && end <= (i == newest ? reached(now) : to[i])) {
        return true;
      }
    }
    return false;
  }

  private long reached(long now) {
    return next == limit
        ? to[newest]
        : Math.min(limit, next + geometry.sectorsIn(zone, now - since));
  }

  /** Whether the sector is the stream's: read already, or soon. */
  boolean streams(long sector) {
    return next < limit && from[newest] <= sector && sector < limit;
  }

  /** Where the stream ends. */
  long limit() {
    return limit;
  }

  /** When the stream has read everything before {@code end}, which is not behind its limit. */
  long ready(long end) {
    return end <= next ? since : since + geometry.sectorNanos(zone, end - next);
  }

  /** The arm is wanted elsewhere. */
  void stop(long now) {
    if (from.length > 0) {
      to[newest] = Math.max(to[newest], reached(now));
      next = limit;
    }
  }

  /** Sectors were read, and the head reads on. */
  void start(long now, int zone, long sector, long end) {
    if (from.length == 0) {
      return;
    }
    newest = (newest + 1) % from.length;
    from[newest] = sector;
    to[newest] = end;
    this.zone = zone;
    next = end;
    limit = geometry.trackEnd(zone, end - 1);
    since = now;
  }

  /** Sectors were written: what was read of them is old. */
  void forget(long sector, long end) {
    for (int i = 0; i < from.length; i++) {
      if (from[i] < end && sector < to[i]) {
        from[i] = to[i];
      }
    }
  }
}
