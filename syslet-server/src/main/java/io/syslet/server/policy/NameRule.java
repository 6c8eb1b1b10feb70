package io.syslet.server.policy;

import io.syslet.Errno;
import io.syslet.Sys;

/**
 * A call that makes, removes or moves a name: mkdirat, unlinkat, renameat2 and their like.
 *
 * <p>Such a call follows no link in the last component, so only what is before that is opened
 * beneath the root, and the call made in the directory that was found.
 */
final class NameRule extends Rule {
  /** Makes the host call for a name, or for two. */
  @FunctionalInterface
  interface NamedCall {
    /** Sets the host call; {@code to} and {@code second} mean something if there are two paths. */
    void make(Operation op, int from, long first, int to, long second);
  }

  /** Where the arguments are. A directory of −1 is the current one; a path of −1 is not there. */
  record PathArguments(int directory, int path, int secondDirectory, int secondPath) {
    static PathArguments at(int directory, int path) {
      return new PathArguments(directory, path, -1, -1);
    }
  }

  private static final int FIRST_PARENT = 0;
  private static final int SECOND_PARENT = 1;
  private static final int CALLING = 2;

  private final PathArguments paths;
  private final GuardedRule.Guard guard;
  private final NamedCall call;

  NameRule(PathArguments paths, GuardedRule.Guard guard, NamedCall call) {
    this.paths = paths;
    this.guard = guard;
    this.call = call;
  }

  @Override
  void start(Operation op) {
    op.isAlone = true;
    op.out = 0;
    op.kept = 0;
    int error = guard.check(op);
    if (error == 0) {
      op.kept = take(op, op.path, paths.directory, paths.path);
      error = (int) Math.min(op.kept, 0);
    }
    if (error == 0 && paths.secondPath >= 0) {
      op.out = take(op, op.secondPath, paths.secondDirectory, paths.secondPath);
      error = (int) Math.min(op.out, 0);
    }
    if (error < 0) {
      op.done(error);
    } else {
      next(op, FIRST_PARENT);
    }
  }

  /** Copies a path and cuts it: where its last component lies, or −errno. */
  private static long take(Operation op, ClientPath path, int directory, int argument) {
    int dirfd = directory < 0 ? Sys.AT_FDCWD : op.intArgument(directory);
    int error = path.take(dirfd, op.argument(argument));
    if (error < 0) {
      return error;
    }
    return path.isEmpty() ? -Errno.ENOENT : path.split();
  }

  /** Opens the parents that are still closed, from that step on, then makes the call. */
  private void next(Operation op, int from) {
    if (from <= FIRST_PARENT && !op.path.isName()) {
      op.step = FIRST_PARENT;
      openParent(op.path);
    } else if (from <= SECOND_PARENT && paths.secondPath >= 0 && !op.secondPath.isName()) {
      op.step = SECOND_PARENT;
      openParent(op.secondPath);
    } else {
      op.step = CALLING;
      int to = op.secondHost >= 0 ? op.secondHost : op.secondPath.base();
      call.make(op, op.host >= 0 ? op.host : op.path.base(), op.kept, to, op.out);
    }
  }

  private static void openParent(ClientPath path) {
    path.open(Sys.O_PATH | Sys.O_DIRECTORY | Sys.O_CLOEXEC, 0, 0);
  }

  @Override
  void ended(Operation op, long result) {
    if (op.step == CALLING) {
      op.done(result);
    } else if (result >= 0) {
      opened(op, (int) result);
    } else if ((op.step == FIRST_PARENT ? op.path : op.secondPath).mayTryAgain(result)) {
      next(op, op.step);
    } else {
      op.done(result);
    }
  }

  private void opened(Operation op, int host) {
    if (op.step == FIRST_PARENT) {
      op.host = host;
    } else {
      op.secondHost = host;
    }
    next(op, op.step + 1);
  }
}
