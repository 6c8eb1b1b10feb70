package io.syslet.ring;

import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/**
 * What the parts of a {@link CompletionRing} have in common: its memory, its end, who is woken, and
 * what differs by the kind of ring.
 */
abstract sealed class RingCore permits CompletionRing {
  final MemorySegment segment;
  final RingMemory memory;
  final WaitBucket bucket;
  private final int waitGroup;
  private volatile @Nullable EventFd eventFd;
  private volatile boolean closed;

  RingCore(MemorySegment segment, RingMemory memory) {
    this.segment = segment;
    this.memory = memory;
    this.waitGroup = RingFormat.waitGroup(segment.address());
    this.bucket = WaitQueues.system().bucket(waitGroup);
  }

  /** Address of the v7 header: what goes into {@code syslet_args.completion_ring_ptr}. */
  public final long address() {
    return segment.address();
  }

  /** How many slots; as checked at the start, whatever the memory says now. */
  public final int elements() {
    return memory.elements;
  }

  /** The wait group, as read at the start. */
  public final int waitGroup() {
    return waitGroup;
  }

  /** Whether its memory has not been freed. Any thread. */
  public final boolean isAlive() {
    return segment.scope().isAlive();
  }

  /** Later calls are refused, and waiters return. */
  final void end() {
    closed = true;
    bucket.wakeAll();
  }

  final boolean isClosed() {
    return closed;
  }

  /** Whether nothing can be read here any more. */
  final boolean isGone() {
    return closed || !isAlive() || isTorn();
  }

  /** The head has been moved, or may have been: whoever waits looks. */
  final void wake() {
    bucket.wakeAll();
    wakeOthers();
    EventFd fd = eventFd;
    if (fd != null) {
      fd.signal();
    }
    ProtocolStep.at(ProtocolStep.WOKEN);
  }

  /** What differs by kind: the outcome of an operation, if the memory was there all the time. */
  abstract int edge(int result);

  /** What an operation returns in which HotSpot met a page that is missing. */
  abstract int fault(InternalError error);

  /** Whether the file is too short. */
  abstract boolean isTorn();

  /** The ring is full: whether something was taken back from the dead. */
  abstract boolean hasTakenBack();

  /** Wakes those who sleep in other processes. */
  abstract void wakeOthers();

  /** A thread of this process begins to wait. */
  abstract void beginWait();

  /** Somebody looks at the head for those who wait, from now on. */
  abstract void watch();

  /** It ends. */
  abstract void endWait();

  /** Completions that come from other processes are to be told to an eventfd, too. */
  abstract void relayTo(@Nullable EventFd to);

  final @Nullable EventFd eventFd() {
    return eventFd;
  }

  final void eventFd(@Nullable EventFd attached) {
    eventFd = attached;
    relayTo(attached);
  }
}
