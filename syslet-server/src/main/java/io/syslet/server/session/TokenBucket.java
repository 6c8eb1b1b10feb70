package io.syslet.server.session;

/** Lets a number of calls a second through, a second's worth at once at most. */
final class TokenBucket {
  private static final long NANOS = 1_000_000_000;

  private final long perSecond;
  private long tokens;
  private long filledAt;

  /**
   * @param perSecond 0 for any number.
   */
  TokenBucket(int perSecond, long now) {
    this.perSecond = perSecond;
    this.tokens = perSecond;
    this.filledAt = now;
  }

  /** Of {@code wanted} calls, how many may be made now. */
  int allowed(int wanted, long now) {
    if (perSecond == 0) {
      return wanted;
    }
    fill(now);
    return (int) Math.min(wanted, tokens);
  }

  /** They were made. */
  void take(int made) {
    if (perSecond != 0) {
      tokens -= made;
    }
  }

  private void fill(long now) {
    long passed = Math.min(now - filledAt, NANOS);
    long more = passed * perSecond / NANOS;
    if (more > 0) {
      tokens = Math.min(perSecond, tokens + more);
      filledAt = now;
    }
  }
}
