package io.syslet.server.policy;

import io.syslet.Errno;
import io.syslet.Nr;
import io.syslet.Sys;

/** dup, dup2, dup3, and fcntl's F_DUPFD: another number for an open file. */
final class DupRule extends Rule {
  /** Which call. */
  enum Form {
    DUP,
    DUP2,
    DUP3,
    F_DUPFD
  }

  private final Form form;

  DupRule(Form form) {
    this.form = form;
  }

  @Override
  void start(Operation op) {
    op.isAlone = true;
    Descriptor descriptor = op.use(op.intArgument(0));
    int error = descriptor == null ? -Errno.EBADF : check(op);
    if (descriptor == null || error < 0) {
      op.done(error);
    } else if (form == Form.DUP2 && op.intArgument(0) == op.intArgument(1)) {
      op.done(op.intArgument(1));
    } else {
      duplicate(op, descriptor);
    }
  }

  private int check(Operation op) {
    int to = op.intArgument(1);
    if (form == Form.DUP3 && (op.intArgument(2) & ~Sys.O_CLOEXEC) != 0) {
      return -Errno.EINVAL;
    }
    if (form == Form.DUP3 && to == op.intArgument(0)) {
      return -Errno.EINVAL;
    }
    return isTarget() && !isNumber(op, to) ? -Errno.EBADF : 0;
  }

  private boolean isTarget() {
    return form == Form.DUP2 || form == Form.DUP3;
  }

  private static boolean isNumber(Operation op, int number) {
    return number >= 0 && number < op.descriptors().limit();
  }

  private int reserve(Operation op) {
    if (form == Form.F_DUPFD && !isNumber(op, op.intArgument(2))) {
      return -Errno.EINVAL;
    }
    DescriptorTable all = op.descriptors();
    return isTarget() ? all.reserveAt(op.intArgument(1)) : all.reserve(1);
  }

  private void duplicate(Operation op, Descriptor descriptor) {
    int error = reserve(op);
    if (error < 0) {
      op.done(error);
      return;
    }
    op.subject = descriptor;
    op.call(Nr.FCNTL, descriptor.host, Sys.F_DUPFD_CLOEXEC, 0, 0, 0, 0);
  }

  @Override
  void ended(Operation op, long result) {
    Descriptor from = op.subject;
    if (result < 0 || from == null) {
      op.descriptors().unreserve(1);
      op.done(result);
    } else if (isTarget()) {
      op.done(op.replace(op.intArgument(1), (int) result, from.kind, from.flags | closeOnExec(op)));
    } else {
      int lowest = form == Form.F_DUPFD ? op.intArgument(2) : 0;
      op.done(op.install((int) result, from.kind, from.flags | closeOnExec(op), lowest));
    }
  }

  private int closeOnExec(Operation op) {
    return switch (form) {
      case DUP, DUP2 -> 0;
      case DUP3 -> op.intArgument(2);
      case F_DUPFD -> op.intArgument(1) == Sys.F_DUPFD_CLOEXEC ? Sys.O_CLOEXEC : 0;
    };
  }

  @Override
  void abandoned(Operation op) {
    if (!op.isDone()) {
      op.descriptors().unreserve(1);
    }
  }
}
