package io.syslet.ring;

import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Hashed wait queues: a ring has no registration of its own, its wait group is hashed into one of a
 * fixed number of buckets, and all waiters of a bucket are woken together.
 *
 * <p>A wake-up may be spurious for a neighbour in the bucket and is never lost. Waking with nobody
 * waiting is one volatile read. Source: {@code syslet_ring_wait} and {@code struct syslet_wait} of
 * the v7 patch series.
 */
public final class WaitQueues {
  /** Buckets in the ordinary configuration. */
  public static final int BUCKETS = 256;

  /** Buckets in the small configuration, {@code -Dio.syslet.ring.small=true}. */
  public static final int SMALL_BUCKETS = 16;

  private static final WaitQueues SYSTEM =
      new WaitQueues(Boolean.getBoolean("io.syslet.ring.small") ? SMALL_BUCKETS : BUCKETS);

  private final WaitBucket[] buckets;

  /**
   * Makes a set of queues.
   *
   * @param buckets a power of two
   * @throws IllegalArgumentException if it is not
   */
  public WaitQueues(int buckets) {
    if (Integer.bitCount(buckets) != 1 || buckets < 0) {
      throw new IllegalArgumentException("not a power of two: " + buckets);
    }
    this.buckets = new WaitBucket[buckets];
    for (int i = 0; i < buckets; i++) {
      this.buckets[i] = new WaitBucket();
    }
  }

  /** The queues that all rings of this process use. */
  public static WaitQueues system() {
    return SYSTEM;
  }

  /** How many buckets there are. */
  public int size() {
    return buckets.length;
  }

  /** The bucket of a wait group, 0 to {@link #size()} − 1: {@code jhash_1word(group, 0) & mask}. */
  public int bucketOf(int waitGroup) {
    return Jhash.jhash1word(waitGroup, 0) & (buckets.length - 1);
  }

  /**
   * Wakes every waiter of the group's bucket. Full barrier on neither side: the caller has changed
   * what the waiters look at with a volatile or stronger access before. Any thread.
   *
   * @return how many were woken
   */
  public int wakeAll(int waitGroup) {
    return bucket(waitGroup).wakeAll();
  }

  /** Wakes every waiter of every group, spuriously: each looks again. Any thread. */
  public void wakeEverybody() {
    for (WaitBucket bucket : buckets) {
      bucket.wakeAll();
    }
  }

  WaitBucket bucket(int waitGroup) {
    return buckets[bucketOf(waitGroup)];
  }

  /** One thread that waits once; a thread that goes on waiting uses another. */
  static class Waiter {
    final Thread thread = Thread.currentThread();
    @Nullable Waiter next;
    volatile boolean signalled;

    /** Called by the waker. */
    void signal() {
      signalled = true;
      LockSupport.unpark(thread);
    }
  }
}
