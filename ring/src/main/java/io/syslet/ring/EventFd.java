package io.syslet.ring;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * Adds one to an eventfd, for those who wait in epoll rather than on the ring. Source: eventfd(2).
 */
final class EventFd {
  private static final boolean ARM = "aarch64".equals(System.getProperty("os.arch"));
  private static final long SYS_WRITE = ARM ? 64 : 1;

  private final MemorySegment one = Arena.ofAuto().allocate(8, 8);
  private final int fd;
  volatile boolean enabled = true;

  EventFd(int fd) {
    this.fd = fd;
    one.set(ValueLayout.JAVA_LONG, 0, 1);
  }

  /** Writes nothing while it is switched off; a full counter is as good as one more. */
  void signal() {
    if (enabled) {
      HostCalls.send(SYS_WRITE, fd, one.address(), 8, 0, 0, 0);
    }
  }

  /** Whether the kernel takes a write of 8 bytes of 0 there. */
  boolean isWritable() {
    MemorySegment zero = Arena.ofAuto().allocate(8, 8);
    return HostCalls.call(SYS_WRITE, fd, zero.address(), 8, 0, 0, 0) == 8;
  }
}
