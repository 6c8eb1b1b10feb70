package io.syslet.kernel.coroutine;

import org.jspecify.annotations.Nullable;

/**
 * Coroutines in the order in which they wait, chained by {@link Coroutine#next}; the last one's is
 * the list's {@link #END}. Whoever owns the list guards it.
 */
final class CoList {
  private static final Coroutine END =
      Coroutine.create(StackSwitch.threads(), "end of list", argument -> {});

  private Coroutine first = END;
  private Coroutine last = END;

  boolean isEmpty() {
    return first == END;
  }

  void addLast(Coroutine coroutine) {
    coroutine.next = END;
    if (first == END) {
      first = coroutine;
    } else {
      last.next = coroutine;
    }
    last = coroutine;
  }

  void addFirst(Coroutine coroutine) {
    coroutine.next = first;
    last = first == END ? coroutine : last;
    first = coroutine;
  }

  @Nullable Coroutine first() {
    return first == END ? null : first;
  }

  @Nullable Coroutine removeFirst() {
    Coroutine removed = first();
    if (removed != null) {
      first = removed.next == null ? END : removed.next;
      removed.next = null;
    }
    return removed;
  }

  /** Whether it was in the list. */
  boolean remove(Coroutine coroutine) {
    CoList rest = new CoList();
    boolean found = false;
    for (Coroutine each = removeFirst(); each != null; each = removeFirst()) {
      found |= each == coroutine;
      if (each != coroutine) {
        rest.addLast(each);
      }
    }
    first = rest.first;
    last = rest.last;
    return found;
  }

  /** Moves all of another list behind the ones here. */
  void takeAll(CoList other) {
    for (Coroutine each = other.removeFirst(); each != null; each = other.removeFirst()) {
      addLast(each);
    }
  }
}
