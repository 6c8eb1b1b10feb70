package io.syslet.examples;

import io.syslet.Errno;
import java.io.IOException;

/** There is no directory of that name to begin with. */
public final class NoDirectoryException extends IOException {
  private static final long serialVersionUID = 1;

  @SuppressWarnings("serial") // nobody writes it down
  private final byte[] path;

  NoDirectoryException(byte[] path, int errno) {
    super(Errno.text(errno) + " (" + Errno.name(errno) + ")");
    this.path = path.clone();
  }

  /** The name, as the bytes that it is. */
  public byte[] path() {
    return path.clone();
  }

  /** Whether opening it ended like that, and not because it cannot be read. */
  static boolean means(long status) {
    return Walk.isGone(status) || status == -Errno.ENAMETOOLONG || status == -Errno.EINVAL;
  }
}
