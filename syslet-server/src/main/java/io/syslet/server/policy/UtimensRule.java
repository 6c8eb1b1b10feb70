package io.syslet.server.policy;

import io.syslet.Errno;
import io.syslet.Nr;
import io.syslet.Stat;

/**
 * utimensat: the times of a file. A null path stands for the descriptor, as {@code futimens} has
 * it.
 */
final class UtimensRule extends LookupRule {
  private static final int TIMES_LENGTH = 32;
  private static final int FLAGS = Stat.AT_SYMLINK_NOFOLLOW | Stat.AT_EMPTY_PATH;

  UtimensRule() {
    super(0, 1);
  }

  @Override
  void start(Operation op) {
    if (op.argument(1) != 0) {
      super.start(op);
      return;
    }
    Descriptor file = op.use(op.intArgument(0));
    int error = file == null ? -Errno.EBADF : op.descriptors().mayChange(op.intArgument(0));
    error = error == 0 ? prepare(op) : error;
    if (file == null || error < 0) {
      op.done(error);
    } else {
      op.call(Nr.UTIMENSAT, file.host, 0, op.out, 0, 0, 0);
    }
  }

  @Override
  int prepare(Operation op) {
    op.out = 0;
    if ((op.intArgument(3) & ~FLAGS) != 0) {
      return -Errno.EINVAL;
    }
    if (op.argument(2) == 0) {
      return 0;
    }
    op.out = op.scratch + Scratch.SMALL;
    return op.copyIn(op.argument(2), TIMES_LENGTH, op.out);
  }

  @Override
  boolean follows(Operation op) {
    return (op.intArgument(3) & Stat.AT_SYMLINK_NOFOLLOW) == 0;
  }

  @Override
  boolean allowsEmpty(Operation op) {
    return (op.intArgument(3) & Stat.AT_EMPTY_PATH) != 0;
  }

  @Override
  void named(Operation op, int directory, long name) {
    op.call(Nr.UTIMENSAT, directory, name, op.out, op.intArgument(3), 0, 0);
  }

  @Override
  void found(Operation op, int descriptor, long empty) {
    op.call(Nr.UTIMENSAT, descriptor, empty, op.out, op.intArgument(3) | Stat.AT_EMPTY_PATH, 0, 0);
  }
}
