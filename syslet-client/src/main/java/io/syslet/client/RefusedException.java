package io.syslet.client;

import io.syslet.Errno;
import io.syslet.client.wire.Refused;
import java.io.IOException;

/** The server does not want us, and says why. */
public final class RefusedException extends IOException {
  private static final long serialVersionUID = 1;

  private final int errno;

  RefusedException(Refused refused) {
    super("refused: " + refused.text() + " (" + Errno.name(refused.errno()) + ")");
    this.errno = refused.errno();
  }

  /** Why, a positive errno: {@link Refused#errno}. */
  public int errno() {
    return errno;
  }

  /** Whether the session that was asked for is over, or not ours. */
  boolean isOver() {
    return errno == Errno.ESTALE || errno == Errno.EPERM || errno == Errno.ERANGE;
  }

  /** Whether the same may be granted a moment later. */
  boolean isPassing() {
    return errno == Errno.EAGAIN
        || errno == Errno.EMFILE
        || errno == Errno.ESHUTDOWN
        || errno == Errno.ETIMEDOUT;
  }
}
