package io.syslet.kernel.reactor;

import io.syslet.ring.Memory;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * The array of a poll that waits: a copy in which the descriptors are the reactor's, so that the
 * files stay those that the program named. What is found goes back to the program's.
 */
final class PollSet {
  /** The longest array; a longer one needs a thread. */
  static final int MOST = 64;

  private static final int POLLFD = 8;
  private static final int EVENTS = 4;
  private static final int REVENTS = 6;

  private PollSet() {}

  /** A copy of the array of a call that has been tried, so it can be read. */
  static MemorySegment copy(CallRegisters c) {
    long length = c.a1 * POLLFD;
    MemorySegment copy = Arena.ofAuto().allocate(Math.max(length, POLLFD), POLLFD);
    Memory.copy(c.a0, copy.address(), length);
    return copy;
  }

  static int fd(MemorySegment set, int i) {
    return Memory.getInt(set.address() + (long) i * POLLFD);
  }

  static void fd(MemorySegment set, int i, int own) {
    Memory.putInt(set.address() + (long) i * POLLFD, own);
  }

  /** What is waited for, and what is told in any case. */
  static int events(MemorySegment set, int i) {
    int asked = Memory.getUnsignedShort(set.address() + (long) i * POLLFD + EVENTS);
    return (asked & Epoll.POLLED) | Epoll.BROKEN;
  }

  /** Tells the program what was found. */
  static void tell(MemorySegment set, long count, long user) {
    for (long at = 0; at < count * POLLFD; at += POLLFD) {
      int found = Memory.getUnsignedShort(set.address() + at + REVENTS);
      Memory.putByte(user + at + REVENTS, (byte) found);
      Memory.putByte(user + at + REVENTS + 1, (byte) (found >>> 8));
    }
  }
}
