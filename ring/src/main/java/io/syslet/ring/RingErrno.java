package io.syslet.ring;

/** The error numbers this module returns, negated; Linux's values on x86-64 and aarch64. */
final class RingErrno {
  static final int EINTR = 4;
  static final int EBADF = 9;
  static final int EAGAIN = 11;
  static final int EFAULT = 14;
  static final int EINVAL = 22;
  static final int ENOSYS = 38;
  static final int ETIME = 62;
  static final int ESHUTDOWN = 108;
  static final int EOWNERDEAD = 130;

  /** Of the kernel's own; user space never sees it from a real system call. */
  static final int ERESTARTSYS = 512;

  private RingErrno() {}
}
