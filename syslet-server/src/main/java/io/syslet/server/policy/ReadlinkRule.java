package io.syslet.server.policy;

import io.syslet.Errno;
import io.syslet.Nr;

/** readlinkat, readlink: the text of a link, wherever it points. */
final class ReadlinkRule extends LookupRule {
  private final int bufferArgument;

  private ReadlinkRule(int dirfd, int path) {
    super(dirfd, path);
    this.bufferArgument = path + 1;
  }

  static ReadlinkRule readlinkat() {
    return new ReadlinkRule(0, 1);
  }

  static ReadlinkRule readlink() {
    return new ReadlinkRule(-1, 0);
  }

  @Override
  int prepare(Operation op) {
    if (op.intArgument(bufferArgument + 1) <= 0) {
      return -Errno.EINVAL;
    }
    op.out = op.memory(bufferArgument);
    return op.out <= 0 ? -Errno.EFAULT : 0;
  }

  @Override
  boolean follows(Operation op) {
    return false;
  }

  @Override
  boolean allowsEmpty(Operation op) {
    return bufferArgument == 2;
  }

  @Override
  void named(Operation op, int directory, long name) {
    call(op, directory, name);
  }

  @Override
  void found(Operation op, int descriptor, long empty) {
    call(op, descriptor, empty);
  }

  private void call(Operation op, int directory, long path) {
    op.call(Nr.READLINKAT, directory, path, op.out, op.intArgument(bufferArgument + 1), 0, 0);
  }

  /** Of a file that is no link, an empty path says −ENOENT, where the client's would not. */
  @Override
  void finish(Operation op, long result) {
    op.done(result == -Errno.ENOENT && op.host >= 0 ? -Errno.EINVAL : result);
  }
}
