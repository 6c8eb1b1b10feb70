package io.syslet.server.policy;

import io.syslet.Errno;
import io.syslet.Sys;

/**
 * A call about the file at a path: statx, readlinkat, faccessat2 and the like.
 *
 * <p>A single name that is not to be followed goes to the host as it is. Any other path is opened
 * beneath the root with O_PATH, which has no effect on the file, and the call made with what was
 * found: two host calls, and a third that closes it when there is nothing better to do.
 */
abstract class LookupRule extends Rule {
  private static final int NAMED = 0;
  private static final int RESOLVING = 1;
  private static final int FOUND = 2;

  private final int dirfdArgument;
  private final int pathArgument;

  /**
   * @param dirfdArgument which argument is the directory, −1 for the current one.
   * @param pathArgument which is the path.
   */
  LookupRule(int dirfdArgument, int pathArgument) {
    this.dirfdArgument = dirfdArgument;
    this.pathArgument = pathArgument;
  }

  /** Checks and translates the other arguments: 0 or −errno. */
  abstract int prepare(Operation op);

  /** Whether a link in the last place is followed. It is, unless a rule says otherwise. */
  boolean follows(Operation op) {
    return true;
  }

  /** Whether an empty path stands for the descriptor itself. It does not, unless a rule says so. */
  boolean allowsEmpty(Operation op) {
    return false;
  }

  /**
   * The host call for an entry of a directory, a link not to be followed; not called where links
   * are always followed and nothing is looked at first.
   */
  void named(Operation op, int directory, long name) {
    throw new IllegalStateException("links are followed");
  }

  /** The host call for the file that a descriptor names; {@code empty} is an empty path. */
  abstract void found(Operation op, int descriptor, long empty);

  /** The end of the call, if nothing is left to do. */
  void finish(Operation op, long result) {
    op.done(result);
  }

  /** Whether a name may be looked at without following it, though it is to be followed. */
  boolean looksFirst() {
    return false;
  }

  /** Of a call that looks first: whether the name turned out to be a link. */
  boolean isLink(Operation op) {
    return false;
  }

  @Override
  void start(Operation op) {
    int dirfd = dirfdArgument < 0 ? Sys.AT_FDCWD : op.intArgument(dirfdArgument);
    int error = prepare(op);
    if (error == 0) {
      error = op.path.take(dirfd, op.argument(pathArgument));
    }
    if (error < 0) {
      op.done(error);
    } else if (op.path.isEmpty()) {
      empty(op);
    } else if (op.path.isName() && (!follows(op) || looksFirst())) {
      op.isAlone = follows(op);
      named(op, op.path.base(), op.path.text());
    } else {
      op.isAlone = true;
      resolve(op);
    }
  }

  private void empty(Operation op) {
    if (allowsEmpty(op)) {
      op.step = FOUND;
      found(op, op.path.base(), op.scratch + Scratch.EMPTY);
    } else {
      op.done(-Errno.ENOENT);
    }
  }

  private void resolve(Operation op) {
    op.step = RESOLVING;
    op.path.open(Sys.O_PATH | Sys.O_CLOEXEC | (follows(op) ? 0 : Sys.O_NOFOLLOW), 0, 0);
  }

  @Override
  void ended(Operation op, long result) {
    if (op.step == RESOLVING) {
      resolved(op, result);
    } else if (op.step == NAMED && result == 0 && follows(op) && isLink(op)) {
      resolve(op);
    } else {
      finish(op, result);
    }
  }

  private void resolved(Operation op, long result) {
    if (result >= 0) {
      op.host = (int) result;
      op.step = FOUND;
      found(op, op.host, op.scratch + Scratch.EMPTY);
    } else if (op.path.mayTryAgain(result)) {
      resolve(op);
    } else {
      op.done(result);
    }
  }
}
