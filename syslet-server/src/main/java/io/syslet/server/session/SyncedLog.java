package io.syslet.server.session;

/**
 * The log of a poller's sessions, and whether something in it is still to be {@linkplain
 * SessionLog#sync made to last}. The poller's alone. Methods return 0, −ENOSPC or −EIO.
 */
final class SyncedLog {
  private final SessionLog log;
  private boolean wrote;

  SyncedLog(SessionLog log) {
    this.log = log;
  }

  /** Whether nothing can be written any more. Any thread. */
  boolean hasFailed() {
    return log.hasFailed();
  }

  /** Whether {@link #hasFailed} may ever be true. */
  boolean canFail() {
    return log.canFail();
  }

  int began(long session, long call, long callerData, long nr) {
    int error = log.began(session, call, callerData, nr);
    wrote |= error == 0;
    return error;
  }

  int completed(long session, long call, long status) {
    wrote = true;
    return log.completed(session, call, status);
  }

  void endedInline(long session, long call, long status) {
    wrote = true;
    log.endedInline(session, call, status);
  }

  /** Need not last: a client that resumes says it again. */
  int acknowledged(long session, long position) {
    return log.acknowledged(session, position);
  }

  void closed(long session) {
    wrote = true;
    log.closed(session);
  }

  /** Makes what was written last, if something was. */
  int sync() {
    if (!wrote) {
      return 0;
    }
    wrote = false;
    return log.sync();
  }

  /** Makes everything last, acknowledgements included. */
  void syncAll() {
    wrote = false;
    log.sync();
  }
}
