package io.syslet.server.session;

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
 * The poller's alone.
 */
final class Outbox {
  private final Completions kept = new Completions();
  private long delivered;

  /** Begins at a position, with completions of before a restart. */
  Outbox(long position, long[] oldCallerData, long[] oldStatuses) {
    kept.startAt(position);
    delivered = position;
    for (int i = 0; i < oldCallerData.length; i++) {
      add(oldCallerData[i], oldStatuses[i]);
    }
  }

  /** Adds a completion. */
  void add(long data, long status) {
    kept.add(data, status);
  }

  long callerData(long position) {
    return kept.callerData(position);
  }

  long status(long position) {
    return kept.status(position);
  }

  /** What a client says it has consumed; ignored if it makes no sense. */
  void consumed(long position) {
    if (position > consumed() && position <= delivered) {
      kept.forgetBefore(position);
    }
  }

  long consumed() {
    return kept.first();
  }

  long posted() {
    return kept.next();
  }

  /** Position of the first completion that the port does not have. */
  long delivered() {
    return delivered;
  }

  void delivered(long position) {
    delivered = position;
  }

  /** A new port: everything from that position on is to be delivered again. */
  void rewind(long position) {
    kept.forgetBefore(position);
    delivered = position;
  }
}
