package io.syslet.server.journal;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/** The calls of a session that have begun and not ended. One thread at a time. */
final class BegunCalls {
  private static final int SMALLEST = 8;

  private final LongIndex index = new LongIndex();
  private long[] calls = new long[SMALLEST];
  private long[] callerData = new long[SMALLEST];
  private long[] numbers = new long[SMALLEST];
  private long[] order = new long[SMALLEST];
  private long begun;

  /** How many there are. */
  int size() {
    return index.size();
  }

  /** Whether a call is among them. */
  boolean contains(long call) {
    return index.get(call) >= 0;
  }

  /** Caller data of a call that is among them. */
  long callerData(long call) {
    return callerData[index.get(call)];
  }

  /** Number in the call table of a call that is among them. */
  long number(long call) {
    return numbers[index.get(call)];
  }

  /** Adds a call that is not among them. */
  void add(long call, long data, long nr) {
    int place = size();
    if (place == calls.length) {
      grow();
    }
    index.put(call, place);
    calls[place] = call;
    callerData[place] = data;
    numbers[place] = nr;
    order[place] = begun++;
  }

  /** Removes a call that is among them; the last takes its place. */
  void remove(long call) {
    int last = size() - 1;
    int place = index.remove(call);
    if (place != last) {
      calls[place] = calls[last];
      callerData[place] = callerData[last];
      numbers[place] = numbers[last];
      order[place] = order[last];
      index.put(calls[place], place);
    }
  }

  /** The calls in the order in which they began, as a copy. */
  long[] inOrder() {
    return IntStream.range(0, size())
        .boxed()
        .sorted(Comparator.comparingLong(place -> order[place]))
        .mapToLong(place -> calls[place])
        .toArray();
  }

  private void grow() {
    int length = 2 * calls.length;
    calls = Arrays.copyOf(calls, length);
    callerData = Arrays.copyOf(callerData, length);
    numbers = Arrays.copyOf(numbers, length);
    order = Arrays.copyOf(order, length);
  }
}
