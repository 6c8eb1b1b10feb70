package io.syslet.kernel.reactor;

import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Calls by the time at which their wait is over; one may be taken out. Guarded by the reactor. */
final class TimerHeap {
  private @Nullable WaitingCall[] heap = new WaitingCall[16];
  private int size;

  void add(WaitingCall call) {
    if (size == heap.length) {
      heap = Arrays.copyOf(heap, 2 * size);
    }
    up(size++, call);
  }

  /** Takes a call out, if it is in. */
  void remove(WaitingCall call) {
    int at = call.heapIndex;
    if (at < 0) {
      return;
    }
    call.heapIndex = -1;
    WaitingCall last = at(--size);
    heap[size] = null;
    if (last != call) {
      up(at, last);
      down(last.heapIndex, last);
    }
  }

  /** The first deadline; {@link Times#NEVER} if there is none. */
  long first() {
    return size == 0 ? Times.NEVER : at(0).due();
  }

  /** The call whose deadline is the first, if that has come. */
  @Nullable WaitingCall over(long now) {
    return size > 0 && at(0).due() - now <= 0 ? at(0) : null;
  }

  private WaitingCall at(int i) {
    return Objects.requireNonNull(heap[i]);
  }

  private void up(int from, WaitingCall call) {
    int i = from;
    for (int parent = (i - 1) / 2; i > 0 && call.due() < at(parent).due(); ) {
      put(i, at(parent));
      i = parent;
      parent = (i - 1) / 2;
    }
    put(i, call);
  }

  private void down(int from, WaitingCall call) {
    int i = from;
    for (int child = lesser(i); child < size && at(child).due() < call.due(); ) {
      put(i, at(child));
      i = child;
      child = lesser(i);
    }
    put(i, call);
  }

  /** The child of {@code i} that is due first; {@code size} or more if it has none. */
  private int lesser(int i) {
    int left = 2 * i + 1;
    return left + 1 < size && at(left + 1).due() < at(left).due() ? left + 1 : left;
  }

  private void put(int i, WaitingCall call) {
    heap[i] = call;
    call.heapIndex = i;
  }
}
