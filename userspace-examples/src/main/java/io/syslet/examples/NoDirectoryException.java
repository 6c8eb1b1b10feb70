package io.syslet.examples;

import io.syslet.Errno;

/** There is no directory of that name to begin with. */
public final class NoDirectoryException extends PathRefusedException {
  private static final long serialVersionUID = 1;

  NoDirectoryException(byte[] path, int errno) {
    super(path, text(errno));
  }

  /** Whether opening it ended like that, and not because it cannot be read. */
  static boolean means(long status) {
    return Walk.isGone(status) || status == -Errno.ENAMETOOLONG || status == -Errno.EINVAL;
  }
}
