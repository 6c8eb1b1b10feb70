package io.syslet.server.guard;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What is logged because of what peers do, so much and no more: each of them a few lines and then
 * one in a while, and all of them together a few a second. What was left out is counted and said
 * with the next line. Any thread.
 */
public final class PeerComplaints {
  private static final int MOST_PEERS = 1024;
  private static final long SECOND = 1_000_000_000;
  private final TokenBucket all = new TokenBucket(50, SECOND / 10, System.nanoTime());
  private final Map<String, TokenBucket> peers =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, TokenBucket> eldest) {
          return size() > MOST_PEERS;
        }
      };

  private long leftOut;

  /**
   * Logs a line, unless there were too many.
   *
   * @param peer because of whom.
   * @param format as {@link Logger#log(Level, String, Object...)} takes it.
   */
  public void log(Logger log, Level level, String peer, String format, Object... values) {
    long before = admit(peer);
    if (before >= 0) {
      String more = before == 0 ? "" : " (" + before + " such lines were left out)";
      log.log(level, format + more, values);
    }
  }

  /** How many lines were left out before this one; −1 if this one is, too. */
  private synchronized long admit(String peer) {
    long now = System.nanoTime();
    TokenBucket own = peers.computeIfAbsent(peer, key -> new TokenBucket(10, 10 * SECOND, now));
    if (!own.takeOne(now) || !all.takeOne(now)) {
      leftOut++;
      return -1;
    }
    long before = leftOut;
    leftOut = 0;
    return before;
  }
}
