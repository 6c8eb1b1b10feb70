package io.syslet.kernel.reactor;

import io.syslet.Arch;
import io.syslet.Nr;
import io.syslet.Sys;
import io.syslet.ring.Memory;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/**
 * An epoll instance, and an eventfd in it that wakes who waits there. Descriptors are told by an
 * index; each is reported once until it is asked for again.
 */
final class Epoll {
  static final int IN = 1;
  static final int OUT = 4;

  /** Reported always: EPOLLERR, EPOLLHUP. */
  static final int BROKEN = 0x18;

  /** What poll may ask for and epoll knows by the same bit. */
  static final int POLLED = 0x23c7;

  private static final int ONESHOT = 1 << 30;
  private static final int ADD = 1;
  private static final int DEL = 2;
  private static final int MOD = 3;
  private static final int MOST = 256;
  private static final int EVENT = Arch.pick(12, 16);
  private static final int DATA = Arch.pick(4, 8);
  private static final int WAKER = -1;

  private static final int ONE = 0;
  private static final int TIME = 16;
  private static final int ARGUMENT = 32;
  private static final int COUNT = 48;
  private static final int EVENTS = 64;

  private final HostDoor door;
  private final MemorySegment memory = Arena.ofAuto().allocate(EVENTS + 16L * MOST, 16);
  private final long scratch = memory.address();
  private final int fd;
  private final int waker;

  /** Whether epoll_pwait2(2) is not there (before Linux 5.11) or refused. */
  private boolean isOld;

  private Epoll(HostDoor door, int fd, int waker) {
    this.door = door;
    this.fd = fd;
    this.waker = waker;
    Memory.putLong(scratch + ONE, 1);
  }

  /** Makes one: null if there is none to be had. */
  static @Nullable Epoll open(HostDoor door) {
    long fd = door.call(Nr.EPOLL_CREATE1, Sys.O_CLOEXEC, 0, 0, 0, 0, 0);
    long waker =
        fd < 0 ? fd : door.call(Nr.EVENTFD2, 0, Sys.O_CLOEXEC | Sys.O_NONBLOCK, 0, 0, 0, 0);
    if (waker < 0) {
      closeIfOpen(door, fd);
      return null;
    }
    Epoll made = new Epoll(door, (int) fd, (int) waker);
    if (made.control(ADD, made.waker, WAKER, IN) < 0 || !made.canWait()) {
      made.close();
      return null;
    }
    return made;
  }

  /** Whether it may be waited for: what is refused once would be refused in a hot loop. */
  private boolean canWait() {
    isOld = toTheNanosecond(0) < 0;
    return !isOld || toTheMillisecond(0) >= 0;
  }

  private static void closeIfOpen(HostDoor door, long fd) {
    if (fd >= 0) {
      long _ = door.call(Nr.CLOSE, fd, 0, 0, 0, 0, 0);
    }
  }

  void close() {
    closeIfOpen(door, waker);
    closeIfOpen(door, fd);
  }

  /** Asks for one report of a descriptor, for the first time or again: 0 or −errno. */
  long ask(int descriptor, int index, int events, boolean first) {
    return control(first ? ADD : MOD, descriptor, index, events | ONESHOT);
  }

  /** Forgets a descriptor. */
  void forget(int descriptor) {
    long _ = control(DEL, descriptor, 0, 0);
  }

  private long control(int operation, int descriptor, int index, int events) {
    Memory.putInt(scratch + ARGUMENT, events);
    Memory.putInt(scratch + ARGUMENT + DATA, index);
    Memory.putInt(scratch + ARGUMENT + DATA + 4, 0);
    return door.call(Nr.EPOLL_CTL, fd, operation, descriptor, scratch + ARGUMENT, 0, 0);
  }

  /** Wakes who waits. Any thread. */
  void wake() {
    long _ = door.call(Nr.WRITE, waker, scratch + ONE, Long.BYTES, 0, 0, 0);
  }

  /** Waits for reports, so many nanoseconds at most: how many there are. One thread's. */
  int await(long nanos) {
    return (int) Math.max(isOld ? toTheMillisecond(nanos) : toTheNanosecond(nanos), 0);
  }

  private long toTheNanosecond(long nanos) {
    Memory.putLong(scratch + TIME, nanos / 1_000_000_000);
    Memory.putLong(scratch + TIME + 8, nanos % 1_000_000_000);
    return door.call(Nr.EPOLL_PWAIT2, fd, scratch + EVENTS, MOST, scratch + TIME, 0, Long.BYTES);
  }

  private long toTheMillisecond(long nanos) {
    long millis = Math.min((nanos + 999_999) / 1_000_000, Integer.MAX_VALUE);
    return door.call(Nr.EPOLL_PWAIT, fd, scratch + EVENTS, MOST, millis, 0, Long.BYTES);
  }

  /** The index of report {@code i}; −1 for what was only to wake, which is over. */
  int index(int i) {
    int index = Memory.getInt(scratch + EVENTS + (long) i * EVENT + DATA);
    if (index == WAKER) {
      long _ = door.call(Nr.READ, waker, scratch + COUNT, Long.BYTES, 0, 0, 0);
    }
    return index;
  }

  /** The events of report {@code i}. */
  int events(int i) {
    return Memory.getInt(scratch + EVENTS + (long) i * EVENT);
  }
}
