package io.syslet.ring;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * The participants' bytes: a participant of a shared ring holds an OFD write lock on one byte far
 * behind the end of the file, and the kernel drops it when the participant dies, in whatever way.
 *
 * <p>A process id would not do (it is used again), nor a POSIX record lock (any close of the file
 * in the process drops it). Source: fcntl(2), F_OFD_SETLK.
 */
final class Slots {
  /** The byte of slot s is at this offset plus s. */
  static final long LOCK_OFFSET = 1L << 62;

  private static final int F_OFD_SETLK = 37;
  private static final short F_WRLCK = 1;
  private static final short F_UNLCK = 2;
  private static final int FLOCK_LENGTH = 32;

  private final int fd;

  Slots(int fd) {
    this.fd = fd;
  }

  /** Whether we hold the byte now: nobody else did. */
  boolean tryLock(int slot) {
    return set(slot, F_WRLCK);
  }

  void unlock(int slot) {
    set(slot, F_UNLCK);
  }

  private boolean set(int slot, short type) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment flock = arena.allocate(FLOCK_LENGTH, 8);
      flock.set(ValueLayout.JAVA_SHORT, 0, type);
      flock.set(ValueLayout.JAVA_LONG, 8, LOCK_OFFSET + slot);
      flock.set(ValueLayout.JAVA_LONG, 16, 1);
      return HostFiles.fcntl(fd, F_OFD_SETLK, flock.address()) == 0;
    }
  }
}
