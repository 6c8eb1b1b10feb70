package io.syslet.server.policy;

import io.syslet.Errno;
import io.syslet.Nr;

/** epoll_ctl: both descriptors are the session's; what the client wants back is left alone. */
final class EpollCtlRule extends Rule {
  @Override
  void start(Operation op) {
    Descriptor epoll = op.use(op.intArgument(0));
    Descriptor subject = op.use(op.intArgument(2));
    if (epoll == null || subject == null) {
      op.done(-Errno.EBADF);
      return;
    }
    long event = op.argument(3) == 0 ? 0 : op.scratch + Scratch.SMALL;
    if (event != 0 && op.copyIn(op.argument(3), EpollEvents.LENGTH, event) < 0) {
      op.done(-Errno.EFAULT);
      return;
    }
    op.isAlone = true;
    op.call(Nr.EPOLL_CTL, epoll.host, op.intArgument(1), subject.host, event, 0, 0);
  }
}
