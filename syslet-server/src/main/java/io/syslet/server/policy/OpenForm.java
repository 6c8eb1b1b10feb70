package io.syslet.server.policy;

import io.syslet.Errno;
import io.syslet.Sys;
import io.syslet.ring.Memory;

/** The calls that open a file, and where each has its arguments. */
enum OpenForm {
  OPEN,
  CREAT,
  OPENAT,
  OPENAT2;

  private static final long CREATING = Sys.O_CREAT | Sys.O_WRONLY | Sys.O_TRUNC;
  private static final int RESOLVE_NO_XDEV = 0x1;
  private static final int RESOLVE_NO_MAGICLINKS = 0x2;
  private static final int RESOLVE_NO_SYMLINKS = 0x4;
  private static final long RESOLVE =
      RESOLVE_NO_XDEV
          | RESOLVE_NO_MAGICLINKS
          | RESOLVE_NO_SYMLINKS
          | Sys.RESOLVE_BENEATH
          | Sys.RESOLVE_CACHED;
  private static final int HOW_LENGTH = 24;
  private static final int FLAGS = Scratch.SMALL;
  private static final int MODE = Scratch.SMALL + 8;
  private static final int RESOLUTION = Scratch.SMALL + 16;

  /** O_ flags that change nothing in the file. */
  static final int READABLE =
      Sys.O_DIRECTORY
          | Sys.O_NOFOLLOW
          | Sys.O_CLOEXEC
          | Sys.O_NONBLOCK
          | Sys.O_NOCTTY
          | Sys.O_LARGEFILE
          | Sys.O_NOATIME
          | Sys.O_PATH
          | Sys.O_DIRECT
          | Sys.O_EXCL;

  /** O_ flags that make, empty or change it. */
  static final int WRITABLE =
      Sys.O_WRONLY
          | Sys.O_RDWR
          | Sys.O_CREAT
          | Sys.O_TRUNC
          | Sys.O_APPEND
          | Sys.O_SYNC
          | (Sys.O_TMPFILE & ~Sys.O_DIRECTORY);

  /** Copies flags, mode and resolution to private memory: 0, −EFAULT, −E2BIG, −EINVAL. */
  int read(Operation op) {
    Memory.clear(op.scratch + Scratch.SMALL, HOW_LENGTH);
    if (this == OPENAT2) {
      return readHow(op);
    }
    Memory.putLong(op.scratch + FLAGS, this == CREAT ? CREATING : registerFlags(op));
    Memory.putLong(op.scratch + MODE, op.argument(modeArgument()));
    return 0;
  }

  /** Flags that openat does not know it ignores; openat2 does not. */
  private long registerFlags(Operation op) {
    return op.argument(this == OPEN ? 1 : 2) & (READABLE | WRITABLE);
  }

  private int modeArgument() {
    return switch (this) {
      case CREAT -> 1;
      case OPEN -> 2;
      default -> 3;
    };
  }

  private static int readHow(Operation op) {
    long length = op.argument(3);
    if (length != HOW_LENGTH) {
      return length < HOW_LENGTH ? -Errno.EINVAL : -Errno.E2BIG;
    }
    if (op.copyIn(op.argument(2), HOW_LENGTH, op.scratch + Scratch.SMALL) < 0) {
      return -Errno.EFAULT;
    }
    return (Memory.getLong(op.scratch + RESOLUTION) & ~RESOLVE) == 0 ? 0 : -Errno.EINVAL;
  }

  int dirfd(Operation op) {
    return this == OPENAT || this == OPENAT2 ? op.intArgument(0) : Sys.AT_FDCWD;
  }

  long path(Operation op) {
    return op.argument(this == OPENAT || this == OPENAT2 ? 1 : 0);
  }

  /** O_ flags; {@link #read} must have been called. */
  long flags(Operation op) {
    return Memory.getLong(op.scratch + FLAGS);
  }

  long mode(Operation op) {
    return Memory.getLong(op.scratch + MODE);
  }

  /** RESOLVE_ flags. */
  long resolve(Operation op) {
    return Memory.getLong(op.scratch + RESOLUTION);
  }
}
