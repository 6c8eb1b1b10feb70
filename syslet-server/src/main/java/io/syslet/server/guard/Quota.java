package io.syslet.server.guard;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * How much of one thing all peers together may have, and how much each of them.
 *
 * <pre>
 *   0                                              total - reserve      total
 *   |---------------- for everybody ---------------|----- reserve -------|
 *                                                    only for those who have little
 * </pre>
 *
 * One peer gets no more than its share of the total. The last eighth of a total of 64 or more goes
 * to those who have no more than a sixty-fourth of it: whoever takes all that he can get leaves
 * room for others who need a little, be they the same peer's. Any thread; lock-free.
 */
public final class Quota {
  private static final int RESERVE = 8;
  private static final int LITTLE = 64;
  private static final int PERCENT = 100;

  private final long total;
  private final long most;
  private final AtomicLong used = new AtomicLong();
  private final ConcurrentHashMap<Object, Share> shares = new ConcurrentHashMap<>();

  /**
   * @param total that there is, at least 1.
   * @param percent of it that one peer may have, 1 to 100.
   */
  public Quota(long total, int percent) {
    this.total = total;
    this.most = Math.max((long) (total * (percent / (double) PERCENT)), 1);
  }

  /** What a peer has of it. */
  public Share of(Object peer) {
    return shares.computeIfAbsent(peer, key -> new Share());
  }

  /** What is taken in all. */
  public long used() {
    return used.get();
  }

  private boolean take(long n, boolean hasLittle) {
    long limit = hasLittle || total < LITTLE ? total : total - total / RESERVE;
    long before = used.get();
    while (before + n <= limit) {
      if (used.compareAndSet(before, before + n)) {
        return true;
      }
      before = used.get();
    }
    return false;
  }

  /** One peer's share. */
  public final class Share {
    private final AtomicLong mine = new AtomicLong();

    private Share() {}

    /**
     * Takes some of what there is.
     *
     * @param n how much.
     * @param own what the one for whom it is has already: a session, or the peer itself.
     * @return whether there was so much.
     */
    public boolean take(long n, long own) {
      boolean hasLittle = own + n <= total / LITTLE;
      if (mine.addAndGet(n) > most || !Quota.this.take(n, hasLittle)) {
        mine.addAndGet(-n);
        return false;
      }
      return true;
    }

    /** Takes some for the peer itself: whether there was so much. */
    public boolean take(long n) {
      return take(n, mine.get());
    }

    /** Takes what is there already, whatever the limits say. */
    public void adopt(long n) {
      mine.addAndGet(n);
      used.addAndGet(n);
    }

    /** Gives some back. */
    public void give(long n) {
      mine.addAndGet(-n);
      used.addAndGet(-n);
    }
  }
}
