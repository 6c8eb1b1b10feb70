package io.syslet.server.session;

import io.syslet.client.wire.Token;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What {@link Sessions#open} says.
 *
 * @param error 0, or −errno.
 * @param session the session, if the error is 0.
 * @param port its port, if the error is 0.
 * @param connection tells this connection of the session from earlier and later ones.
 * @param token that the client is to be told; not kept longer than that takes.
 * @param resumed whether the session was there before.
 */
public record Opened(
    int error,
    @Nullable Session session,
    @Nullable Port port,
    long connection,
    @Nullable Token token,
    boolean resumed) {
  static Opened refused(int error) {
    return new Opened(error, null, null, 0, null, false);
  }

  /** Whether there is a session. */
  public boolean isOpen() {
    return error == 0;
  }

  /** The session; only if {@link #isOpen}. */
  public Session openSession() {
    return Objects.requireNonNull(session);
  }

  /** The port; only if {@link #isOpen}. */
  public Port openPort() {
    return Objects.requireNonNull(port);
  }

  /** The token; only if {@link #isOpen}. */
  public Token openToken() {
    return Objects.requireNonNull(token);
  }

  /** The same, when the client has been told. */
  public Opened withoutToken() {
    return new Opened(error, session, port, connection, null, resumed);
  }
}
