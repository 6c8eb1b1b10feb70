package io.syslet.hadoop;

import io.syslet.Errno;

/** A call of the server's has ended with an error. It has no stack: who waits for it gives one. */
final class RemoteError extends Exception {
  private static final long serialVersionUID = 1;

  private final int errno;

  /**
   * @param status −errno.
   */
  RemoteError(long status) {
    super(Errno.describe(status), null, false, false);
    this.errno = (int) -status;
  }

  /** The error number, positive. */
  int errno() {
    return errno;
  }

  /** Whether it says that the session is over, and not what became of the call. */
  boolean isLoss() {
    return isUndone() || errno == Errno.EOWNERDEAD || errno == Errno.ECANCELED;
  }

  /** Whether the session was over before the call could be made. */
  boolean isUndone() {
    return errno == Errno.ENOTCONN || errno == Errno.ESHUTDOWN;
  }

  /** Whether the server had too much to do, and the same call may be made a moment later. */
  boolean isPassing() {
    return errno == Errno.EAGAIN || errno == Errno.EMFILE || errno == Errno.ENFILE;
  }
}
