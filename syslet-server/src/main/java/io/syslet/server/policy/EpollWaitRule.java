package io.syslet.server.policy;

import io.syslet.Errno;
import io.syslet.Nr;

/**
 * epoll_wait, epoll_pwait, epoll_pwait2. A signal mask is −EINVAL, as the client's signals do not
 * come here.
 */
final class EpollWaitRule extends Rule {
  /** Which call. */
  enum Form {
    EPOLL_WAIT,
    EPOLL_PWAIT,
    EPOLL_PWAIT2
  }

  private static final int TIMESPEC = 16;
  private static final long NANOS_PER_MILLI = 1_000_000;

  private final Form form;

  EpollWaitRule(Form form) {
    this.form = form;
  }

  @Override
  void start(Operation op) {
    Descriptor epoll = op.use(op.intArgument(0));
    int count = op.intArgument(2);
    long nanos = nanos(op);
    if (epoll == null) {
      op.done(-Errno.EBADF);
    } else if (count <= 0 || count > EpollEvents.MOST || hasMask(op)) {
      op.done(-Errno.EINVAL);
    } else if (nanos < 0) {
      op.done(nanos);
    } else {
      begin(op, epoll.host, count, nanos);
    }
  }

  private void begin(Operation op, int host, int count, long nanos) {
    op.isAlone = true;
    op.out = op.memory(op.argument(1), (long) count * EpollEvents.LENGTH);
    op.kept = host;
    op.deadline = nanos == 0 ? 0 : Waiting.deadline(nanos);
    if (op.out <= 0) {
      op.done(-Errno.EFAULT);
    } else {
      await(op, nanos == 0 ? 0 : Waiting.left(op, op.deadline));
    }
  }

  private boolean hasMask(Operation op) {
    return form != Form.EPOLL_WAIT && op.argument(4) != 0;
  }

  /** How long the client wants to wait: nanoseconds, or −errno. */
  private long nanos(Operation op) {
    if (form != Form.EPOLL_PWAIT2) {
      int millis = op.intArgument(3);
      return millis < 0 ? Waiting.NEVER : millis * NANOS_PER_MILLI;
    }
    if (op.argument(3) == 0) {
      return Waiting.NEVER;
    }
    if (op.copyIn(op.argument(3), TIMESPEC, op.scratch + Scratch.TIME) < 0) {
      return -Errno.EFAULT;
    }
    long nanos = Waiting.nanos(op.scratch + Scratch.TIME);
    return nanos < 0 ? -Errno.EINVAL : nanos;
  }

  /** Rounded up: a wait may be longer, and never ends before its time. */
  private static void await(Operation op, long nanos) {
    long millis = Math.ceilDiv(nanos, NANOS_PER_MILLI);
    long most = Math.min(millis, Integer.MAX_VALUE);
    op.await(Nr.EPOLL_PWAIT, op.kept, op.out, op.intArgument(2), most);
  }

  @Override
  void ended(Operation op, long result) {
    if (result != 0 || op.deadline == 0) {
      op.done(result);
    } else if (!op.mayWait) {
      op.refuse();
    } else if (op.isUnwanted()) {
      op.done(-Errno.ECANCELED);
    } else {
      long nanos = Waiting.left(op, op.deadline);
      if (nanos == 0) {
        op.done(0);
      } else {
        await(op, nanos);
      }
    }
  }
}
