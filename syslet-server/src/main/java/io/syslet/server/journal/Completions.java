package io.syslet.server.journal;

/**
 * The completions of a session that its client has not acknowledged, by position. A ring that
 * grows. One thread at a time.
 */
final class Completions {
  private static final int SMALLEST = 8;

  private long[] callerData = new long[SMALLEST];
  private long[] statuses = new long[SMALLEST];
  private long first;
  private long next;

  /** Position of the first that is held. */
  long first() {
    return first;
  }

  /** Position that the next one will have. */
  long next() {
    return next;
  }

  /** How many are held. */
  int size() {
    return (int) (next - first);
  }

  /** Caller data of the one at a position that is held. */
  long callerData(long position) {
    return callerData[place(position)];
  }

  /** Status of the one at a position that is held. */
  long status(long position) {
    return statuses[place(position)];
  }

  /** Holds none, and begins at a position. */
  void startAt(long position) {
    first = position;
    next = position;
  }

  /** Adds one at the end. */
  void add(long data, long status) {
    if (size() == callerData.length) {
      grow();
    }
    callerData[place(next)] = data;
    statuses[place(next)] = status;
    next++;
  }

  /** Forgets those before a position between {@link #first} and {@link #next}. */
  void forgetBefore(long position) {
    first = position;
  }

  private int place(long position) {
    return (int) position & (callerData.length - 1);
  }

  private void grow() {
    long[] oldData = callerData;
    long[] oldStatuses = statuses;
    callerData = new long[2 * oldData.length];
    statuses = new long[2 * oldData.length];
    for (long p = first; p < next; p++) {
      int old = (int) p & (oldData.length - 1);
      callerData[place(p)] = oldData[old];
      statuses[place(p)] = oldStatuses[old];
    }
  }
}
