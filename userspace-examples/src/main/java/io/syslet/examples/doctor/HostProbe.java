package io.syslet.examples.doctor;

import io.syslet.Arch;
import io.syslet.Errno;
import io.syslet.Nr;
import io.syslet.Sys;
import io.syslet.ring.HostCalls;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.concurrent.FutureTask;

/** Calls of the host's that are tried for what they answer, and leave nothing behind. */
final class HostProbe {
  private static final int PAGE = 4096;
  private static final long READ_WRITE = 3;
  private static final long READ_EXECUTE = 5;
  private static final long PRIVATE_ANONYMOUS = 0x22;
  private static final int MASK = 1024;
  private static final long MFD_CLOEXEC = 1;
  private static final long SCHED_IDLE = 5;
  private static final long RT_SIGACTION = Arch.pick(13, 134);
  private static final long SIGNAL = 60;
  private static final int SOFTWARE = 1;
  private static final long DUMMY = 9;
  private static final long OF_USER_SWITCHES = 1 | 1 << 5 | 1 << 6 | 1 << 26;

  private HostProbe() {}

  /** Makes a call: its value or −errno. */
  private static long call(long nr, long... a) {
    long[] all = java.util.Arrays.copyOf(a, 6);
    return HostCalls.call(nr, all[0], all[1], all[2], all[3], all[4], all[5]);
  }

  /** Executable pages: 0 or −errno. */
  static long executablePage() {
    long page = call(Nr.MMAP, 0, PAGE, READ_WRITE, PRIVATE_ANONYMOUS, -1, 0);
    if (page < 0 && page > -PAGE) {
      return page;
    }
    long made = call(Nr.MPROTECT, page, PAGE, READ_EXECUTE);
    call(Nr.MUNMAP, page, PAGE);
    return made;
  }

  /** Binds the thread to where it is bound already: 0 or −errno. */
  static long affinity() {
    try (Arena arena = Arena.ofConfined()) {
      long mask = arena.allocate(MASK, 8).address();
      long length = call(Nr.SCHED_GETAFFINITY, 0, MASK, mask);
      return length < 0 ? length : call(Nr.SCHED_SETAFFINITY, 0, length, mask);
    }
  }

  /** Gives a thread that is made for it the lowest priority: 0 or −errno. */
  static long idlePriority() throws Exception {
    FutureTask<Long> task =
        new FutureTask<>(
            () -> {
              try (Arena arena = Arena.ofConfined()) {
                long param = arena.allocate(8, 8).address();
                return call(Nr.SCHED_SETSCHEDULER, 0, SCHED_IDLE, param);
              }
            });
    Thread.ofPlatform().daemon().start(task);
    return task.get();
  }

  /** The records of the calling thread's context switches: 0 or −errno. */
  static long switchRecords() {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment event = arena.allocate(64, 8);
      event.set(ValueLayout.JAVA_INT, 0, SOFTWARE);
      event.set(ValueLayout.JAVA_INT, 4, (int) event.byteSize());
      event.set(ValueLayout.JAVA_LONG, 8, DUMMY);
      event.set(ValueLayout.JAVA_LONG, 40, OF_USER_SWITCHES);
      return closed(call(Nr.PERF_EVENT_OPEN, event.address(), 0, -1, -1));
    }
  }

  /** statx of the root: 0 or −errno. */
  static long statx() {
    try (Arena arena = Arena.ofConfined()) {
      long root = arena.allocateFrom("/").address();
      long buffer = arena.allocate(256, 8).address();
      return call(Nr.STATX, Sys.AT_FDCWD, root, 0, 0x7ff, buffer);
    }
  }

  /** openat2 of the root from the cache alone: 0 or −errno; that it is not there is no error. */
  static long openCached() {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment how = arena.allocate(24, 8);
      how.set(ValueLayout.JAVA_LONG, 0, Sys.O_DIRECTORY | Sys.O_CLOEXEC);
      how.set(ValueLayout.JAVA_LONG, 16, Sys.RESOLVE_CACHED);
      long root = arena.allocateFrom("/").address();
      long fd = call(Nr.OPENAT2, Sys.AT_FDCWD, root, how.address(), 24);
      return fd == -Errno.EAGAIN ? 0 : closed(fd);
    }
  }

  /** memfd_create: 0 or −errno. */
  static long memfd() {
    try (Arena arena = Arena.ofConfined()) {
      return closed(
          call(Nr.MEMFD_CREATE, arena.allocateFrom("syslet-doctor").address(), MFD_CLOEXEC));
    }
  }

  /** What the reactor needs, an epoll instance that may be waited at: 0 or −errno. */
  static long epoll() {
    try (Arena arena = Arena.ofConfined()) {
      long memory = arena.allocate(32, 8).address();
      long epoll = call(Nr.EPOLL_CREATE1, Sys.O_CLOEXEC);
      long event = epoll < 0 ? epoll : call(Nr.EVENTFD2, 0, Sys.O_CLOEXEC);
      long added = event < 0 ? event : call(Nr.EPOLL_CTL, epoll, 1, event, memory);
      long waited = added < 0 ? added : call(Nr.EPOLL_PWAIT, epoll, memory, 1, 0, 0, Long.BYTES);
      close(event);
      close(epoll);
      return Math.min(waited, 0);
    }
  }

  /** tgkill of signal 0 to the calling thread, and a question about a handler: 0 or −errno. */
  static long signals() {
    try (Arena arena = Arena.ofConfined()) {
      long old = arena.allocate(64, 8).address();
      long asked = call(RT_SIGACTION, SIGNAL, 0, old, Long.BYTES);
      return asked < 0 ? asked : call(Nr.TGKILL, call(Nr.GETPID), call(Nr.GETTID), 0);
    }
  }

  private static void close(long fd) {
    if (fd >= 0) {
      call(Nr.CLOSE, fd);
    }
  }

  private static long closed(long fd) {
    return fd < 0 ? fd : call(Nr.CLOSE, fd);
  }

  /** io_uring_setup of a ring without entries, which is wrong: 0 if that is what it says. */
  static long ioUring() {
    long answer = call(Nr.IO_URING_SETUP, 0, 0);
    return answer == -Errno.EINVAL || answer == -Errno.EFAULT ? 0 : answer;
  }

  /** The soft limit of a resource of prlimit(2); −1 for none, or where it is not told. */
  static long softLimit(int resource) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment limit = arena.allocate(16, 8);
      long failed = call(Nr.PRLIMIT64, 0, resource, 0, limit.address());
      return failed != 0 ? -1 : limit.get(ValueLayout.JAVA_LONG, 0);
    }
  }
}
