package io.syslet.linux;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/**
 * A queue without bounds, first in first out, which any thread adds to and any thread takes from;
 * nobody waits for another, also not for one that was taken off its CPU half-way.
 *
 * <p>It is the fetch-and-add array queue of Ramalhete and Correia (2016). A segment is an array
 * that is used once. Each who adds and each who takes gets an index of its own by one atomic add:
 *
 * <pre>
 *   add                                 take
 *   i = added++                         i = taken++
 *   CAS items[i]: null -> item          swap items[i]: ? -> TAKEN
 *   failed: it was too slow, again      was null: the one who adds is slow, again
 * </pre>
 *
 * Whichever of the two comes to an element first decides, so an item is taken once, and one who
 * adds slowly loses its place, but not the item. A full segment is followed by a new one: 4 bytes
 * and a bit of garbage for each item.
 */
final class RunQueue {
  static final int SEGMENT = 512;

  private static final Runnable TAKEN = new Taken();
  private static final VarHandle ITEM = MethodHandles.arrayElementVarHandle(Runnable[].class);
  private static final VarHandle ADDED = field(Segment.class, "added", int.class);
  private static final VarHandle TAKES = field(Segment.class, "taken", int.class);
  private static final VarHandle NEXT = field(Segment.class, "next", Segment.class);
  private static final VarHandle HEAD = field(RunQueue.class, "head", Segment.class);
  private static final VarHandle TAIL = field(RunQueue.class, "tail", Segment.class);

  /** Stands where an item was taken, or is not to be put any more. */
  private static final class Taken implements Runnable {
    @Override
    public void run() {
      throw new IllegalStateException("no continuation");
    }
  }

  private static final class Segment {
    final @Nullable Runnable[] items = new @Nullable Runnable[SEGMENT];
    volatile int added;
    volatile int taken;
    volatile @Nullable Segment next;
  }

  private volatile Segment head = new Segment();
  private volatile Segment tail = head;

  /** Adds an item at the end. */
  void add(Runnable item) {
    for (; ; ) {
      Segment last = tail;
      int i = (int) ADDED.getAndAdd(last, 1);
      if (i >= SEGMENT) {
        if (addBehind(last, item)) {
          return;
        }
      } else if (ITEM.compareAndSet(last.items, i, null, item)) {
        return;
      }
    }
  }

  /** The last segment is full: begins another with the item, or helps whoever does. */
  private boolean addBehind(Segment last, Runnable item) {
    Segment next = last.next;
    if (next != null) {
      boolean _ = TAIL.compareAndSet(this, last, next);
      return false;
    }
    Segment fresh = new Segment();
    fresh.items[0] = item;
    fresh.added = 1;
    if (!NEXT.compareAndSet(last, null, fresh)) {
      return false;
    }
    boolean _ = TAIL.compareAndSet(this, last, fresh);
    return true;
  }

  /** Whether there was nothing to take at some moment. */
  boolean isEmpty() {
    Segment first = head;
    return first.taken >= first.added && first.next == null;
  }

  /** Takes the first item, or null if there is none. */
  @Nullable Runnable poll() {
    for (; ; ) {
      Segment first = head;
      if (isEmpty()) {
        return null;
      }
      int i = (int) TAKES.getAndAdd(first, 1);
      if (i < SEGMENT) {
        Runnable item = (Runnable) ITEM.getAndSet(first.items, i, TAKEN);
        if (item != null) {
          return item;
        }
      } else {
        Segment next = first.next;
        if (next == null) {
          return null;
        }
        boolean _ = HEAD.compareAndSet(this, first, next);
      }
    }
  }

  private static VarHandle field(Class<?> owner, String name, Class<?> type) {
    return Handles.field(MethodHandles.lookup(), owner, name, type);
  }
}
