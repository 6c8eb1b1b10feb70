package io.syslet.server.session;

import org.jspecify.annotations.Nullable;

/**
 * The completions of a session that its client has not consumed, by position.
 *
 * <pre>
 *      consumed         delivered          posted
 *   -------+----------------+-----------------+-----&gt; position
 *          |  in the port   |  no room there  |
 *          |      kept here for a resume      |
 * </pre>
 *
 * The poller's alone, but for {@link #consumed()} and {@link #posted}.
 */
final class Outbox {
  private final Completions kept = new Completions();
  private final Count consumed = new Count();
  private final Count posted = new Count();
  private long delivered;

  /** Begins at a position, with completions of before a restart. */
  Outbox(long position, long[] oldCallerData, long[] oldStatuses) {
    kept.startAt(position);
    consumed.set(position);
    posted.set(position);
    delivered = position;
    for (int i = 0; i < oldCallerData.length; i++) {
      add(oldCallerData[i], oldStatuses[i]);
    }
  }

  /** Adds a completion. */
  void add(long data, long status) {
    kept.add(data, status);
    posted.set(kept.next());
  }

  /** Learns what a client says it has consumed; ignored if it makes no sense. */
  void consumed(long position) {
    if (position > kept.first() && position <= delivered) {
      forgetBefore(position);
    }
  }

  private void forgetBefore(long position) {
    kept.forgetBefore(position);
    consumed.set(position);
  }

  /** The position of the first completion that the client has not consumed. Any thread. */
  long consumed() {
    return consumed.get();
  }

  /** The position of the next completion. Any thread. */
  long posted() {
    return posted.get();
  }

  /** Whether there are completions that the port does not have. */
  boolean hasUndelivered() {
    return delivered < kept.next();
  }

  /**
   * Gives the port what it does not have.
   *
   * @param last the call of the last completion, if this port answered it.
   */
  void deliver(Port port, @Nullable ClientCall last) {
    long end = kept.next();
    while (delivered < end) {
      ClientCall call = delivered == end - 1 ? last : null;
      port.complete(kept.callerData(delivered), kept.status(delivered), call);
      delivered++;
    }
  }

  /** Begins with a new port: everything from that position on is to be delivered again. */
  void rewind(long position) {
    forgetBefore(position);
    delivered = position;
  }
}
