package io.syslet.ring;

import static io.syslet.ring.RingErrno.EAGAIN;
import static io.syslet.ring.RingErrno.EBADF;

/**
 * The producers' side of a {@link CompletionRing}: a place is reserved before a call starts, so a
 * completion always fits.
 *
 * <p>Nothing here locks, allocates or throws.
 */
public final class RingProducer {
  /** From {@link #entryAddress}: u64, the caller data of the armed call. */
  public static final int ENTRY_CALLER_DATA_OFFSET = EntryDescriptor.CALLER_DATA_OFFSET;

  /** From {@link #entryAddress}: u32, {@link #ENTRY_IDLE} or {@link #ENTRY_ARMED}. */
  public static final int ENTRY_STATE_OFFSET = EntryDescriptor.STATE_OFFSET;

  /** The reservation is held and no call uses it. */
  public static final int ENTRY_IDLE = EntryDescriptor.IDLE;

  /** A call is under way; its caller data was stored before. */
  public static final int ENTRY_ARMED = EntryDescriptor.ARMED;

  private final CompletionRing ring;
  private final Reservations reservations;
  private final Publication publication;
  private final Recovery recovery;

  RingProducer(CompletionRing ring, int owner) {
    this.ring = ring;
    HeadMover mover = new HeadMover(ring.memory);
    this.reservations = new Reservations(ring.memory, owner);
    this.publication = new Publication(ring.memory, mover, owner);
    this.recovery = new Recovery(ring.memory, reservations, publication, mover, owner);
  }

  /** How what the dead have begun is finished. */
  Recovery recovery() {
    return recovery;
  }

  /**
   * Takes one reservation: the right to one completion. Any thread; one CAS.
   *
   * @return an entry index, 0 to elements − 1; −EAGAIN when every slot is reserved or unread;
   *     −EINVAL when head and tail make no sense; −EBADF after {@link CompletionRing#close}
   */
  public int reserve() {
    if (ring.isClosed()) {
      return -EBADF;
    }
    try {
      int entry = reservations.reserve();
      if (entry == -EAGAIN && ring.hasTakenBack()) {
        entry = reservations.reserve();
      }
      return ring.edge(entry);
    } catch (InternalError e) {
      return ring.fault(e);
    }
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
   *     {@link CompletionRing#close}
   */
  public int complete(int entry, long status) {
    if (ring.isClosed()) {
      return -EBADF;
    }
    try {
      return told(publication.complete(entry, status));
    } catch (InternalError e) {
      return ring.fault(e);
    }
  }

  /** The same with caller data of its own. */
  public int complete(int entry, long status, long callerData) {
    if (ring.isClosed()) {
      return -EBADF;
    }
    try {
      return told(publication.complete(entry, status, callerData));
    } catch (InternalError e) {
      return ring.fault(e);
    }
  }

  /** Whoever published wakes, also if another one has moved the head over its completion. */
  private int told(int result) {
    if (result == 0) {
      ring.wake();
    }
    return ring.edge(result);
  }

  /**
   * Address of an entry, so that native code can arm and disarm with plain stores: caller data at
   * {@link #ENTRY_CALLER_DATA_OFFSET}, then (release) {@link #ENTRY_ARMED} or {@link #ENTRY_IDLE}
   * at {@link #ENTRY_STATE_OFFSET}.
   */
  public long entryAddress(int entry) {
    return ring.memory.entryAddress(entry);
  }
}
