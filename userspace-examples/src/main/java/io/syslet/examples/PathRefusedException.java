package io.syslet.examples;

import io.syslet.Errno;
import java.io.IOException;

/** Something cannot be begun, because of what a path names. */
public class PathRefusedException extends IOException {
  private static final long serialVersionUID = 1;

  @SuppressWarnings("serial") // nobody writes it down
  private final byte[] path;

  /** For a path, with the reason as it is to be shown behind it. */
  public PathRefusedException(byte[] path, String reason) {
    super(reason);
    this.path = path.clone();
  }

  /** For a path, with an error for the reason. */
  public static PathRefusedException of(byte[] path, int errno) {
    return new PathRefusedException(path, text(errno));
  }

  static String text(int errno) {
    return Errno.text(errno) + " (" + Errno.name(errno) + ")";
  }

  /** The path, as the bytes that it is. */
  public byte[] path() {
    return path.clone();
  }
}
