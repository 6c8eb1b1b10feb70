package io.syslet.server.policy;

import io.syslet.Errno;
import io.syslet.Nr;
import io.syslet.Sys;
import io.syslet.ring.Memory;

/** chdir and fchdir: the directory that a session's relative paths begin at. */
final class DirectoryRule extends Rule {
  private static final long DIRECTORY = Sys.O_PATH | Sys.O_DIRECTORY | Sys.O_CLOEXEC;

  private final boolean isPath;

  DirectoryRule(boolean isPath) {
    this.isPath = isPath;
  }

  @Override
  void start(Operation op) {
    op.isAlone = true;
    int error = isPath ? op.path.take(Sys.AT_FDCWD, op.argument(0)) : 0;
    if (error == 0 && isPath && op.path.isEmpty()) {
      error = -Errno.ENOENT;
    }
    if (error < 0) {
      op.done(error);
    } else if (isPath) {
      op.path.open(DIRECTORY, 0, 0);
    } else {
      byDescriptor(op);
    }
  }

  /** A descriptor of its own, since the client may close the other; −ENOTDIR if it is none. */
  private static void byDescriptor(Operation op) {
    Descriptor descriptor = op.use(op.intArgument(0));
    int error = op.descriptors().mayChange(op.intArgument(0));
    if (descriptor == null || error < 0) {
      op.done(error);
      return;
    }
    long name = op.scratch + Scratch.SMALL;
    Memory.putInt(name, '.');
    op.call(Nr.OPENAT, descriptor.host, name, DIRECTORY | Sys.O_NOFOLLOW, 0, 0, 0);
  }

  @Override
  void ended(Operation op, long result) {
    if (isPath && op.path.mayTryAgain(result)) {
      op.path.open(DIRECTORY, 0, 0);
    } else if (result < 0) {
      op.done(result);
    } else if (op.isOver()) {
      op.host = (int) result;
      op.done(-Errno.ECANCELED);
    } else {
      op.process().workIn((int) result);
      op.done(0);
    }
  }
}
