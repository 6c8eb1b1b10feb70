package io.syslet.server.policy;

import io.syslet.Errno;
import io.syslet.Sys;

/** fcntl, as far as it only concerns the descriptor: answered here, but for F_DUPFD. */
final class FcntlRule extends Rule {
  private final Rule dup = new DupRule(DupRule.Form.F_DUPFD);

  @Override
  void start(Operation op) {
    int command = op.intArgument(1);
    if (command == Sys.F_DUPFD || command == Sys.F_DUPFD_CLOEXEC) {
      dup.start(op);
      return;
    }
    Descriptor descriptor = op.descriptors().get(op.intArgument(0));
    op.isAlone = true;
    op.done(descriptor == null ? -Errno.EBADF : answer(op, descriptor, command));
  }

  private static long answer(Operation op, Descriptor descriptor, int command) {
    if (command == Sys.F_GETFD) {
      return descriptor.closeOnExec;
    }
    if (command == Sys.F_GETFL) {
      return descriptor.flags;
    }
    if (command != Sys.F_SETFD) {
      op.process().refused(op.nr());
      return Policy.refusal(op.nr());
    }
    descriptor.closeOnExec = op.intArgument(2) & Sys.FD_CLOEXEC;
    return 0;
  }

  @Override
  void ended(Operation op, long result) {
    dup.ended(op, result);
  }

  @Override
  void abandoned(Operation op) {
    if (!op.isDone()) {
      dup.abandoned(op);
    }
  }
}
