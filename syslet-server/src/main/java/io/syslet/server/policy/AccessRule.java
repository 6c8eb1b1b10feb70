package io.syslet.server.policy;

import io.syslet.Errno;
import io.syslet.Nr;
import io.syslet.Stat;

/** faccessat2, faccessat, access: what the server may do with a file. */
final class AccessRule extends LookupRule {
  private static final int FLAGS = Stat.AT_SYMLINK_NOFOLLOW | Stat.AT_EACCESS | Stat.AT_EMPTY_PATH;

  private final int modeArgument;
  private final boolean hasFlags;

  private AccessRule(int dirfd, int path, boolean hasFlags) {
    super(dirfd, path);
    this.modeArgument = path + 1;
    this.hasFlags = hasFlags;
  }

  static AccessRule faccessat2() {
    return new AccessRule(0, 1, true);
  }

  static AccessRule faccessat() {
    return new AccessRule(0, 1, false);
  }

  static AccessRule access() {
    return new AccessRule(-1, 0, false);
  }

  private int flags(Operation op) {
    return hasFlags ? op.intArgument(3) : 0;
  }

  @Override
  int prepare(Operation op) {
    return (flags(op) & ~FLAGS) != 0 ? -Errno.EINVAL : 0;
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
  void named(Operation op, int directory, long name) {
    call(op, directory, name, flags(op));
  }

  @Override
  void found(Operation op, int descriptor, long empty) {
    call(op, descriptor, empty, flags(op) | Stat.AT_EMPTY_PATH);
  }

  private void call(Operation op, int directory, long path, int flags) {
    op.call(Nr.FACCESSAT2, directory, path, op.intArgument(modeArgument), flags, 0, 0);
  }
}
