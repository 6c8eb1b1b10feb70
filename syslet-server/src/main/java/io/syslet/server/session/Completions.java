package io.syslet.server.session;

/**
 * The completions of a session that its client has not acknowledged, by position. A ring that
 * grows. One thread at a time.
 */
public final class Completions {
  private static final int SMALLEST = 8;

  private long[] callerData = new long[SMALLEST];
  private long[] statuses = new long[SMALLEST];
  private long first;
  private long next;

  /** Makes one that holds none and begins at position 0. */
  public Completions() {}

  /** Position of the first that is held. */
  public long first() {
    return first;
  }

  /** Position that the next one will have. */
  public long next() {
    return next;
  }

  /** How many are held. */
  public int size() {
    return (int) (next - first);
  }

  /** Caller data of the one at a position that is held. */
  public long callerData(long position) {
    return callerData[place(position)];
  }

  /** Status of the one at a position that is held. */
  public long status(long position) {
    return statuses[place(position)];
  }

  /** Holds none, and begins at a position. */
  public void startAt(long position) {
    first = position;
    next = position;
  }

  /** Adds one at the end. */
  public void add(long data, long status) {
    if (size() >= callerData.length) {
      grow();
    }
    callerData[place(next)] = data;
    statuses[place(next)] = status;
    next++;
  }

  /** Forgets those before a position between {@link #first} and {@link #next}. */
  public void forgetBefore(long position) {
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
