package io.syslet.server.policy;

import io.syslet.Errno;
import io.syslet.ring.Memory;

/**
 * prlimit64: tells a client how many descriptors it may have, which is the session's limit and not
 * the server's. Nothing can be set, and no other limit or process asked for: −EPERM.
 */
final class PrlimitRule extends Rule {
  private static final int NOFILE = 7;

  @Override
  void start(Operation op) {
    op.done(answer(op));
  }

  private static long answer(Operation op) {
    if (op.intArgument(0) != 0 || op.intArgument(1) != NOFILE || op.argument(2) != 0) {
      return -Errno.EPERM;
    }
    long old = op.argument(3) == 0 ? 0 : op.memory(3);
    if (op.argument(3) != 0 && old <= 0) {
      return -Errno.EFAULT;
    }
    if (old != 0) {
      long limit = op.descriptors().limit();
      Memory.putLong(old, limit);
      Memory.putLong(old + Long.BYTES, limit);
    }
    return 0;
  }
}
