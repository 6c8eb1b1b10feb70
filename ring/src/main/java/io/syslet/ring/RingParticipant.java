package io.syslet.ring;

import static io.syslet.ring.RingErrno.EFAULT;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * This process as a participant of a ring in a file: a slot of its own, the deaths of others, futex
 * wake-ups, and a file that can be truncated.
 */
final class RingParticipant {
  private static final long RECOVERY_INTERVAL_NANOS = 10_000_000;

  final RingMemory memory;
  final WaitBucket bucket;
  final int slot;
  private final int fd;
  private final Slots slots;
  private final long length;
  private final AtomicBoolean closed = new AtomicBoolean();
  private final AtomicBoolean busy = new AtomicBoolean();
  private volatile @Nullable Recovery recovery;
  private volatile long nextRecovery = System.nanoTime();

  /** How many threads of ours wait, and whether the watch looks at the head for them. */
  final AtomicInteger sleepers = new AtomicInteger();

  final AtomicBoolean watched = new AtomicBoolean();
  volatile @Nullable EventFd eventFd;
  volatile boolean torn;
  int lastHead;

  private RingParticipant(RingMemory memory, WaitBucket bucket, int fd, int slot) {
    this.memory = memory;
    this.bucket = bucket;
    this.fd = fd;
    this.slot = slot;
    this.slots = new Slots(fd);
    this.length = RingDescriptor.length(memory.elements);
  }

  /** Takes a free slot; what its last owner left is still to be recovered. */
  static RingParticipant attach(Path file, RingMemory memory, WaitBucket bucket)
      throws IOException {
    int fd = HostFiles.open(file.toString());
    if (fd < 0) {
      throw new IOException("cannot open " + file);
    }
    Slots slots = new Slots(fd);
    for (int slot = 1; slot <= RingDescriptor.MAX_PARTICIPANTS; slot++) {
      if (slots.tryLock(slot)) {
        return new RingParticipant(memory, bucket, fd, slot);
      }
    }
    HostFiles.close(fd);
    throw new IOException("no free slot in " + file);
  }

  /** Says that the slot is in use, after what its last owner left has been recovered. */
  void begin(Recovery how) {
    recovery = how;
    how.takeOver(slot);
    memory.clearWaiter(slot);
    memory.setAttached(slot);
    recover();
  }

  /**
   * Finishes the calls of every participant that is dead, unless another thread of ours does so;
   * returns how many, or −EFAULT.
   */
  int recover() {
    if (!busy.compareAndSet(false, true)) {
      return 0;
    }
    try {
      return looksTorn() ? -EFAULT : recoverOthers(Objects.requireNonNull(recovery));
    } finally {
      busy.set(false);
      closeIfIdle();
    }
  }

  private int recoverOthers(Recovery by) {
    int completed = 0;
    for (long others = memory.attached() & ~(1L << slot); others != 0; others &= others - 1) {
      int other = Long.numberOfTrailingZeros(others);
      if (slots.tryLock(other)) {
        completed += recover(by, other);
      }
    }
    return completed;
  }

  private int recover(Recovery by, int dead) {
    int completed = by.takeOver(dead);
    memory.clearWaiter(dead);
    memory.clearAttached(dead);
    slots.unlock(dead);
    bucket.wakeAll();
    Futex.wakeAll(memory.base);
    return completed;
  }

  /** The same, at most every 10 ms; for those who meet a full ring. */
  boolean recoverNowAndThen() {
    long now = System.nanoTime();
    if (now - nextRecovery < 0) {
      return false;
    }
    nextRecovery = now + RECOVERY_INTERVAL_NANOS;
    return recover() > 0;
  }

  /**
   * Whether the file has become too short for the ring. After the close it says what was known
   * before, for the descriptor may stand for another file.
   */
  boolean isTorn() {
    return closed.get() ? torn : looksTorn();
  }

  private boolean looksTorn() {
    torn = torn || HostFiles.size(fd) < length;
    return torn;
  }

  void wakeOthers() {
    if ((memory.waiters() & ~(1L << slot)) != 0) {
      Futex.wakeAll(memory.base);
    }
  }

  boolean isClosed() {
    return closed.get();
  }

  /** Entries that are still held are left for recovery, which the free byte allows. */
  void close() {
    if (closed.compareAndSet(false, true)) {
      closeIfIdle();
    }
  }

  /** The descriptor goes when nobody of ours can be using it; then busy stays for ever. */
  private void closeIfIdle() {
    if (closed.get() && busy.compareAndSet(false, true)) {
      if (!looksTorn()) {
        memory.clearWaiter(slot);
      }
      HostFiles.close(fd);
    }
  }
}
