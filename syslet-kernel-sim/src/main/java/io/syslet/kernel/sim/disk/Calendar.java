package io.syslet.kernel.sim.disk;

import java.util.Arrays;

/**
 * When something that serves one at a time is taken. A page that is ready early may go before one
 * that was asked for earlier and is ready late: each takes the first gap that is long enough.
 */
final class Calendar {
  private long[] from = new long[16];
  private long[] to = new long[16];
  private int size;

  /** Takes it for {@code length} from {@code ready} on at the earliest: until when. */
  long take(long now, long ready, long length) {
    forget(now);
    int i = 0;
    long begin = ready;
    while (i < size && from[i] < begin + length) {
      begin = Math.max(begin, to[i]);
      i++;
    }
    insert(i, begin, begin + length);
    return begin + length;
  }

  private void forget(long now) {
    int past = 0;
    while (past < size && to[past] <= now) {
      past++;
    }
    if (past > 0) {
      size -= past;
      System.arraycopy(from, past, from, 0, size);
      System.arraycopy(to, past, to, 0, size);
    }
  }

  private void insert(int at, long begin, long end) {
    if (size == from.length) {
      from = Arrays.copyOf(from, 2 * size);
      to = Arrays.copyOf(to, 2 * size);
    }
    System.arraycopy(from, at, from, at + 1, size - at);
    System.arraycopy(to, at, to, at + 1, size - at);
    from[at] = begin;
    to[at] = end;
    size++;
  }
}
