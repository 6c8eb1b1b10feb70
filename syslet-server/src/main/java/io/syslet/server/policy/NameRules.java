package io.syslet.server.policy;

import io.syslet.Errno;
import io.syslet.Nr;
import io.syslet.ring.Memory;

/** The calls that {@link NameRule} makes. All are made in their form with directories. */
final class NameRules {
  private static final byte SLASH = '/';
  private static final GuardedRule.Guard ANY = op -> 0;

  private NameRules() {}

  static Rule mkdir(int directory, int path) {
    return new NameRule(
        NameRule.PathArguments.at(directory, path),
        op -> Modes.permitted(op.intArgument(path + 1)),
        (op, at, name, to, second) ->
            op.call(Nr.MKDIRAT, at, name, op.intArgument(path + 1), 0, 0, 0));
  }

  static Rule unlinkat() {
    return new NameRule(
        NameRule.PathArguments.at(0, 1),
        ANY,
        (op, at, name, to, second) -> unlink(op, at, name, op.intArgument(2)));
  }

  /** unlink, or rmdir with AT_REMOVEDIR. */
  static Rule unlink(int flags) {
    return new NameRule(
        NameRule.PathArguments.at(-1, 0),
        ANY,
        (op, at, name, to, second) -> unlink(op, at, name, flags));
  }

  private static void unlink(Operation op, int at, long name, int flags) {
    op.call(Nr.UNLINKAT, at, name, flags, 0, 0, 0);
  }

  static Rule renameat2() {
    return new NameRule(
        new NameRule.PathArguments(0, 1, 2, 3),
        ANY,
        (op, at, name, to, second) -> rename(op, at, name, to, second, op.intArgument(4)));
  }

  static Rule renameat() {
    return new NameRule(
        new NameRule.PathArguments(0, 1, 2, 3),
        ANY,
        (op, at, name, to, second) -> rename(op, at, name, to, second, 0));
  }

  static Rule rename() {
    return new NameRule(
        new NameRule.PathArguments(-1, 0, -1, 1),
        ANY,
        (op, at, name, to, second) -> rename(op, at, name, to, second, 0));
  }

  private static void rename(Operation op, int at, long name, int to, long second, int flags) {
    op.call(Nr.RENAMEAT2, at, name, to, second, flags, 0);
  }

  /** linkat without flags: a link is linked itself, nothing is followed. */
  static Rule linkat() {
    return new NameRule(
        new NameRule.PathArguments(0, 1, 2, 3),
        op -> op.intArgument(4) == 0 ? 0 : -Errno.EINVAL,
        NameRules::link);
  }

  static Rule link() {
    return new NameRule(new NameRule.PathArguments(-1, 0, -1, 1), ANY, NameRules::link);
  }

  /** With a slash behind it the host would follow the old name, so such a one is refused. */
  private static void link(Operation op, int at, long name, int to, long second) {
    if (hasSlash(name)) {
      op.done(-Errno.ENOTDIR);
    } else {
      op.call(Nr.LINKAT, at, name, to, second, 0, 0);
    }
  }

  private static boolean hasSlash(long name) {
    long at = name;
    byte next = Memory.getByte(at);
    while (next != 0 && next != SLASH) {
      next = Memory.getByte(++at);
    }
    return next == SLASH;
  }

  /** symlinkat: what the link says is the client's affair, since nobody follows it out of here. */
  static Rule symlinkat() {
    return symlink(1, 2);
  }

  static Rule symlink() {
    return symlink(-1, 1);
  }

  private static Rule symlink(int directory, int path) {
    return new NameRule(
        NameRule.PathArguments.at(directory, path),
        op -> Math.min(op.copyPath(op.argument(0), op.scratch + Scratch.SECOND_PATH), 0),
        (op, at, name, to, second) ->
            op.call(Nr.SYMLINKAT, op.scratch + Scratch.SECOND_PATH, at, name, 0, 0, 0));
  }
}
