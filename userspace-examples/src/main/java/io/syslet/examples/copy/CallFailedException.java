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

  private final boolean isOfAttribute;

  private CallFailedException(int errno, boolean isTarget, boolean isOfAttribute) {
    super(Errno.text(errno), null, false, false);
    this.errno = errno;
    this.isTarget = isTarget;
    this.isOfAttribute = isOfAttribute;
  }

  /** The value of a call on the original. */
  static long from(long status) throws CallFailedException {
    return value(status, false, false);
  }

  /** The value of a call on the copy. */
  static long to(long status) throws CallFailedException {
    return value(status, true, false);
  }

  /** The value of a call that gives the copy an attribute: room for that is each file's own. */
  static long attribute(long status) throws CallFailedException {
    return value(status, true, true);
  }

  private static long value(long status, boolean isTarget, boolean isOfAttribute)
      throws CallFailedException {
    if (status < 0) {
      throw new CallFailedException((int) -status, isTarget, isOfAttribute);
    }
    return status;
  }

  /** Whether there is no room for anything else either. */
  boolean isNoSpace() {
    return isTarget && !isOfAttribute && (errno == Errno.ENOSPC || errno == Errno.EDQUOT);
  }
}
