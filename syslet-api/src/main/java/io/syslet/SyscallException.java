package io.syslet;

/**
 * A call has failed: the exception form of a −errno, for who wants one. The message has the call's
 * name, and the errno as text and name, such as {@code openat: No such file or directory (ENOENT)}.
 */
public final class SyscallException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final String call;
  private final int errno;

  /**
   * Of a call that has failed.
   *
   * @param call its name.
   * @param errno positive.
   */
  public SyscallException(String call, int errno) {
    super(call + ": " + Errno.describe(-errno));
    this.call = call;
    this.errno = errno;
  }

  /**
   * Throws what says an error.
   *
   * @param nr the call's number ({@link Nr}), by which it is named.
   * @param status its value or −errno.
   * @return the value.
   */
  static long orThrow(long nr, long status) {
    throwIf(nr, status);
    return status;
  }

  /** Throws what says an error. */
  static void throwIf(long nr, long status) {
    if (Errno.isError(status)) {
      throw new SyscallException(Nr.name(nr), (int) -status);
    }
  }

  /** The name of the call. */
  public String call() {
    return call;
  }

  /** The error number, positive. */
  public int errno() {
    return errno;
  }
}
