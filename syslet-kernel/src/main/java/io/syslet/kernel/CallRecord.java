package io.syslet.kernel;

import io.syslet.ring.Memory;

/**
 * The off-heap record of one worker: the call that it makes, and how it is told to take over
 * another's user. Shared with native code ({@code struct record} of the Linux port).
 *
 * <pre>
 *     0  +---------------------------------------------------------------+
 *        | u64 seq: even = no call; odd = calling; CLAIMED, CANCELED     |
 *    64  +-------------------------------+-------------------------------+
 *        | u32 go (futex)                | pad                           |
 *    72  +-------------------------------+-------------------------------+
 *        | u64 from: the record whose user this worker is to take over   |
 *   128  +---------------------------------------------------------------+
 *        | u64 slot: of the call in progress                             |
 *   136  +---------------------------------------------------------------+
 *        | u64 end: of the slots to run                                  |
 *   144  +---------------------------------------------------------------+
 *        | u64 ring: the ring on which a reservation is held             |
 *   152  +---------------------------------------------------------------+
 *        | u64 where that reservation remembers caller_data, or 0        |
 *   160  +---------------------------------------------------------------+
 *        | u64 look table: {@link LookTable}                             |
 *   168  +---------------------------------------------------------------+
 *        | u64 caller_data of the call in progress                       |
 *   176  +---------------------------------------------------------------+
 *        | s64 status of a call that was taken over                      |
 *   184  +---------------------------------------------------------------+
 *        | u32 index of the worker in its kernel                         |
 *   192  +---------------------------------------------------------------+
 *        | scratch of the worker: struct rusage                          |
 *   336  +---------------------------------------------------------------+
 *        | char path[48] of the worker's stat file                       |
 *   384  +---------------------------------------------------------------+
 * </pre>
 *
 * A call is pending from the moment that its {@code seq} is odd and CLAIMED. Who then turns it into
 * the next even number, or sets CANCELED first, posts the completion: one of the two, once.
 */
public final class CallRecord {
  /** Size, bytes; a multiple of the cache line. */
  public static final int LENGTH = 384;

  public static final int SEQ = 0;
  public static final int GO = 64;
  public static final int FROM = 72;
  public static final int SLOT = 128;
  public static final int END = 136;
  public static final int RING = 144;
  public static final int ENTRY_CALLER_DATA = 152;
  public static final int LOOK = 160;
  public static final int CALLER_DATA = 168;
  public static final int STATUS = 176;
  public static final int INDEX = 184;
  public static final int SCRATCH = 192;
  public static final int STAT_PATH = 336;

  /** Bit of seq: the call has been handed over and its caller answered −ESYSLETPENDING. */
  public static final long CLAIMED = 1L << 62;

  /** Bit of seq: the pending call was completed by somebody else; its worker posts nothing. */
  public static final long CANCELED = 1L << 61;

  private CallRecord() {}

  /** Whether a call of this record has been handed over and has not ended. Acquire. */
  public static boolean isPending(long record) {
    long seq = Memory.getLongAcquire(record + SEQ);
    return (seq & CLAIMED) != 0 && (seq & CANCELED) == 0;
  }

  /**
   * Ends a pending call on behalf of its worker. Called by that worker alone.
   *
   * @return whether the completion is the worker's to post.
   */
  public static boolean end(long record) {
    long seq = Memory.getLongAcquire(record + SEQ);
    boolean mine = Memory.compareAndSetLong(record + SEQ, seq, even(seq));
    if (!mine) {
      Memory.putLongVolatile(record + SEQ, even(seq));
    }
    return mine && (seq & CANCELED) == 0;
  }

  /**
   * Ends a pending call that is now another's, unless its completion has been taken away: whether
   * it does. Called by its worker alone.
   */
  public static boolean leave(long record) {
    long seq = Memory.getLongAcquire(record + SEQ);
    return (seq & CANCELED) == 0 && Memory.compareAndSetLong(record + SEQ, seq, even(seq));
  }

  /**
   * Takes the completion of a pending call away from its worker. Any thread may.
   *
   * @return whether the completion is the caller's to post.
   */
  public static boolean cancel(long record) {
    long seq = Memory.getLongAcquire(record + SEQ);
    return (seq & CLAIMED) != 0
        && (seq & CANCELED) == 0
        && Memory.compareAndSetLong(record + SEQ, seq, seq | CANCELED);
  }

  private static long even(long seq) {
    return (seq & ~(CLAIMED | CANCELED)) + 1;
  }
}
