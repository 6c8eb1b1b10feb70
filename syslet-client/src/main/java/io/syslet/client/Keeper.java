package io.syslet.client;

import java.util.concurrent.locks.LockSupport;

/**
 * Tells the server what has come and that we live, and ends a connection over which nothing comes.
 */
final class Keeper extends Thread {
  private static final long TICK_NANOS = 50_000_000;

  private final Outstanding outstanding;
  private final Replies replies;
  private final long periodNanos;
  private volatile long lastHeard = System.nanoTime();
  private volatile boolean ended;

  /**
   * @param timeoutMillis of the server; 0 for none.
   */
  Keeper(Outstanding outstanding, Replies replies, int timeoutMillis) {
    super("syslet-keeper");
    this.outstanding = outstanding;
    this.replies = replies;
    this.periodNanos = timeoutMillis == 0 ? Long.MAX_VALUE / 4 : timeoutMillis * 1_000_000L / 3;
    setDaemon(true);
  }

  /** The pump: something has come. */
  void heard() {
    lastHeard = System.nanoTime();
    if (replies.shouldTell()) {
      LockSupport.unpark(this);
    }
  }

  void end() {
    ended = true;
    LockSupport.unpark(this);
  }

  @Override
  public void run() {
    long lastPing = System.nanoTime();
    while (!ended) {
      LockSupport.parkNanos(Math.min(periodNanos / 2, TICK_NANOS));
      if (replies.takeShouldTell()) {
        replies.acknowledge();
      }
      long now = System.nanoTime();
      if (now - lastPing > periodNanos) {
        lastPing = now;
        replies.acknowledge();
        outstanding.ping();
      }
      if (now - lastHeard > 3 * periodNanos) {
        lastHeard = now;
        outstanding.disconnected();
      }
    }
  }
}
