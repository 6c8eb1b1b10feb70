package io.syslet.kernel.contract;

import io.syslet.Arch;
import io.syslet.Kernel;
import io.syslet.Nr;
import io.syslet.Params;
import io.syslet.Registers;
import io.syslet.ring.Memory;

/** A {@link Rig} with calls of all lengths, and the structures that calls which wait take. */
final class WaitRig extends Rig {
  static final int POLLIN = 1;
  static final int POLLERR = 8;
  static final int POLLOUT = 4;
  static final int O_NONBLOCK = 0x800;
  static final int EPOLL_EVENT = Arch.pick(12, 16);

  private static final int EPOLL_DATA = Arch.pick(4, 8);
  private static final int EPOLL_CTL_ADD = 1;
  private static final long NANOS = 1_000_000_000;
  private static final long CLOCK_MONOTONIC = 1;

  WaitRig(Kernel kernel) {
    super(kernel, 4096);
  }

  /** A call through the single form of the entry, completing to the ring. */
  long call(long data, long nr, long a0, long a1, long a2, long a3, long a4, long a5) {
    Registers.put(registers.address(), nr, a0, a1, a2, a3, a4, a5);
    Memory.putLong(params.address() + Params.CALLER_DATA, data);
    return kernel.indirect(registers, params, 0);
  }

  /** Memory of some bytes. */
  long bytes(long length) {
    return kernel.arena().allocate(length, 8).address();
  }

  /** A struct timespec. */
  long time(long nanos) {
    long at = bytes(16);
    Memory.putLong(at, nanos / NANOS);
    Memory.putLong(at + 8, nanos % NANOS);
    return at;
  }

  /** The monotonic clock. */
  long now() {
    long at = bytes(16);
    long _ = kernel.syscall(Nr.CLOCK_GETTIME, CLOCK_MONOTONIC, at, 0);
    return Memory.getLong(at) * NANOS + Memory.getLong(at + 8);
  }

  /** An array of struct pollfd: descriptors and events, in turn. */
  long pollfds(int... pairs) {
    long at = bytes(4L * pairs.length);
    for (int i = 0; i < pairs.length; i += 2) {
      Memory.putInt(at + 4L * i, pairs[i]);
      Memory.putInt(at + 4L * i + 4, pairs[i + 1]);
    }
    return at;
  }

  /** What was found of entry {@code i}. */
  static int revents(long pollfds, int i) {
    return Memory.getUnsignedShort(pollfds + 8L * i + 6);
  }

  /** An epoll instance that reports when a descriptor is readable. */
  int epoll(int fd, int data) {
    long epoll = kernel.syscall(Nr.EPOLL_CREATE1, 0, 0, 0);
    long event = bytes(16);
    Memory.putInt(event, POLLIN);
    Memory.putInt(event + EPOLL_DATA, data);
    long added = kernel.syscall(Nr.EPOLL_CTL, epoll, EPOLL_CTL_ADD, fd, event, 0, 0);
    if (epoll < 0 || added < 0) {
      throw new IllegalStateException("epoll: " + epoll + ", " + added);
    }
    return (int) epoll;
  }

  static int data(long event) {
    return Memory.getInt(event + EPOLL_DATA);
  }

  /** Consumes the next completion: its caller data, if it has the status. */
  long ended(long status) {
    long found = await();
    if (found != status) {
      throw new AssertionError("status " + found + ", not " + status + ", of " + consume());
    }
    return consume();
  }
}
