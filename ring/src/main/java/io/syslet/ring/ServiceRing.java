package io.syslet.ring;

import static io.syslet.ring.RingErrno.EAGAIN;

import java.lang.foreign.MemorySegment;

/**
 * The server's side of a ring whose client is not to be trusted: the client maps the v7 part and
 * the gate, to be read and written, and nothing else is shared. What the server must remember is
 * three numbers of its own:
 *
 * <pre>
 *           consumed               published               posted
 *              |   unread by the client   |   not yet visible   |
 *   position --+--------------------------+---------------------+--&gt;   posted − consumed &lt;= elements
 *
 *   client                                       server
 *                                                reads user_tail; believes it if it lies
 *                                                between consumed and published
 *                                                post: writes the slot of posted, posted + 1
 *                                                publish: kernel_head = posted (full fence)
 *   load-acquire kernel_head, reads slots          reads waiters; not zero: FUTEX_WAKE
 *   store-release user_tail
 * </pre>
 *
 * <i>What the client can write, and what comes of it.</i> {@code kernel_head}: is only ever stored
 * here, never read; a scribble stands until the next publication. {@code user_tail}: a value that
 * makes no sense counts as not consumed, so the client waits for itself; one that does is believed,
 * and at worst tells that something unread may go. {@code elements}, {@code wait_group}, the gate's
 * format: written once, never read. {@code waiters}: at worst a needless system call per
 * publication, or a client that is not woken. Slots: written here, never read. Every address is the
 * base plus an index under a mask that is in private memory.
 *
 * <p>A position counts completions since the session's first, so a session that is resumed goes on
 * where it was; the ring's indexes are its low 32 bits.
 *
 * <p>One thread at a time, with a happens-before between two of them, but for what says otherwise.
 */
public final class ServiceRing {
  private final RingMemory memory;
  private long consumed;
  private long published;
  private long posted;
  private long nonsense;
  private int lastNonsense;

  private ServiceRing(RingMemory memory, long position) {
    this.memory = memory;
    this.consumed = position;
    this.published = position;
    this.posted = position;
  }

  /**
   * Bytes to be shared: the v7 part and the gate.
   *
   * @param elements a power of two, at most {@link RingDescriptor#MAX_ELEMENTS}
   */
  public static long sizeOf(int elements) {
    return RingDescriptor.producersOffset(elements);
  }

  /**
   * Makes an empty ring in memory that is zero and that nobody else uses yet. The memory must
   * outlive the ring's use, and must not be able to shrink: see {@link SharedMemory}.
   *
   * @param shared at least {@link #sizeOf} bytes of native memory, aligned to 64
   * @param elements a power of two
   * @param waitGroup any number; v7 clients find it in the header
   * @param position of the first completion to be posted
   * @throws IllegalArgumentException if the memory is too small or not aligned, or elements is no
   *     power of two
   */
  public static ServiceRing serve(
      MemorySegment shared, int elements, int waitGroup, long position) {
    if (!RingDescriptor.isValid(elements)) {
      throw new IllegalArgumentException("elements must be a power of two: " + elements);
    }
    if (!shared.isNative() || shared.byteSize() < sizeOf(elements) || shared.address() % 64 != 0) {
      throw new IllegalArgumentException("not " + sizeOf(elements) + " aligned bytes");
    }
    RingMemory memory = RingMemory.of(shared.address(), elements);
    RingFormat.writeHeader(memory.base, elements, waitGroup);
    memory.publishHead((int) position);
    memory.tail((int) position);
    RingFormat.writeGate(memory, sizeOf(elements));
    return new ServiceRing(memory, position);
  }

  /** How many slots there are. */
  public int elements() {
    return memory.elements;
  }

  /** How many completions can be posted now; looks at the client's tail. */
  public int room() {
    return memory.elements - (int) (posted - consumed());
  }

  /**
   * Writes a completion behind the last one; the client sees it at {@link #publish}.
   *
   * @param status a value or −errno, all 64 bits
   * @return 0; −EAGAIN when the client has not consumed enough
   */
  public int post(long status, long callerData) {
    if (posted - consumed >= memory.elements && room() <= 0) {
      return -EAGAIN;
    }
    memory.completion((int) posted, status, callerData);
    posted++;
    return 0;
  }

  /** Shows everything that was posted to the client, and wakes it if it says that it sleeps. */
  public void publish() {
    assert posted - published <= memory.elements && posted - consumed <= memory.elements;
    if (published != posted) {
      published = posted;
      memory.publishHead((int) posted);
      if (memory.waiters() != 0) {
        Futex.wakeAll(memory.base);
      }
    }
  }

  /** Position of the next completion to be posted. */
  public long posted() {
    return posted;
  }

  /**
   * Position of the first completion that the client has not consumed, as far as it can be
   * believed: never falls, never passes what was published. Looks at the client's tail.
   */
  public long consumed() {
    int tail = memory.tail();
    int step = tail - (int) consumed;
    if (Integer.compareUnsigned(step, (int) (published - consumed)) <= 0) {
      consumed += step;
    } else if (nonsense == 0 || tail != lastNonsense) {
      nonsense++;
      lastNonsense = tail;
    }
    return consumed;
  }

  /**
   * How many different values of the tail that make no sense were met, one after the other. Any
   * thread, which may see an old value.
   */
  public long nonsense() {
    return nonsense;
  }
}
