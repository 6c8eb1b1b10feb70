package io.syslet.kernel.sim;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The events to come: a binary heap, from which one can be taken out again. */
final class EventHeap {
  private @Nullable Event[] heap = new @Nullable Event[64];
  private int size;
  private long sequence;

  /** Adds an event. */
  Event add(long when, Runnable action) {
    Event event = new Event(when, sequence++, action);
    if (size == heap.length) {
      heap = Arrays.copyOf(heap, size * 2);
    }
    up(size++, event);
    return event;
  }

  /** Takes an event out; nothing happens if it has been taken. */
  void remove(Event event) {
    int hole = event.index;
    if (hole == Event.GONE) {
      return;
    }
    event.index = Event.GONE;
    Event moved = at(--size);
    heap[size] = null;
    if (hole < size) {
      up(hole, moved);
      down(moved.index, moved);
    }
  }

  /** The time of the next event; {@link Long#MAX_VALUE} if there is none. */
  long next() {
    return size == 0 ? Long.MAX_VALUE : at(0).when;
  }

  /** Takes the next event; null if there is none. */
  @Nullable Event poll() {
    if (size == 0) {
      return null;
    }
    Event first = at(0);
    remove(first);
    return first;
  }

  private Event at(int index) {
    Event event = heap[index];
    if (event == null) {
      throw new IllegalStateException("a hole in the heap of events");
    }
    return event;
  }

  private void put(int index, Event event) {
    heap[index] = event;
    event.index = index;
  }

  private void up(int from, Event event) {
    int index = from;
    while (index > 0 && event.isBefore(at((index - 1) / 2))) {
      put(index, at((index - 1) / 2));
      index = (index - 1) / 2;
    }
    put(index, event);
  }

  private void down(int from, Event event) {
    int index = from;
    for (int child = 2 * index + 1; child < size; child = 2 * index + 1) {
      if (child + 1 < size && at(child + 1).isBefore(at(child))) {
        child++;
      }
      if (!at(child).isBefore(event)) {
        break;
      }
      put(index, at(child));
      index = child;
    }
    put(index, event);
  }
}
