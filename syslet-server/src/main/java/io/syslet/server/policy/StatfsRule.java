package io.syslet.server.policy;

import io.syslet.Errno;
import io.syslet.Nr;

/** statfs: the file system at a path. */
final class StatfsRule extends LookupRule {
  StatfsRule() {
    super(-1, 0);
  }

  @Override
  int prepare(Operation op) {
    op.out = op.memory(1);
    return op.out <= 0 ? -Errno.EFAULT : 0;
  }

  @Override
  void found(Operation op, int descriptor, long empty) {
    op.call(Nr.FSTATFS, descriptor, op.out, 0, 0, 0, 0);
  }
}
