package io.syslet.server.policy;

/**
 * An open file of a session, or its current directory. It stays open in the server until every call
 * under way that names it has ended: the host's number must not mean another file before that.
 */
final class Descriptor {
  /** Regular files, directories: a call on them waits for the disk at most. */
  static final int FILE = 0;

  /** Pipes, eventfds: a call on them may wait for ever. The host's are non-blocking. */
  static final int CHANNEL = 1;

  /** An epoll instance. */
  static final int EPOLL = 2;

  /** As {@link #FILE}, but passed by the client: it is no directory to look in. */
  static final int PASSED_FILE = 3;

  /** As {@link #CHANNEL}, but passed by the client, who may make it blocking at any time. */
  static final int PASSED_CHANNEL = 4;

  /** The server's own descriptor. */
  int host;

  int kind;

  /** O_ flags as the client gave them, as {@code F_GETFL} tells them. */
  int flags;

  /** FD_CLOEXEC or 0: kept for {@code F_GETFD}, without any other meaning here. */
  int closeOnExec;

  /** As a number: none, so that it is closed when no call names it. */
  static final int NONE = -1;

  /** As a number: none, but something of the session holds it open. */
  static final int HELD = -2;

  /** The client's number, {@link #NONE} or {@link #HELD}. */
  int number = NONE;

  /** A close is being made: the number names nothing any more. */
  boolean isClosing;

  /** Calls under way that name it. */
  int users;

  /** Whether the client has passed it: it is used with the rights that it was opened with. */
  boolean isPassed() {
    return kind == PASSED_FILE || kind == PASSED_CHANNEL;
  }

  void set(int newHost, int newKind, int newFlags, int newCloseOnExec) {
    host = newHost;
    kind = newKind;
    flags = newFlags;
    closeOnExec = newCloseOnExec;
    number = NONE;
    isClosing = false;
    users = 0;
  }
}
