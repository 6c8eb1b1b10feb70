package io.syslet.kernel.reactor;

import io.syslet.Errno;
import io.syslet.Nr;
import io.syslet.Sys;
import io.syslet.kernel.WaitForm;
import io.syslet.ring.Memory;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/** Makes calls so that they answer −EAGAIN rather than sleep. One thread's. */
final class Tries {
  /** {@link #make}: the call cannot be made so, and was not made. */
  static final long NO_FORM = Long.MIN_VALUE + 2;

  static final int MSG_NOSIGNAL = 0x4000;

  private static final long CURRENT_POSITION = -1;
  private static final int LENGTH = 48;
  private static final int ZERO = 16;
  private static final int POLLFD = 32;

  final HostDoor door;
  private final MemorySegment memory = Arena.ofAuto().allocate(LENGTH, 16);
  private final long scratch = memory.address();

  Tries(HostDoor door) {
    this.door = door;
  }

  /** Makes a call that may wait: its value or −errno; {@link #NO_FORM}. */
  long make(CallRegisters c) {
    return switch (c.form()) {
      case READ -> vector(c, Nr.PREADV2, one(c), 1);
      case READV -> vector(c, Nr.PREADV2, c.a1, c.a2);
      case WRITE -> vector(c, Nr.PWRITEV2, one(c), 1);
      case WRITEV -> vector(c, Nr.PWRITEV2, c.a1, c.a2);
      case RECVFROM -> door.call(c.nr, c.a0, c.a1, c.a2, c.a3 | Sys.MSG_DONTWAIT, c.a4, c.a5);
      case RECVMSG -> door.call(c.nr, c.a0, c.a1, c.a2 | Sys.MSG_DONTWAIT, 0, 0, 0);
      case SENDTO -> door.call(c.nr, c.a0, c.a1, c.a2, c.a3 | quietly(), c.a4, c.a5);
      case SENDMSG -> door.call(c.nr, c.a0, c.a1, c.a2 | quietly(), 0, 0, 0);
      case POLL, PPOLL -> some(door.call(Nr.PPOLL, c.a0, c.a1, scratch + ZERO, 0, 0, 0));
      case EPOLL_WAIT, EPOLL_PWAIT2 ->
          some(door.call(Nr.EPOLL_PWAIT, c.a0, c.a1, c.a2, 0, 0, Long.BYTES));
      case NANOSLEEP, CLOCK_NANOSLEEP -> -Errno.EAGAIN;
      case CONNECT -> connect(c);
      case ACCEPT, NONE -> NO_FORM;
    };
  }

  /**
   * Connects a socket that does not block meanwhile, since no form of the call says that it will
   * not wait. Who uses a socket before it is connected has no use for its blocking.
   */
  private long connect(CallRegisters c) {
    long flags = door.call(Nr.FCNTL, c.a0, Sys.F_GETFL, 0, 0, 0, 0);
    if (flags < 0 || (flags & Sys.O_NONBLOCK) != 0) {
      return flags < 0 ? flags : c.make(door);
    }
    long _ = door.call(Nr.FCNTL, c.a0, Sys.F_SETFL, flags | Sys.O_NONBLOCK, 0, 0, 0);
    long result = c.make(door);
    long _ = door.call(Nr.FCNTL, c.a0, Sys.F_SETFL, flags, 0, 0, 0);
    return result == -Errno.EINPROGRESS || result == -Errno.EALREADY ? -Errno.EAGAIN : result;
  }

  private static int quietly() {
    return Sys.MSG_DONTWAIT | MSG_NOSIGNAL;
  }

  private static long some(long found) {
    return found == 0 ? -Errno.EAGAIN : found;
  }

  private long one(CallRegisters c) {
    Memory.putLong(scratch, c.a1);
    Memory.putLong(scratch + 8, c.a2);
    return scratch;
  }

  private long vector(CallRegisters c, long nr, long array, long count) {
    long moved = door.call(nr, c.a0, array, count, CURRENT_POSITION, 0, Sys.RWF_NOWAIT);
    return isRefused(moved) ? NO_FORM : moved;
  }

  /** By a file that has no such form, by an old Linux, or by a filter. */
  private static boolean isRefused(long moved) {
    return moved == -Errno.EOPNOTSUPP || moved == -Errno.ENOSYS || moved == -Errno.EPERM;
  }

  /** Whether a descriptor can be read, or written if {@code out}, or is broken. */
  boolean isReady(long fd, boolean out) {
    Memory.putInt(scratch + POLLFD, (int) fd);
    Memory.putInt(scratch + POLLFD + 4, out ? Epoll.OUT : Epoll.IN);
    return door.call(Nr.PPOLL, scratch + POLLFD, 1, scratch + ZERO, 0, 0, 0) != 0;
  }

  /** Whether a call may be tried at all: its flags are those that a try respects. */
  static boolean knows(CallRegisters c) {
    WaitForm form = c.form();
    return switch (form) {
      case RECVFROM -> (c.a3 & ~RECEIVING) == 0;
      case RECVMSG -> (c.a2 & ~RECEIVING) == 0;
      case SENDTO -> (c.a3 & ~SENDING) == 0;
      case SENDMSG -> (c.a2 & ~SENDING) == 0;
      case PPOLL -> c.a3 == 0;
      case EPOLL_WAIT -> c.nr == Nr.EPOLL_WAIT || c.a4 == 0;
      case EPOLL_PWAIT2 -> c.a4 == 0;
      default -> form != WaitForm.NONE;
    };
  }

  /** MSG_PEEK, MSG_TRUNC, MSG_NOSIGNAL, MSG_CMSG_CLOEXEC. */
  private static final long RECEIVING = 0x2 | 0x20 | MSG_NOSIGNAL | 0x4000_0000;

  /** MSG_DONTROUTE, MSG_EOR, MSG_CONFIRM, MSG_NOSIGNAL, MSG_MORE. */
  private static final long SENDING = 0x4 | 0x80 | 0x800 | MSG_NOSIGNAL | 0x8000;
}
