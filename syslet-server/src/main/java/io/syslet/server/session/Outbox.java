package io.syslet.server.session;

import java.util.Arrays;

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
  private long[] callerData = new long[64];
  private long[] statuses = new long[64];
  private long consumed;
  private long delivered;
  private long posted;

  /** Begins at a position, with completions of before a restart. */
  Outbox(long position, long[] oldCallerData, long[] oldStatuses) {
    consumed = position;
    delivered = position;
    posted = position;
    for (int i = 0; i < oldCallerData.length; i++) {
      add(oldCallerData[i], oldStatuses[i]);
    }
  }

  /** Adds a completion: its position. */
  long add(long data, long status) {
    if (posted - consumed >= statuses.length) {
      grow();
    }
    int i = at(posted);
    callerData[i] = data;
    statuses[i] = status;
    return posted++;
  }

  private void grow() {
    long[] moreData = new long[2 * statuses.length];
    long[] moreStatuses = Arrays.copyOf(moreData, moreData.length);
    for (long p = consumed; p < posted; p++) {
      int to = (int) p & (moreData.length - 1);
      moreData[to] = callerData[at(p)];
      moreStatuses[to] = statuses[at(p)];
    }
    callerData = moreData;
    statuses = moreStatuses;
  }

  private int at(long position) {
    return (int) position & (statuses.length - 1);
  }

  long callerData(long position) {
    return callerData[at(position)];
  }

  long status(long position) {
    return statuses[at(position)];
  }

  /** What a client says it has consumed; ignored if it makes no sense. */
  void consumed(long position) {
    if (position > consumed && position <= delivered) {
      consumed = position;
    }
  }

  long consumed() {
    return consumed;
  }

  long posted() {
    return posted;
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
    consumed = position;
    delivered = position;
  }
}
