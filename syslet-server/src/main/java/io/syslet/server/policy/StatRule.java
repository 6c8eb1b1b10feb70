package io.syslet.server.policy;

import io.syslet.Errno;
import io.syslet.Nr;
import io.syslet.Stat;
import io.syslet.ring.Memory;
import io.syslet.table.CallTable;
import java.util.Objects;

/** newfstatat, stat, lstat: made like {@link StatxRule}. */
final class StatRule extends LookupRule {
  private static final int FLAGS =
      Stat.AT_SYMLINK_NOFOLLOW | Stat.AT_NO_AUTOMOUNT | Stat.AT_EMPTY_PATH;

  /** Of struct stat: 144 on x86-64, where st_mode is behind st_nlink, else 128. */
  private static final int LENGTH =
      Objects.requireNonNull(CallTable.entry(Nr.FSTAT)).argument(1).unit();

  private static final int MODE = LENGTH == 144 ? 24 : 16;

  private final int outArgument;
  private final int flagsArgument;
  private final int fixedFlags;

  private StatRule(int dirfd, int path, int flags, int fixedFlags) {
    super(dirfd, path);
    this.outArgument = path + 1;
    this.flagsArgument = flags;
    this.fixedFlags = fixedFlags;
  }

  static StatRule newfstatat() {
    return new StatRule(0, 1, 3, 0);
  }

  static StatRule stat() {
    return new StatRule(-1, 0, -1, 0);
  }

  static StatRule lstat() {
    return new StatRule(-1, 0, -1, Stat.AT_SYMLINK_NOFOLLOW);
  }

  private int flags(Operation op) {
    return flagsArgument < 0 ? fixedFlags : op.intArgument(flagsArgument);
  }

  @Override
  int prepare(Operation op) {
    op.out = op.memory(outArgument);
    if ((flags(op) & ~FLAGS) != 0) {
      return -Errno.EINVAL;
    }
    return op.out <= 0 ? -Errno.EFAULT : 0;
  }

  @Override
  boolean follows(Operation op) {
    return (flags(op) & Stat.AT_SYMLINK_NOFOLLOW) == 0;
  }

  @Override
  boolean allowsEmpty(Operation op) {
    return (flags(op) & Stat.AT_EMPTY_PATH) != 0;
  }

  @Override
  boolean looksFirst() {
    return true;
  }

  @Override
  void named(Operation op, int directory, long name) {
    call(op, directory, name, flags(op) | Stat.AT_SYMLINK_NOFOLLOW);
  }

  @Override
  void found(Operation op, int descriptor, long empty) {
    call(op, descriptor, empty, flags(op) | Stat.AT_EMPTY_PATH);
  }

  private void call(Operation op, int directory, long path, int flags) {
    long to = follows(op) ? op.scratch + Scratch.STATX : op.out;
    op.call(Nr.NEWFSTATAT, directory, path, to, flags, 0, 0);
  }

  @Override
  boolean isLink(Operation op) {
    int mode = Memory.getInt(op.scratch + Scratch.STATX + MODE);
    return (mode & Stat.S_IFMT) == Stat.S_IFLNK;
  }

  @Override
  void finish(Operation op, long result) {
    if (result == 0 && follows(op)) {
      Memory.copy(op.scratch + Scratch.STATX, op.out, LENGTH);
    }
    op.done(result);
  }
}
