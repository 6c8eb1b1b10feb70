package io.syslet.ring;

import static io.syslet.ring.Errno.EAGAIN;
import static io.syslet.ring.Errno.EBADF;
import static io.syslet.ring.Errno.EFAULT;
import static io.syslet.ring.Errno.EINVAL;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.ref.Reference;
import java.nio.file.Path;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A completion ring: calls are reserved a slot before they start, and their results come out in the
 * order in which they ended.
 *
 * <p>The memory is {@link RingDescriptor}'s: byte-exact {@code struct syslet_ring} of the v7 patch,
 * and behind it what producers share. Many producers, one consumer ({@link #drain}) or several
 * ({@link #drainShared}). Nothing here locks, allocates or throws, but for construction and
 * waiting.
 *
 * <p>Whatever the user writes into the ring's memory while it is used, the number of elements is
 * the one that was checked at the start, no access leaves the ring, and no reservation is lost.
 *
 * <p>Memory ordering: what a producer wrote before {@link #complete(int, long)} is seen by whoever
 * consumes that completion. The arena of the memory must outlive the ring's use.
 */
public final class CompletionRing implements AutoCloseable {
  /** Bytes of {@code struct syslet_ring} before the completions. */
  public static final int HEADER_LENGTH = RingDescriptor.HEADER_LENGTH;

  /** Bytes of {@code struct syslet_completion}. */
  public static final int COMPLETION_LENGTH = RingDescriptor.COMPLETION_LENGTH;

  /** From {@link #entryAddress}: u64, the caller data of the armed call. */
  public static final int ENTRY_CALLER_DATA_OFFSET = EntryDescriptor.CALLER_DATA_OFFSET;

  /** From {@link #entryAddress}: u32, {@link #ENTRY_IDLE} or {@link #ENTRY_ARMED}. */
  public static final int ENTRY_STATE_OFFSET = EntryDescriptor.STATE_OFFSET;

  /** The reservation is held and no call uses it. */
  public static final int ENTRY_IDLE = EntryDescriptor.IDLE;

  /** A call is under way; its caller data was stored before. */
  public static final int ENTRY_ARMED = EntryDescriptor.ARMED;

  private static final int ALIGNMENT = 128;

  private final MemorySegment segment;
  private final RingMemory memory;
  private final int waitGroup;
  private final Reservations reservations;
  private final Publication publication;
  private final RingConsumer consumer;
  private final WaitBucket bucket;
  private final RingWaiter.Index index = new Head();
  private final @Nullable SharedRing shared;
  private final Recovery recovery;
  private volatile @Nullable EventFd eventFd;
  private volatile boolean closed;

  private CompletionRing(
      MemorySegment segment, RingMemory memory, int waitGroup, @Nullable SharedRing shared) {
    this.segment = segment;
    this.memory = memory;
    this.shared = shared;
    this.waitGroup = waitGroup;
    this.bucket = WaitQueues.system().bucket(waitGroup);
    int owner = shared == null ? 0 : shared.slot;
    HeadMover mover = new HeadMover(memory);
    this.reservations = new Reservations(memory, owner);
    this.publication = new Publication(memory, mover, owner);
    this.consumer = new RingConsumer(memory);
    this.recovery = new Recovery(memory, reservations, publication, mover, owner);
  }

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
    if (!RingDescriptor.isValid(elements)) {
      throw new IllegalArgumentException("elements must be a power of two: " + elements);
    }
    MemorySegment memory = arena.allocate(sizeOf(elements), ALIGNMENT);
    RingFormat.writeHeader(memory.address(), elements, waitGroup);
    return wrap(memory);
  }

  /**
   * A ring in a new file, shared by every process that {@linkplain #open opens} it.
   *
   * @throws IOException if the file exists or cannot be made
   * @throws IllegalArgumentException if {@code elements} is no power of two, or too large
   */
  public static CompletionRing create(Path file, int elements, int waitGroup) throws IOException {
    if (!RingDescriptor.isValid(elements)) {
      throw new IllegalArgumentException("elements must be a power of two: " + elements);
    }
    MemorySegment segment = RingFile.create(file, elements, waitGroup);
    RingFormat.writeExtension(RingMemory.of(segment.address(), elements));
    return share(file, segment);
  }

  /**
   * A ring in a file that {@link #create} has made.
   *
   * @throws IOException if there is none, or it is not a ring of this version, or too short
   */
  public static CompletionRing open(Path file) throws IOException {
    return share(file, RingFile.open(file));
  }

  private static CompletionRing share(Path file, MemorySegment segment) throws IOException {
    RingMemory words = RingMemory.of(segment.address(), RingFormat.elements(segment.address()));
    int group = RingFormat.waitGroup(segment.address());
    WaitBucket bucket = WaitQueues.system().bucket(group);
    SharedRing shared = SharedRing.attach(file, words, bucket);
    CompletionRing ring = new CompletionRing(segment, words, group, shared);
    shared.begin(ring.recovery);
    return registered(ring);
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
    int error = check(memory);
    if (error != 0) {
      throw new IllegalArgumentException("not a ring: " + error);
    }
    RingMemory words = RingMemory.of(memory.address(), RingFormat.elements(memory.address()));
    if (RingFormat.isBlank(words.gate)) {
      RingFormat.writeExtension(words);
    }
    return registered(
        new CompletionRing(memory, words, RingFormat.waitGroup(memory.address()), null));
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

  /** Address of the v7 header: what goes into {@code syslet_args.completion_ring_ptr}. */
  public long address() {
    return segment.address();
  }

  /** Whether its memory has not been freed. Any thread. */
  public boolean isAlive() {
    return segment.scope().isAlive();
  }

  /** How many slots; as checked at the start, whatever the memory says now. */
  public int elements() {
    return memory.elements;
  }

  /** The wait group, as read at the start. */
  public int waitGroup() {
    return waitGroup;
  }

  /** {@code kernel_head}, a free-running u32; acquire. Any thread. */
  public int head() {
    return memory.head();
  }

  /** {@code user_tail}, a free-running u32; acquire. Any thread. */
  public int tail() {
    return memory.tail();
  }

  /** Whether head equals tail. Any thread. */
  public boolean isEmpty() {
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
  public int drain(CompletionHandler handler, int limit) {
    if (!isAlive()) {
      return -EFAULT;
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
  public int drainShared(CompletionHandler handler, int limit) {
    try {
      return edge(consumer.drainShared(handler, limit));
    } catch (InternalError e) {
      return fault(e);
    }
  }

  /** Status at an index from {@link #tail()} to {@link #head()} − 1, read after the head. */
  public long statusAt(int index) {
    return memory.status(index);
  }

  /** Caller data at an index from {@link #tail()} to {@link #head()} − 1, read after the head. */
  public long callerDataAt(int index) {
    return memory.callerData(index);
  }

  /** Stores {@code user_tail} with release, after the payloads below it were read. One consumer. */
  public void advanceTo(int newTail) {
    memory.tail(newTail);
  }

  /**
   * Takes one reservation: the right to one completion. Any thread; one CAS.
   *
   * @return an entry index, 0 to elements − 1; −EAGAIN when every slot is reserved or unread;
   *     −EINVAL when head and tail make no sense; −EBADF after {@link #close}
   */
  public int reserve() {
    if (closed) {
      return -EBADF;
    }
    return shared == null ? reservations.reserve() : reserve(shared);
  }

  private int reserve(SharedRing file) {
    try {
      int entry = reservations.reserve();
      if (entry == -EAGAIN && file.recoverNowAndThen(recovery)) {
        entry = reservations.reserve();
      }
      return edge(entry);
    } catch (InternalError e) {
      return fault(e);
    }
  }

  /**
   * The fault of a page that is gone is raised here at the latest. An error of a ring whose file is
   * too short is that, whatever else it seems to be.
   */
  private int edge(int result) {
    SharedRing file = shared;
    if (file != null) {
      Native.poll();
      return file.torn || (result < 0 && file.isTorn()) ? -EFAULT : result;
    }
    return result;
  }

  /** HotSpot's word for a page that is missing; any other internal error is not ours. */
  private int fault(InternalError error) {
    if (shared == null || !shared.isTorn()) {
      throw error;
    }
    return -EFAULT;
  }

  /**
   * Says that a call starts on a held reservation, so that recovery can complete it when this
   * process dies. The holder only; two stores, the second with release.
   */
  public void arm(int entry, long callerData) {
    reservations.arm(entry, callerData);
  }

  /** Says that the call did not block: the reservation stays with its holder, idle. One store. */
  public void disarm(int entry) {
    reservations.disarm(entry);
  }

  /** Gives a held, idle reservation back. The holder only; what is not held is left alone. */
  public void release(int entry) {
    reservations.release(entry);
  }

  /**
   * Publishes the completion of a held reservation with the caller data of {@link #arm}, gives the
   * reservation up, moves the head, wakes. The holder only. The handler may see the completion
   * before this returns.
   *
   * @param status a value or −errno, all 64 bits
   * @return 0; −EINVAL when the entry is not held; −EFAULT when the file is too short; −EBADF after
   *     {@link #close}
   */
  public int complete(int entry, long status) {
    if (closed) {
      return -EBADF;
    }
    try {
      int result = publication.complete(entry, status);
      return edge(result == 0 ? wake() : result);
    } catch (InternalError e) {
      return fault(e);
    }
  }

  /** The same with caller data of its own. */
  public int complete(int entry, long status, long callerData) {
    if (closed) {
      return -EBADF;
    }
    try {
      int result = publication.complete(entry, status, callerData);
      return edge(result == 0 ? wake() : result);
    } catch (InternalError e) {
      return fault(e);
    }
  }

  private int wake() {
    bucket.wakeAll();
    if (shared != null) {
      shared.wakeOthers();
    }
    EventFd fd = eventFd;
    if (fd != null) {
      fd.signal();
    }
    ProtocolStep.at(ProtocolStep.WOKEN);
    return 0;
  }

  /**
   * Address of an entry, so that native code can arm and disarm with plain stores: caller data at
   * {@link #ENTRY_CALLER_DATA_OFFSET}, then (release) {@link #ENTRY_ARMED} or {@link #ENTRY_IDLE}
   * at {@link #ENTRY_STATE_OFFSET}.
   */
  public long entryAddress(int entry) {
    return memory.entryAddress(entry);
  }

  /**
   * {@code syslet_ring_wait}: waits until the head is not {@code userIndex}. Virtual and platform
   * threads; parks.
   *
   * @param userIndex only the low 32 bits count
   * @return 0, at once if it is so already; −ERESTARTSYS when interrupted (the interrupt status
   *     stays); −EFAULT when the ring is gone
   */
  public int await(long userIndex) {
    return await(userIndex, 1, RingWaiter.NO_DEADLINE);
  }

  /**
   * Waits until the head is at least {@code min} past {@code userIndex}, in u32 arithmetic.
   *
   * @param min 0 to {@link #elements()}; 0 returns at once
   * @param deadlineNanos of {@link System#nanoTime()}, or {@link Long#MAX_VALUE} for none
   * @return 0; −ETIME; −ERESTARTSYS; −EFAULT; −EINVAL when {@code min} is out of range
   */
  public int await(long userIndex, int min, long deadlineNanos) {
    return await(userIndex, min, deadlineNanos, RingWaiter.NEVER_SILENT);
  }

  /**
   * {@link #await(long, int, long)} for the completions of somebody who may fall silent.
   *
   * @param silent whether no completion will come any more. Who makes it true has posted the last
   *     one before, and calls {@link WaitQueues#wakeEverybody} afterwards.
   * @return as there; −ESHUTDOWN when it is silent, and the completions are not there
   */
  public int await(long userIndex, int min, long deadlineNanos, BooleanSupplier silent) {
    if (min > memory.elements) {
      return -EINVAL;
    }
    if (!isAlive()) {
      return -EFAULT;
    }
    try {
      return shared == null
          ? RingWaiter.await(index, bucket, (int) userIndex, min, deadlineNanos, silent)
          : await(shared, (int) userIndex, min, deadlineNanos, silent);
    } catch (InternalError e) {
      return fault(e);
    } finally {
      Reference.reachabilityFence(segment);
    }
  }

  private int await(
      SharedRing file, int userIndex, int min, long deadlineNanos, BooleanSupplier silent) {
    file.sleepers.incrementAndGet();
    try {
      ForeignWatch.add(file, recovery);
      return edge(RingWaiter.await(index, bucket, userIndex, min, deadlineNanos, silent));
    } finally {
      file.sleepers.decrementAndGet();
    }
  }

  /**
   * How {@link #await(long, int, long)} would end now, without waiting.
   *
   * @return 0; 1 if it would wait; −EFAULT; −EINVAL
   */
  public int poll(long userIndex, int min) {
    if (min < 0 || min > memory.elements) {
      return -EINVAL;
    }
    int error = index.error();
    return error != 0 ? error : RingWaiter.test(index, (int) userIndex, min);
  }

  /** Has an action run at the next wake-up of the ring's bucket: a wait without a thread. */
  public WakeUp onWake(Runnable action) {
    SharedRing file = shared;
    if (file == null) {
      return new WakeUp(bucket, action, () -> {});
    }
    file.sleepers.incrementAndGet();
    ForeignWatch.add(file, recovery);
    return new WakeUp(bucket, action, file.sleepers::decrementAndGet);
  }

  /** Wakes every waiter of the ring's bucket, spuriously. Any thread. Returns how many. */
  public int wakeAll() {
    return bucket.wakeAll();
  }

  /**
   * Attaches an eventfd as a hint: it is written to when completions were added. It belongs to this
   * process; completions of others are relayed. Opened with EFD_NONBLOCK, or a full counter blocks.
   *
   * @return 0; −EBADF when the descriptor cannot be written; −EINVAL when there is one already
   */
  public int attachEventFd(int fd) {
    if (eventFd != null) {
      return -EINVAL;
    }
    EventFd attached = new EventFd(fd);
    if (!attached.isWritable()) {
      return -EBADF;
    }
    eventFd = attached;
    relay(attached);
    return 0;
  }

  private void relay(@Nullable EventFd to) {
    if (shared != null) {
      shared.eventFd = to;
      ForeignWatch.add(shared, recovery);
    }
  }

  /** Detaches the eventfd, which stays open. Returns 0, or −EINVAL when there is none. */
  public int detachEventFd() {
    if (eventFd == null) {
      return -EINVAL;
    }
    eventFd = null;
    relay(null);
    return 0;
  }

  /** Switches the hint off, or on again. Whoever does so looks at the head afterwards. */
  public void eventFdEnabled(boolean on) {
    EventFd fd = eventFd;
    if (fd != null) {
      fd.enabled = on;
    }
  }

  /**
   * Completes the calls of dead participants with −EOWNERDEAD and their own caller data. Submitters
   * that meet a full ring, attachers and waiters do so by themselves. Never waits.
   *
   * @return how many; 0 for a ring of this process alone; −EFAULT when the file is too short
   */
  public int recover() {
    if (shared == null || closed) {
      return 0;
    }
    try {
      return shared.recover(recovery);
    } catch (InternalError e) {
      return fault(e);
    }
  }

  /**
   * Waiters return −EFAULT, later calls −EBADF. A shared ring's slot is given up: what it still
   * holds is completed by whoever recovers. The memory is unmapped when nobody can reach this ring.
   * Never blocks.
   */
  @Override
  public void close() {
    closed = true;
    RingRegistry.remove(this);
    bucket.wakeAll();
    if (shared != null) {
      shared.close();
    }
  }

  private final class Head implements RingWaiter.Index {
    @Override
    public int now() {
      return memory.headVolatile();
    }

    @Override
    public int error() {
      boolean gone = closed || !segment.scope().isAlive() || (shared != null && shared.torn);
      return gone ? -EFAULT : 0;
    }
  }
}
