package io.syslet.table;

import io.syslet.Stat;

/** What an argument of a call is. */
public enum ArgumentKind {
  /** 32 bits; the upper half of the register does not count. */
  INT,
  /** 64 bits. */
  LONG,
  /** A descriptor, or {@link Stat#AT_FDCWD}: 32 bits, signed. */
  FD,
  /** 32 or 64 bits of flags. */
  FLAGS,
  /** A path: bytes up to a NUL. */
  PATH,
  /** A name that is no path: bytes up to a NUL. */
  STRING,
  /** Memory that the call reads. */
  IN,
  /** Memory that the call writes, as far as its result says or in full. */
  OUT,
  /** Memory that the call reads and writes. */
  INOUT,
  /** An array of {@code struct iovec} whose memory the call reads. */
  IOVEC_IN,
  /** An array of {@code struct iovec} whose memory the call writes. */
  IOVEC_OUT,
  /** A {@code struct msghdr} whose data the call reads. */
  MESSAGE_IN,
  /** A {@code struct msghdr} whose data the call writes. */
  MESSAGE_OUT,
  /** An address of something that the table does not describe. */
  ADDRESS;

  /** Whether the argument is an address, of whatever. A null one usually stands for "none". */
  public boolean isPointer() {
    return switch (this) {
      case INT, LONG, FD, FLAGS -> false;
      default -> true;
    };
  }
}
