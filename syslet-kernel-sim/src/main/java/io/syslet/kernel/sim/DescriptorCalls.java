package io.syslet.kernel.sim;

import io.syslet.Errno;
import io.syslet.Sys;
import io.syslet.ring.Memory;

/** read, write and close by descriptor, and what makes descriptors without a file system. */
final class DescriptorCalls {
  private static final int PIPE_FLAGS = Sys.O_CLOEXEC | Sys.O_NONBLOCK | Sys.O_DIRECT;
  private static final int EFD_SEMAPHORE = 1;
  private static final int EVENTFD_FLAGS = Sys.O_CLOEXEC | Sys.O_NONBLOCK | EFD_SEMAPHORE;

  private final Machine machine;
  private long inodes;

  DescriptorCalls(Machine machine) {
    this.machine = machine;
  }

  void install(SimCalls calls) {
    ProcessCalls.put(calls, "read", DescriptorCalls::read);
    ProcessCalls.put(calls, "write", DescriptorCalls::write);
    ProcessCalls.put(calls, "close", DescriptorCalls::close);
    ProcessCalls.put(calls, "fcntl", DescriptorCalls::fcntl);
    ProcessCalls.put(
        calls, "pipe", (process, at, b, c, d, e, f) -> pipe2(process, at, 0, 0, 0, 0, 0));
    ProcessCalls.put(calls, "pipe2", this::pipe2);
    ProcessCalls.put(
        calls,
        "eventfd",
        (process, start, b, c, d, e, f) -> eventfd2(process, start, 0, 0, 0, 0, 0));
    ProcessCalls.put(calls, "eventfd2", this::eventfd2);
  }

  private static long read(
      SimProcess process, long fd, long buffer, long length, long a3, long a4, long a5) {
    File file = process.get(fd);
    if (file == null || !file.isReadable()) {
      return -Errno.EBADF;
    }
    return file.read(buffer, length);
  }

  private static long write(
      SimProcess process, long fd, long buffer, long length, long a3, long a4, long a5) {
    File file = process.get(fd);
    if (file == null || !file.isWritable()) {
      return -Errno.EBADF;
    }
    return file.write(buffer, length);
  }

  private static long close(
      SimProcess process, long fd, long a1, long a2, long a3, long a4, long a5) {
    return process.close(fd);
  }

  private static long fcntl(
      SimProcess process, long fd, long command, long argument, long a3, long a4, long a5) {
    File file = process.get(fd);
    if (file == null) {
      return -Errno.EBADF;
    }
    return switch ((int) command) {
      case Sys.F_GETFD -> process.closeOnExec((int) fd) ? Sys.FD_CLOEXEC : 0;
      case Sys.F_SETFD -> setCloseOnExec(process, (int) fd, argument);
      case Sys.F_GETFL -> file.flags();
      case Sys.F_SETFL -> setFlags(file, (int) argument);
      default -> -Errno.EINVAL;
    };
  }

  private static long setCloseOnExec(SimProcess process, int fd, long argument) {
    process.closeOnExec(fd, (argument & Sys.FD_CLOEXEC) != 0);
    return 0;
  }

  private static long setFlags(File file, int flags) {
    int settable = Sys.O_APPEND | Sys.O_NONBLOCK;
    file.flags((file.flags() & ~settable) | (flags & settable));
    return 0;
  }

  /** pipe2(2): 0; −EINVAL; −EMFILE. */
  private long pipe2(SimProcess process, long fds, long flags, long a2, long a3, long a4, long a5) {
    int wanted = (int) flags;
    if ((wanted & ~PIPE_FLAGS) != 0) {
      return -Errno.EINVAL;
    }
    Pipe pipe = new Pipe(machine, ++inodes);
    boolean closeOnExec = (wanted & Sys.O_CLOEXEC) != 0;
    int nonBlocking = wanted & Sys.O_NONBLOCK;
    int in = process.install(pipe.reader(nonBlocking), 0, closeOnExec);
    if (in < 0) {
      return in;
    }
    int out = process.install(pipe.writer(nonBlocking), 0, closeOnExec);
    if (out < 0) {
      var _ = process.close(in);
      return out;
    }
    Memory.putInt(fds, in);
    Memory.putInt(fds + 4, out);
    return 0;
  }

  /** eventfd2(2): the descriptor; −EINVAL; −EMFILE. */
  private long eventfd2(
      SimProcess process, long start, long flags, long a2, long a3, long a4, long a5) {
    int wanted = (int) flags;
    if ((wanted & ~EVENTFD_FLAGS) != 0) {
      return -Errno.EINVAL;
    }
    EventFdFile file =
        new EventFdFile(
            machine,
            ++inodes,
            start & 0xffff_ffffL,
            (wanted & EFD_SEMAPHORE) != 0,
            wanted & Sys.O_NONBLOCK);
    return process.install(file, 0, (wanted & Sys.O_CLOEXEC) != 0);
  }
}
