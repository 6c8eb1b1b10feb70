package io.syslet.ring;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A completion ring, as its consumer sees it: the results of calls, in the order in which the calls
 * ended. Calls are reserved a slot before they start; that is the {@linkplain #producer producers'}
 * side. How a kernel waits on behalf of a program is {@link #waits}.
 *
 * <p>The memory is {@link RingDescriptor}'s: byte-exact {@code struct syslet_ring} of the v7 patch,
 * and behind it what producers share. Many producers, one consumer ({@link #drain}) or several
 * ({@link #drainShared}). Nothing here locks, allocates or throws, but for construction and
 * waiting.
 *
 * <p>Whatever the user writes into the ring's memory while it is used, the number of elements is
 * the one that was checked at the start, no access leaves the ring, and no reservation is lost.
 *
 * <p>Memory ordering: what a producer wrote before {@link RingProducer#complete(int, long)} is seen
 * by whoever consumes that completion. The arena of the memory must outlive the ring's use.
 */
public abstract sealed class CompletionRing extends RingCore implements AutoCloseable
    permits LocalRing, FileRing {
  /** Bytes of {@code struct syslet_ring} before the completions. */
  public static final int HEADER_LENGTH = RingDescriptor.HEADER_LENGTH;

  /** Bytes of {@code struct syslet_completion}. */
  public static final int COMPLETION_LENGTH = RingDescriptor.COMPLETION_LENGTH;

  private final RingConsumer consumer;
  private final RingProducer producer;
  private final RingWaits waits;

  @SuppressWarnings("this-escape") // they are parts of it
  CompletionRing(MemorySegment segment, RingMemory memory, int owner) {
    super(segment, memory);
    this.consumer = new RingConsumer(memory);
    this.producer = new RingProducer(this, owner);
    this.waits = new RingWaits(this);
  }

  // ---- making and finding one

  /**
   * Bytes that a ring needs: the v7 part and what lies behind it.
   *
   * @param elements a power of two, at most {@link RingDescriptor#MAX_ELEMENTS}
   */
  public static long sizeOf(int elements) {
    return RingDescriptor.length(elements);
  }

  /**
   * A ring of this process on plain memory.
   *
   * @param arena owns the memory; must not be closed while the ring is in use
   * @param elements a power of two
   * @param waitGroup any number; rings of one group share a wait queue
   * @throws IllegalArgumentException if {@code elements} is no power of two, or too large
   */
  public static CompletionRing allocate(Arena arena, int elements, int waitGroup) {
    return registered(LocalRing.make(arena, elements, waitGroup));
  }

  /**
   * A ring in a new file, shared by every process that {@linkplain #open opens} it.
   *
   * @throws IOException if the file exists or cannot be made
   * @throws IllegalArgumentException if {@code elements} is no power of two, or too large
   */
  public static CompletionRing create(Path file, int elements, int waitGroup) throws IOException {
    return registered(FileRing.createFile(file, elements, waitGroup));
  }

  /**
   * A ring in a file that {@link #create} has made.
   *
   * @throws IOException if there is none, or it is not a ring of this version, or too short
   */
  public static CompletionRing open(Path file) throws IOException {
    return registered(FileRing.openFile(file));
  }

  /**
   * Whether memory can be used as a ring. Any thread.
   *
   * @return 0; −EFAULT when it is null, on the heap or too small for its elements; −EINVAL when it
   *     is not aligned to 8, its elements are no power of two, or what lies behind the v7 part is
   *     neither zero nor ours
   */
  public static int check(MemorySegment memory) {
    return RingFormat.check(memory);
  }

  /**
   * Adopts memory that holds a ring of this process: the v7 header is filled in, and what lies
   * behind the completions is zero or was made by this class. Completions that nobody read yet
   * stay. One thread at a time, before anybody uses the ring.
   *
   * @throws IllegalArgumentException if {@link #check} does not say 0
   */
  public static CompletionRing wrap(MemorySegment memory) {
    return registered(LocalRing.adopt(memory));
  }

  private static CompletionRing registered(CompletionRing ring) {
    RingRegistry.add(ring);
    return ring;
  }

  /**
   * The open ring of this process whose header is at {@code address}: how the entry of a kernel
   * finds the ring that a call names. Any thread.
   *
   * @return the ring, or null if none is there, or its memory is gone
   */
  public static @Nullable CompletionRing at(long address) {
    CompletionRing ring = RingRegistry.at(address);
    return ring != null && ring.isAlive() ? ring : null;
  }

  // ---- who uses it

  /** The producers' side. */
  public final RingProducer producer() {
    return producer;
  }

  /** Waits on behalf of others: the kernels' side. */
  public final RingWaits waits() {
    return waits;
  }

  // ---- consuming

  /** {@code kernel_head}, a free-running u32; acquire. Any thread. */
  public final int head() {
    return memory.head();
  }

  /** {@code user_tail}, a free-running u32; acquire. Any thread. */
  public final int tail() {
    return memory.tail();
  }

  /** Whether head equals tail. Any thread. */
  public final boolean isEmpty() {
    return head() == tail();
  }

  /**
   * Hands completions to a handler, then stores the tail (release). The one consumer only. If the
   * handler throws, what it was given counts as consumed.
   *
   * @param limit how many at most
   * @return how many, 0 when empty; −EINVAL when head and tail make no sense; −EFAULT when the file
   *     is too short, or the memory was freed
   */
  public final int drain(CompletionHandler handler, int limit) {
    if (!isAlive()) {
      return -RingErrno.EFAULT;
    }
    try {
      return edge(consumer.drain(handler, limit));
    } catch (InternalError e) {
      return fault(e);
    }
  }

  /**
   * {@link #drain} for several consumers at once: each completion goes to one of them; a CAS on the
   * tail each. Not together with {@code drain} or {@code advanceTo}.
   *
   * @return how many, 0 when empty; −EINVAL when head and tail make no sense; −EFAULT when the file
   *     is too short
   */
  public final int drainShared(CompletionHandler handler, int limit) {
    try {
      return edge(consumer.drainShared(handler, limit));
    } catch (InternalError e) {
      return fault(e);
    }
  }

  /** Status at an index from {@link #tail()} to {@link #head()} − 1, read after the head. */
  public final long statusAt(int index) {
    return memory.status(index);
  }

  /** Caller data at an index from {@link #tail()} to {@link #head()} − 1, read after the head. */
  public final long callerDataAt(int index) {
    return memory.callerData(index);
  }

  /** Stores {@code user_tail} with release, after the payloads below it were read. One consumer. */
  public final void advanceTo(int newTail) {
    assert Integer.compareUnsigned(newTail - tail(), head() - tail()) <= 0 : "beyond the head";
    memory.tail(newTail);
  }

  /**
   * {@code syslet_ring_wait}: waits until the head is not {@code userIndex}. Virtual and platform
   * threads; parks.
   *
   * @param userIndex only the low 32 bits count
   * @return 0, at once if it is so already; −ERESTARTSYS when interrupted (the interrupt status
   *     stays); −EFAULT when the ring is gone
   */
  public final int await(long userIndex) {
    return await(userIndex, 1, RingWaiter.NO_DEADLINE);
  }

  /**
   * Waits until the head is at least {@code min} past {@code userIndex}, in u32 arithmetic.
   *
   * @param min 0 to {@link #elements()}; 0 returns at once
   * @param deadlineNanos of {@link System#nanoTime()}, or {@link Long#MAX_VALUE} for none
   * @return 0; −ETIME; −ERESTARTSYS; −EFAULT; −EINVAL when {@code min} is out of range
   */
  public final int await(long userIndex, int min, long deadlineNanos) {
    return waits.await(userIndex, min, deadlineNanos, RingWaiter.NEVER_SILENT);
  }

  // ---- the eventfd

  /**
   * Attaches an eventfd as a hint: it is written to when completions were added, or may have been.
   * It belongs to this process; completions of others are relayed. Opened with EFD_NONBLOCK, or a
   * full counter blocks.
   *
   * @return 0; −EBADF when the descriptor cannot be written; −EINVAL when there is one already
   */
  public final int attachEventFd(int fd) {
    if (eventFd() != null) {
      return -RingErrno.EINVAL;
    }
    EventFd attached = new EventFd(fd);
    if (!attached.isWritable()) {
      return -RingErrno.EBADF;
    }
    eventFd(attached);
    return 0;
  }

  /** Detaches the eventfd, which stays open. Returns 0, or −EINVAL when there is none. */
  public final int detachEventFd() {
    if (eventFd() == null) {
      return -RingErrno.EINVAL;
    }
    eventFd(null);
    return 0;
  }

  /** Switches the hint off, or on again. Whoever does so looks at the head afterwards. */
  public final void eventFdEnabled(boolean on) {
    EventFd fd = eventFd();
    if (fd != null) {
      fd.enabled = on;
    }
  }

  // ---- the end

  /**
   * Completes the calls of dead participants with −EOWNERDEAD and their own caller data. Submitters
   * that meet a full ring, attachers and waiters do so by themselves. Never waits.
   *
   * @return how many; 0 for a ring of this process alone; −EFAULT when the file is too short
   */
  public abstract int recover();

  /**
   * Waiters return −EFAULT, later calls −EBADF. A shared ring's slot is given up: what it still
   * holds is completed by whoever recovers. The memory is unmapped when nobody can reach this ring.
   * Never blocks.
   */
  @Override
  public void close() {
    RingRegistry.remove(this);
    end();
  }
}
