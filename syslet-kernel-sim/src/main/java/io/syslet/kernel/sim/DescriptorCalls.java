package io.syslet.kernel.sim;

import io.syslet.Errno;
import io.syslet.Nr;
import io.syslet.Sys;

/** Calls on descriptors: close, dup and its kin, fcntl. */
final class DescriptorCalls {
  /** What F_SETFL may change. */
  private static final int SETTABLE =
      Sys.O_APPEND | Sys.O_NONBLOCK | Sys.O_DIRECT | Sys.O_NOATIME | 0x2000;

  private DescriptorCalls() {}

  static void register(SimCalls calls) {
    calls.put(Nr.CLOSE, (p, a, b, c, d, e, f) -> p.close(a));
    calls.put(Nr.CLOSE_RANGE, (p, a, b, c, d, e, f) -> closeRange(p, a, b, (int) c));
    calls.put(Nr.DUP, (p, a, b, c, d, e, f) -> dup(p, a, 0, false));
    calls.put(Nr.DUP2, (p, a, b, c, d, e, f) -> dup2(p, a, (int) b));
    calls.put(Nr.DUP3, (p, a, b, c, d, e, f) -> dup3(p, a, (int) b, (int) c));
    calls.put(Nr.FCNTL, (p, a, b, c, d, e, f) -> fcntl(p, a, (int) b, c));
  }

  private static long closeRange(SimProcess process, long first, long last, int flags) {
    long from = first & 0xffff_ffffL;
    long to = last & 0xffff_ffffL;
    if ((flags != 0 && flags != 4) || from > to) {
      return -Errno.EINVAL;
    }
    for (long fd = from; fd <= Math.min(to, process.maxOpenDescriptors()); fd++) {
      if (flags == 0) {
        process.close(fd);
      } else if (process.get(fd) != null) {
        process.closeOnExec((int) fd, true);
      }
    }
    return 0;
  }

  private static long dup(SimProcess process, long fd, int lowest, boolean closeOnExec) {
    File file = process.get(fd);
    return file == null ? -Errno.EBADF : process.install(file, lowest, closeOnExec);
  }

  private static long dup2(SimProcess process, long from, int to) {
    boolean open = process.get(from) != null;
    return open && (int) from == to ? to : replace(process, from, to, false);
  }

  private static long dup3(SimProcess process, long from, int to, int flags) {
    if ((flags & ~Sys.O_CLOEXEC) != 0 || (int) from == to) {
      return -Errno.EINVAL;
    }
    return replace(process, from, to, flags != 0);
  }

  private static long replace(SimProcess process, long from, int to, boolean closeOnExec) {
    if (to < 0 || to >= process.maxOpenDescriptors()) {
      return -Errno.EBADF;
    }
    File file = process.get(from);
    int replaced = file == null ? -Errno.EBADF : process.replace(to, file, closeOnExec);
    return replaced < 0 ? replaced : to;
  }

  private static long fcntl(SimProcess process, long fd, int command, long argument) {
    File file = process.get(fd);
    if (file == null) {
      return -Errno.EBADF;
    }
    boolean path = (file.flags() & Sys.O_PATH) != 0;
    return switch (command) {
      case Sys.F_DUPFD, Sys.F_DUPFD_CLOEXEC ->
          argument < 0 || argument >= process.maxOpenDescriptors()
              ? -Errno.EINVAL
              : dup(process, fd, (int) argument, command == Sys.F_DUPFD_CLOEXEC);
      case Sys.F_GETFD -> process.closeOnExec((int) fd) ? Sys.FD_CLOEXEC : 0;
      case Sys.F_SETFD -> closeOnExec(process, (int) fd, argument);
      case Sys.F_GETFL -> file.flags();
      case Sys.F_SETFL -> path ? -Errno.EBADF : flags(file, (int) argument);
      default -> path ? -Errno.EBADF : -Errno.EINVAL;
    };
  }

  private static long closeOnExec(SimProcess process, int fd, long argument) {
    process.closeOnExec(fd, (argument & Sys.FD_CLOEXEC) != 0);
    return 0;
  }

  private static long flags(File file, int wanted) {
    file.flags((file.flags() & ~SETTABLE) | (wanted & SETTABLE));
    return 0;
  }
}
