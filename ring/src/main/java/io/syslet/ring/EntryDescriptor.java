package io.syslet.ring;

/**
 * One entry: the reservation of one completion, and what is needed to complete it when its owner
 * dies.
 *
 * <pre>
 *   0                   1                   2                   3
 *   0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 *  +---------------+---------------+-------------------------------+
 *  |     owner     |     phase     |               0               |  0   word (u64)
 *  +---------------+---------------+-------------------------------+
 *  |                           position                            |  4
 *  +---------------------------------------------------------------+
 *  |                          caller_data                          |  8
 *  |                                                               |
 *  +---------------------------------------------------------------+
 *  |                             state                             |  16
 *  +---------------------------------------------------------------+
 *  |                           (unused)                            |  20 to 31
 *  +---------------------------------------------------------------+
 * </pre>
 *
 * <pre>
 *  phase     position                          who changes it, and how
 *  DONE      where its completion was put      a reserver, when user_tail has passed it: CAS to HELD
 *  HELD      where it was taken from           its owner alone: store of DONE or RETURNED
 *  RETURNED  where it was taken from           a reserver: CAS to HELD
 * </pre>
 *
 * The owner stays in a DONE word, so that what a dead process had nearly published can be found.
 * {@code state} belongs to the owner: 0, {@link #IDLE} or {@link #ARMED}.
 */
final class EntryDescriptor {
  static final int ENTRY_LENGTH = 32;
  static final int WORD_OFFSET = 0;
  static final int CALLER_DATA_OFFSET = 8;
  static final int STATE_OFFSET = 16;

  static final int NOT_HELD = 0;
  static final int IDLE = 1;
  static final int ARMED = 2;

  static final int DONE = 0;
  static final int HELD = 1 << 8;
  static final int RETURNED = 2 << 8;
  private static final int OWNER_MASK = 0xff;

  private EntryDescriptor() {}

  static long word(int position, int phase, int owner) {
    return ((long) position << 32) | phase | owner;
  }

  static int position(long word) {
    return (int) (word >>> 32);
  }

  static int owner(long word) {
    return (int) word & OWNER_MASK;
  }

  static int phase(long word) {
    return (int) word & ~OWNER_MASK;
  }

  /**
   * Whether the entry's last completion is the one at {@code position} and nobody took it since.
   */
  static boolean isDoneAt(long word, int position) {
    return phase(word) == DONE && position(word) == position;
  }
}
