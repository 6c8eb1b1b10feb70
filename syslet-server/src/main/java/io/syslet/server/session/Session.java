package io.syslet.server.session;

/** A client's stay: its descriptors, its calls in flight, its limits. */
public final class Session {
  private final long id;
  private final byte[] token;

  Session(long id, byte[] token) {
    this.id = id;
    this.token = token;
  }

  /** The number of the session; names it in the log and on the page. Any thread. */
  public long id() {
    return id;
  }

  /** The 16 bytes by which a client shows that the session is its own; a copy. Any thread. */
  public byte[] token() {
    return token.clone();
  }
}
