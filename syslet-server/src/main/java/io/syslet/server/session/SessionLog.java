package io.syslet.server.session;

/**
 * What a session writes down, so that a client can go on after either side died: the journal as
 * sessions see it. One per poller, and used by it alone, but for {@link #opened}, which any thread
 * may call. Each method returns 0, −ENOSPC or −EIO.
 *
 * <p>A call is identified by a number of the server's own, unique within its session.
 */
public interface SessionLog {
  /** A log that remembers nothing: sessions live as long as the server. */
  SessionLog NONE = new SessionLog() {};

  /** A session begins. */
  default int opened(long session, TokenHash token, Peer peer) {
    return 0;
  }

  /** A call is about to start that has effects, or one has blocked. */
  default int began(long session, long call, long callerData, long nr) {
    return 0;
  }

  /** A call that {@link #began} and blocked has ended; its completion gets the next position. */
  default int completed(long session, long call, long status) {
    return 0;
  }

  /** A call that {@link #began} has ended without blocking: it gets no position. */
  default int endedInline(long session, long call, long status) {
    return 0;
  }

  /** The client has consumed all completions before a position. */
  default int acknowledged(long session, long position) {
    return 0;
  }

  /** The session is over. */
  default int closed(long session) {
    return 0;
  }

  /** Whether nothing can be written any more, until the server is started anew. Any thread. */
  default boolean hasFailed() {
    return false;
  }

  /** Whether {@link #hasFailed} may ever be true. */
  default boolean canFail() {
    return false;
  }

  /**
   * What was written is to outlast more than the server, if that is wanted. Called before anybody
   * outside is told of it: before the batch is answered, the completions are shown, or the call
   * with effects is made. May wait for the disk.
   */
  default int sync() {
    return 0;
  }
}
