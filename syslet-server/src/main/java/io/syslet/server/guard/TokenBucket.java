package io.syslet.server.guard;

/**
 * Lets so much through at once, and then one in a while. One thread at a time.
 *
 * <p>It keeps the time at which it was empty: each token that is taken moves that on by the time
 * that it takes to come, up to now. Source: the virtual scheduling form of the generic cell rate
 * algorithm, ITU-T I.371.
 */
public final class TokenBucket {
  private static final long SECOND = 1_000_000_000;

  private final int burst;
  private final long period;
  private long emptyAt;

  /**
   * Makes a full one.
   *
   * @param burst tokens that it holds, at least 1.
   * @param period nanoseconds until another comes; 0: there is always one.
   * @param now nanoseconds of any clock, the same for all methods.
   */
  public TokenBucket(int burst, long period, long now) {
    this.burst = burst;
    this.period = period;
    this.emptyAt = now - burst * period;
  }

  /** One of so many tokens a second, which holds a second's worth; of any number for 0. */
  public static TokenBucket perSecond(int tokens, long now) {
    return tokens == 0 ? new TokenBucket(1, 0, now) : new TokenBucket(tokens, SECOND / tokens, now);
  }

  /** How many of {@code wanted} tokens there are. */
  public int allowed(int wanted, long now) {
    if (period == 0) {
      return wanted;
    }
    if (now - emptyAt > burst * period) {
      emptyAt = now - burst * period;
    }
    return Math.clamp((now - emptyAt) / period, 0, wanted);
  }

  /** Takes tokens that there are. */
  public void take(int tokens) {
    emptyAt += tokens * period;
  }

  /** Takes a token: whether there was one. */
  public boolean takeOne(long now) {
    boolean has = allowed(1, now) > 0;
    if (has) {
      take(1);
    }
    return has;
  }
}
