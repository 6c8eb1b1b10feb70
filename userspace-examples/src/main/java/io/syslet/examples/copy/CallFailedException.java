package io.syslet.examples.copy;

import io.syslet.Errno;

/** A call has failed on one of the two sides of a copy; whoever knows the entry names it. */
final class CallFailedException extends Exception {
  private static final long serialVersionUID = 1;

  final int errno;

  /**
   * Whether it was the copy that could not be made, and not the original that could not be read.
   */
  final boolean isTarget;

  private CallFailedException(int errno, boolean isTarget) {
    super(Errno.text(errno), null, false, false);
    this.errno = errno;
    this.isTarget = isTarget;
  }

  /** The value of a call on the original. */
  static long from(long status) throws CallFailedException {
    return value(status, false);
  }

  /** The value of a call on the copy. */
  static long to(long status) throws CallFailedException {
    return value(status, true);
  }

  private static long value(long status, boolean isTarget) throws CallFailedException {
    if (status < 0) {
      throw new CallFailedException((int) -status, isTarget);
    }
    return status;
  }

  /** Whether there is no room for anything else either. */
  boolean isNoSpace() {
    return isTarget && (errno == Errno.ENOSPC || errno == Errno.EDQUOT);
  }
}
