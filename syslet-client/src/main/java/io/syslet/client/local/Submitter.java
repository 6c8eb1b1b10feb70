package io.syslet.client.local;

import io.syslet.Errno;
import io.syslet.ring.Futex;
import io.syslet.ring.Memory;

/**
 * Submits batches and waits for their answers, one at a time: a reply word of its own. Made by
 * {@link LocalLink#submitter}; one thread at a time.
 *
 * <p>An answer to calls that do not block is there in a microsecond or two if the server looks. So
 * the thread spins first, then gives its processor away once, in case the server waits for that
 * very one. How long it was away tells what to do:
 *
 * <pre>
 *   not at all                    nobody else is here: spins on, then sleeps
 *   for a while, and the answer   the server is here: next time gives way at once
 *   for a while, and no answer    others are here: sleeps, since a waker may push them aside
 * </pre>
 */
public final class Submitter {
  /** Bytes of a submitter's memory: a cache line of reply words. */
  static final int LENGTH = 64;

  private static final int LOOKS_PER_TIME = 32;
  private static final long FIRST_NANOS = 3_000;
  private static final long AWAY_NANOS = 1_000;

  private static final int MOST = 256;
  private static final long GONE = ArenaLayout.ANSWERED | Integer.toUnsignedLong(-Errno.ECONNRESET);

  /** A call that does not block takes less. */
  private static final long NANOS_PER_CALL = 1_500;

  private final LocalLink link;
  private final long words;
  private volatile long reply;
  private boolean sharesProcessor;

  Submitter(LocalLink link, long words) {
    this.link = link;
    this.words = words;
    this.reply = words;
  }

  /**
   * Has {@code count} slots run by the server, in order. Nothing is allocated.
   *
   * @param slots address of the first, in the link's arena, aligned to 8.
   * @param count 1 to 256.
   * @param flags of {@code indirect}.
   * @return how many were accepted, whose statuses are in the slots: as {@link
   *     io.syslet.Kernel#indirect(io.syslet.CallSlots, int, int, int)} says; or the first one's
   *     −errno: none was accepted; −ENOTCONN: the server is gone, and has not seen the batch;
   *     −ECONNRESET: it went before it answered, and what became of the batch is unknown.
   */
  public int submit(long slots, int count, int flags) {
    Memory.putLongVolatile(reply, 0);
    while (!link.isBroken()) {
      if (link.enqueue(slots, reply, count, flags)) {
        return await(link.spinNanos() + Math.min(count, MOST) * NANOS_PER_CALL);
      }
      Thread.onSpinWait();
    }
    return -Errno.ENOTCONN;
  }

  /** After a reset the server may still answer: the next batch uses another word. */
  private int await(long spinNanos) {
    long answer = sharesProcessor ? 0 : spin(Math.min(FIRST_NANOS, spinNanos));
    answer = answer != 0 ? answer : giveWay(spinNanos);
    int result = (int) (answer != 0 ? answer : sleep());
    if (result == -Errno.ECONNRESET) {
      reply = words + (reply - words + Long.BYTES) % LENGTH;
    }
    return result;
  }

  @SuppressWarnings("ThreadPriorityCheck")
  private long giveWay(long spinNanos) {
    long start = System.nanoTime();
    Thread.yield();
    boolean wasAway = System.nanoTime() - start > AWAY_NANOS;
    long answer = Memory.getLongAcquire(reply);
    sharesProcessor = wasAway && answer != 0;
    return answer != 0 || wasAway ? answer : spin(spinNanos);
  }

  private long spin(long nanos) {
    long end = System.nanoTime() + nanos;
    do {
      for (int i = 0; i < LOOKS_PER_TIME; i++) {
        long answer = Memory.getLongAcquire(reply);
        if (answer != 0) {
          return answer;
        }
        Thread.onSpinWait();
      }
    } while (System.nanoTime() - end < 0);
    return 0;
  }

  private long sleep() {
    boolean asleep = Memory.compareAndSetLong(reply, 0, ArenaLayout.ASLEEP);
    long answer = Memory.getLongAcquire(reply);
    while (asleep && answer == ArenaLayout.ASLEEP) {
      Futex.await(reply + ArenaLayout.REPLY_FUTEX, 0, Long.MAX_VALUE);
      answer = Memory.getLongAcquire(reply);
    }
    return answer;
  }

  /**
   * The server is gone: whoever waits is told so, unless the answer is there, whose wake-up may
   * have died with the server. Any thread.
   */
  void reset() {
    long word = reply;
    if (!Memory.compareAndSetLong(word, 0, GONE)) {
      Memory.compareAndSetLong(word, ArenaLayout.ASLEEP, GONE);
    }
    Futex.wakeAll(word + ArenaLayout.REPLY_FUTEX);
  }
}
