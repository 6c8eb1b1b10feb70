package io.syslet.ring;

/**
 * Where everything lies in a ring's memory.
 *
 * <p>All integers are little-endian (the host's order on x86-64 and aarch64) and naturally aligned.
 * A ring of {@code n} elements is one piece of memory with three parts; {@code n} is a power of
 * two:
 *
 * <pre>
 *   0                   1                   2                   3
 *   0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 *  +---------------------------------------------------------------+
 *  |                          kernel_head                          |  0   producers; the futex word
 *  +---------------------------------------------------------------+
 *  |                           user_tail                           |  4   the consumer
 *  +---------------------------------------------------------------+
 *  |                           elements                            |  8   n, read once
 *  +---------------------------------------------------------------+
 *  |                          wait_group                           |  12
 *  +---------------------------------------------------------------+
 *  |                    completion[n]: u64 status                  |  16  all that v7 knows
 *  |                                   u64 caller_data            ...
 *  +===============================================================+  G = align64(16 + 16 n): the gate
 *  |                             magic                             |  G + 0    written last
 *  |                                                               |
 *  +---------------------------------------------------------------+
 *  |                            version                            |  G + 8
 *  +---------------------------------------------------------------+
 *  |                      elements (again)                         |  G + 12
 *  +---------------------------------------------------------------+
 *  |              length of all that is shared, bytes              |  G + 16   u64
 *  |                                                               |
 *  +---------------------------------------------------------------+
 *  |                           (padding)                          ...
 *  +---------------------------------------------------------------+
 *  |      waiters: bit s is set while participant s sleeps on      |  G + 128  u64
 *  |                    kernel_head by futex                       |
 *  +---------------------------------------------------------------+
 *  |                           (padding)                          ...
 *  +===============================================================+  P = G + 256: producers only
 *  |                        reserve_cursor                         |  P + 0    hint
 *  +---------------------------------------------------------------+
 *  |                          tail_cache                           |  P + 4    hint
 *  +---------------------------------------------------------------+
 *  |                           (padding)                          ...
 *  +---------------------------------------------------------------+
 *  |                         claim_cursor                          |  P + 128  hint
 *  +---------------------------------------------------------------+
 *  |                           (padding)                          ...
 *  +---------------------------------------------------------------+
 *  |                           returned                            |  P + 256  hint
 *  +---------------------------------------------------------------+
 *  |                           (padding)                           |
 *  +---------------------------------------------------------------+
 *  |          attached: bit s is set while slot s is in use        |  P + 264  u64
 *  |                                                               |
 *  +---------------------------------------------------------------+
 *  |                           (padding)                          ...
 *  +---------------------------------------------------------------+
 *  |                  entry[n], see EntryDescriptor               ...  P + 384
 *  +---------------------------------------------------------------+
 *  |                  mark[n], see MarkDescriptor                 ...  P + 384 + 32 n
 *  +---------------------------------------------------------------+
 * </pre>
 *
 * The first part is byte-exact as in Zach Brown's v7 patch ({@code struct syslet_ring}, {@code
 * struct syslet_completion}). Words that different parties write are 128 bytes apart, because
 * processors fetch cache lines in pairs. The gate is what a waiting client needs; the last part is
 * for producers alone. Where the client is not to be trusted the memory ends with the gate, whose
 * length says so ({@link ServiceRing}).
 */
public final class RingDescriptor {
  /** u32, free-running: where the next completion will be; also the futex word. */
  public static final int KERNEL_HEAD_OFFSET = 0;

  /** u32, free-running: the next completion to be consumed. */
  public static final int USER_TAIL_OFFSET = 4;

  /** u32: a power of two. */
  public static final int ELEMENTS_OFFSET = 8;

  /** u32: hashed to find the wait queue. */
  public static final int WAIT_GROUP_OFFSET = 12;

  /** Bytes of {@code struct syslet_ring} before its completions. */
  public static final int HEADER_LENGTH = 16;

  /** Bytes of {@code struct syslet_completion}. */
  public static final int COMPLETION_LENGTH = 16;

  /** In a completion: u64. */
  public static final int STATUS_OFFSET = 0;

  /** In a completion: u64. */
  public static final int CALLER_DATA_OFFSET = 8;

  /** "SYSLRING", read as a little-endian u64. */
  public static final long MAGIC = 0x474E49524C535953L;

  /** Of everything behind the v7 part. */
  public static final int VERSION = 1;

  /** The largest number of elements. */
  public static final int MAX_ELEMENTS = 1 << 26;

  /** Participants of a shared ring are numbered 1 to this; 0 means "this process alone". */
  public static final int MAX_PARTICIPANTS = 63;

  /** In the gate: u64. */
  public static final int MAGIC_OFFSET = 0;

  /** In the gate: u32. */
  public static final int VERSION_OFFSET = 8;

  /** In the gate: u32. */
  public static final int GATE_ELEMENTS_OFFSET = 12;

  /** In the gate: u64. */
  public static final int LENGTH_OFFSET = 16;

  /** In the gate: u64, one bit a participant. */
  public static final int WAITERS_OFFSET = 128;

  /** Bytes of the gate. */
  public static final int GATE_LENGTH = 256;

  /** In the producers' part: u32. */
  public static final int RESERVE_CURSOR_OFFSET = 0;

  /** In the producers' part: u32. */
  public static final int TAIL_CACHE_OFFSET = 4;

  /** In the producers' part: u32. */
  public static final int CLAIM_CURSOR_OFFSET = 128;

  /** In the producers' part: u32, 1 + the index of an entry that was given back, or 0. */
  public static final int RETURNED_OFFSET = 256;

  /** In the producers' part: u64, one bit a participant. */
  public static final int ATTACHED_OFFSET = 264;

  /** In the producers' part: the first entry. */
  public static final int ENTRIES_OFFSET = 384;

  private RingDescriptor() {}

  /** Whether a ring may have so many elements: a power of two, at most {@link #MAX_ELEMENTS}. */
  public static boolean isValid(int elements) {
    return elements > 0 && elements <= MAX_ELEMENTS && (elements & (elements - 1)) == 0;
  }

  /** Bytes from the start of the ring to the gate: what v7 knows, rounded up to 64. */
  public static long gateOffset(int elements) {
    return (HEADER_LENGTH + (long) COMPLETION_LENGTH * elements + 63) & -64L;
  }

  /** Bytes from the start of the ring to the producers' part. */
  public static long producersOffset(int elements) {
    return gateOffset(elements) + GATE_LENGTH;
  }

  /** Bytes from the start of the producers' part to the first mark. */
  public static long marksOffset(int elements) {
    return ENTRIES_OFFSET + (long) EntryDescriptor.ENTRY_LENGTH * elements;
  }

  /** Bytes of the producers' part, rounded up to 64. */
  public static long producersLength(int elements) {
    return (marksOffset(elements) + (long) MarkDescriptor.MARK_LENGTH * elements + 63) & -64L;
  }

  /** Bytes of the whole. */
  public static long length(int elements) {
    return producersOffset(elements) + producersLength(elements);
  }
}
