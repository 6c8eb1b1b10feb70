package io.syslet.kernel.reactor;

import io.syslet.Arch;
import io.syslet.Errno;
import io.syslet.Nr;
import io.syslet.Stat;
import io.syslet.Sys;
import io.syslet.ring.Memory;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/** What the host says of descriptors and times. One thread's. */
final class Facts {
  static final int SO_RCVTIMEO = 20;
  static final int SO_SNDTIMEO = 21;

  private static final int SOL_SOCKET = 1;
  private static final int SO_PROTOCOL = 38;
  private static final int IPPROTO_TCP = 6;
  private static final int IPPROTO_MPTCP = 262;
  private static final int FUTEX_WAIT_PRIVATE = 128;
  private static final long NANOS = 1_000_000_000;

  private static final int STAT = 64;
  private static final int MODE = Arch.pick(24, 16);
  private static final int TIMEVAL = 16;
  private static final int VALUE_LENGTH = 32;
  private static final int LENGTH = STAT + 160;

  private final HostDoor door;
  private final MemorySegment memory = Arena.ofAuto().allocate(LENGTH, 16);
  private final long scratch = memory.address();

  Facts(HostDoor door) {
    this.door = door;
  }

  /** Asks for a descriptor's attributes, which the next methods tell: 0 or −errno. */
  long stat(long fd) {
    return door.call(Nr.FSTAT, fd, scratch + STAT, 0, 0, 0, 0);
  }

  /** Whether it is one whose calls need a thread when they wait: a file, a directory, a device. */
  boolean isFile() {
    int type = type();
    return type != 0 && type != Stat.S_IFIFO && type != Stat.S_IFSOCK;
  }

  /** Whether poll says more of it than that it is always ready. */
  boolean isPollable() {
    int type = type();
    return !isFile() || type == Stat.S_IFCHR;
  }

  boolean isSocket() {
    return type() == Stat.S_IFSOCK;
  }

  /** What descriptors of the same have in common; null if that cannot be said. */
  @Nullable FileKey key(int accessMode) {
    return type() != Stat.S_IFIFO && type() != Stat.S_IFSOCK
        ? null
        : new FileKey(
            Memory.getLong(scratch + STAT), Memory.getLong(scratch + STAT + 8), accessMode);
  }

  private int type() {
    return Memory.getInt(scratch + STAT + MODE) & Stat.S_IFMT;
  }

  /** Whether a descriptor is a socket of TCP: the call that connects it can be begun and left. */
  boolean isTcp(long fd) {
    Memory.putInt(scratch + VALUE_LENGTH, Integer.BYTES);
    long value = scratch + TIMEVAL;
    long length = scratch + VALUE_LENGTH;
    long result = door.call(Nr.GETSOCKOPT, fd, SOL_SOCKET, SO_PROTOCOL, value, length, 0);
    int protocol = result < 0 ? 0 : Memory.getInt(value);
    return protocol == IPPROTO_TCP || protocol == IPPROTO_MPTCP;
  }

  /** The flags that a descriptor was opened with, or −errno. */
  long flags(long fd) {
    return door.call(Nr.FCNTL, fd, Sys.F_GETFL, 0, 0, 0, 0);
  }

  /** How long a socket waits at most, nanoseconds; {@link Times#NEVER} for good. */
  long socketTimeout(long fd, int option) {
    Memory.putInt(scratch + VALUE_LENGTH, 16);
    long result =
        door.call(
            Nr.GETSOCKOPT, fd, SOL_SOCKET, option, scratch + TIMEVAL, scratch + VALUE_LENGTH, 0);
    long seconds = Memory.getLong(scratch + TIMEVAL);
    long micros = Memory.getLong(scratch + TIMEVAL + 8);
    boolean none = result < 0 || (seconds | micros) == 0 || seconds >= Long.MAX_VALUE / NANOS - 1;
    return none ? Times.NEVER : seconds * NANOS + micros * 1000;
  }

  /**
   * Reads a struct timespec of the user's, which the host checks: a futex that need not be waited
   * for has it looked at.
   *
   * @return nanoseconds, {@link Times#NEVER} for more than can be counted; −EFAULT, −EINVAL.
   */
  long timespec(long address) {
    if (address == 0) {
      return -Errno.EFAULT;
    }
    Memory.putInt(scratch, 0);
    long checked = door.call(Nr.FUTEX, scratch, FUTEX_WAIT_PRIVATE, 1, address, 0, 0);
    if (checked != -Errno.EAGAIN) {
      return checked == 0 ? -Errno.EINVAL : checked;
    }
    long seconds = Memory.getLong(address);
    return seconds >= Long.MAX_VALUE / NANOS - 1
        ? Times.NEVER
        : seconds * NANOS + Memory.getLong(address + 8);
  }
}
