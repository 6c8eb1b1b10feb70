package io.syslet.kernel.sim.ipc;

import io.syslet.Errno;
import io.syslet.Nr;
import io.syslet.Sys;
import io.syslet.kernel.sim.SimCalls;
import io.syslet.kernel.sim.SimMachine;
import io.syslet.kernel.sim.SimProcess;
import io.syslet.ring.Memory;

/** pipe(2), pipe2(2), eventfd(2) and eventfd2(2). */
final class PipeCalls {
  private static final int PIPE_FLAGS = Sys.O_CLOEXEC | Sys.O_NONBLOCK | Sys.O_DIRECT;
  private static final int EFD_SEMAPHORE = 1;
  private static final int EVENTFD_FLAGS = Sys.O_CLOEXEC | Sys.O_NONBLOCK | EFD_SEMAPHORE;

  private final SimMachine machine;
  private long inodes;

  PipeCalls(SimMachine machine) {
    this.machine = machine;
  }

  void register(SimCalls calls) {
    calls.put(Nr.PIPE, (p, fds, b, c, d, e, f) -> pipe(p, fds, 0));
    calls.put(Nr.PIPE2, (p, fds, flags, c, d, e, f) -> pipe(p, fds, (int) flags));
    calls.put(Nr.EVENTFD, (p, start, b, c, d, e, f) -> eventfd(p, start, 0));
    calls.put(Nr.EVENTFD2, (p, start, flags, c, d, e, f) -> eventfd(p, start, (int) flags));
  }

  /** pipe2(2): 0; −EINVAL; −EMFILE. */
  private long pipe(SimProcess process, long fds, int flags) {
    if ((flags & ~PIPE_FLAGS) != 0) {
      return -Errno.EINVAL;
    }
    Pipe pipe = new Pipe(machine, ++inodes);
    boolean closeOnExec = (flags & Sys.O_CLOEXEC) != 0;
    int nonBlocking = flags & Sys.O_NONBLOCK;
    int in = process.install(pipe.reader(nonBlocking), 0, closeOnExec);
    if (in < 0) {
      return in;
    }
    int out = process.install(pipe.writer(nonBlocking), 0, closeOnExec);
    if (out < 0) {
      process.close(in);
      return out;
    }
    Memory.putInt(fds, in);
    Memory.putInt(fds + 4, out);
    return 0;
  }

  /** eventfd2(2): the descriptor; −EINVAL; −EMFILE. */
  private long eventfd(SimProcess process, long start, int flags) {
    if ((flags & ~EVENTFD_FLAGS) != 0) {
      return -Errno.EINVAL;
    }
    boolean semaphore = (flags & EFD_SEMAPHORE) != 0;
    EventFdFile file =
        new EventFdFile(machine, ++inodes, start & 0xffff_ffffL, semaphore, flags & Sys.O_NONBLOCK);
    return process.install(file, 0, (flags & Sys.O_CLOEXEC) != 0);
  }
}
