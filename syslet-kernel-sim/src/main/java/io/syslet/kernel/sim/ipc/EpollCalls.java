package io.syslet.kernel.sim.ipc;

import io.syslet.Errno;
import io.syslet.Sys;
import io.syslet.kernel.sim.File;
import io.syslet.kernel.sim.SimMachine;
import io.syslet.kernel.sim.SimProcess;
import io.syslet.kernel.sim.WaitQueue;
import org.jspecify.annotations.Nullable;

/** epoll_create(2), epoll_ctl(2), epoll_wait(2) and their variants. Signal masks are ignored. */
final class EpollCalls {
  private static final int ADD = 1;
  private static final int DELETE = 2;
  private static final int MODIFY = 3;
  private static final int MOST_EVENTS = Integer.MAX_VALUE / EpollEvent.LENGTH;

  private final SimMachine machine;

  EpollCalls(SimMachine machine) {
    this.machine = machine;
  }

  long create(SimProcess process, long size, long a1, long a2, long a3, long a4, long a5) {
    return (int) size <= 0 ? -Errno.EINVAL : install(process, false);
  }

  long create1(SimProcess process, long flags, long a1, long a2, long a3, long a4, long a5) {
    boolean unknown = ((int) flags & ~Sys.O_CLOEXEC) != 0;
    return unknown ? -Errno.EINVAL : install(process, flags != 0);
  }

  private long install(SimProcess process, boolean closeOnExec) {
    return process.install(new EpollFile(machine), 0, closeOnExec);
  }

  long ctl(SimProcess process, long epfd, long op, long fd, long event, long a4, long a5) {
    File epoll = process.get(epfd);
    File file = process.get(fd);
    if (epoll == null || file == null) {
      return -Errno.EBADF;
    }
    if (file.changes() == null) {
      return -Errno.EPERM;
    }
    return epoll instanceof EpollFile set && epoll != file
        ? change(set, (int) op, (int) fd, file, event)
        : -Errno.EINVAL;
  }

  private static long change(EpollFile set, int op, int fd, File file, long event) {
    if (op != DELETE && event == 0) {
      return -Errno.EFAULT;
    }
    return switch (op) {
      case ADD -> set.add(fd, file, event);
      case MODIFY -> set.modify(fd, file, event);
      case DELETE -> set.delete(fd, file);
      default -> -Errno.EINVAL;
    };
  }

  long pwait(SimProcess process, long epfd, long events, long most, long millis, long a4, long a5) {
    long deadline = Timespec.deadlineMillis(machine, (int) millis);
    return wait(process.get(epfd), events, (int) most, deadline);
  }

  long pwait2(SimProcess process, long epfd, long events, long most, long time, long a4, long a5) {
    long nanos = time == 0 ? Long.MAX_VALUE : Timespec.read(time);
    if (nanos < 0) {
      return nanos;
    }
    long deadline = time == 0 ? WaitQueue.NEVER : Timespec.deadline(machine, nanos);
    return wait(process.get(epfd), events, (int) most, deadline);
  }

  private static long wait(@Nullable File file, long events, int most, long deadline) {
    if (most <= 0 || most > MOST_EVENTS) {
      return -Errno.EINVAL;
    }
    if (file == null) {
      return -Errno.EBADF;
    }
    return file instanceof EpollFile set ? set.await(events, most, deadline) : -Errno.EINVAL;
  }
}
