package io.syslet.server.policy;

import io.syslet.Errno;
import io.syslet.Nr;
import io.syslet.Stat;
import io.syslet.ring.Memory;

/**
 * statx. One that follows links is made without doing so at first, into private memory, since the
 * most are of files that are none.
 */
final class StatxRule extends LookupRule {
  private static final int FLAGS =
      Stat.AT_SYMLINK_NOFOLLOW
          | Stat.AT_NO_AUTOMOUNT
          | Stat.AT_EMPTY_PATH
          | Stat.AT_STATX_FORCE_SYNC
          | Stat.AT_STATX_DONT_SYNC;

  StatxRule() {
    super(0, 1);
  }

  @Override
  int prepare(Operation op) {
    op.out = op.memory(4);
    if ((op.intArgument(2) & ~FLAGS) != 0) {
      return -Errno.EINVAL;
    }
    return op.out <= 0 ? -Errno.EFAULT : 0;
  }

  @Override
  boolean follows(Operation op) {
    return (op.intArgument(2) & Stat.AT_SYMLINK_NOFOLLOW) == 0;
  }

  @Override
  boolean allowsEmpty(Operation op) {
    return (op.intArgument(2) & Stat.AT_EMPTY_PATH) != 0;
  }

  @Override
  boolean looksFirst() {
    return true;
  }

  @Override
  void named(Operation op, int directory, long name) {
    int flags = op.intArgument(2) | Stat.AT_SYMLINK_NOFOLLOW;
    int mask = op.intArgument(3) | (follows(op) ? Stat.STATX_TYPE : 0);
    op.call(Nr.STATX, directory, name, flags, mask & 0xffff_ffffL, to(op), 0);
  }

  @Override
  void found(Operation op, int descriptor, long empty) {
    int flags = op.intArgument(2) | Stat.AT_EMPTY_PATH;
    op.call(Nr.STATX, descriptor, empty, flags, op.intArgument(3) & 0xffff_ffffL, to(op), 0);
  }

  private long to(Operation op) {
    return follows(op) ? op.scratch + Scratch.STATX : op.out;
  }

  @Override
  boolean isLink(Operation op) {
    int mode = Memory.getUnsignedShort(op.scratch + Scratch.STATX + Stat.MODE);
    return (mode & Stat.S_IFMT) == Stat.S_IFLNK;
  }

  @Override
  void finish(Operation op, long result) {
    if (result == 0 && follows(op)) {
      Memory.copy(op.scratch + Scratch.STATX, op.out, Stat.LENGTH);
    }
    op.done(result);
  }
}
