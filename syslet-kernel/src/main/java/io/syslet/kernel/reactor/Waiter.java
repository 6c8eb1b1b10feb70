package io.syslet.kernel.reactor;

import org.jspecify.annotations.Nullable;

/** One call's place at one descriptor. Guarded by the reactor. */
final class Waiter {
  final WaitingCall call;
  final WatchedFile file;

  /** What it waits for there, as poll says it. */
  final int events;

  /** The next place of the same call. */
  final @Nullable Waiter more;

  private @Nullable Waiter before;
  private @Nullable Waiter behind;
  private boolean listed;

  Waiter(WaitingCall call, WatchedFile file, int events, @Nullable Waiter more) {
    this.call = call;
    this.file = file;
    this.events = events;
    this.more = more;
  }

  /** Places in the order of their coming. */
  static final class Queue {
    private @Nullable Waiter first;
    private @Nullable Waiter last;

    /** Whether a worker makes a call of this queue that was ready: until then the others wait. */
    boolean isLent;

    @Nullable Waiter first() {
      return first;
    }

    /** Whose turn it is; null if nobody's. */
    @Nullable Waiter next() {
      return isLent ? null : first;
    }

    @Nullable Waiter behind(Waiter waiter) {
      return waiter.behind;
    }

    void addLast(Waiter waiter) {
      waiter.listed = true;
      waiter.before = last;
      waiter.behind = null;
      if (last == null) {
        first = waiter;
      } else {
        last.behind = waiter;
      }
      last = waiter;
    }

    void addFirst(Waiter waiter) {
      waiter.listed = true;
      waiter.before = null;
      waiter.behind = first;
      if (first == null) {
        last = waiter;
      } else {
        first.before = waiter;
      }
      first = waiter;
    }

    /** Takes one out, if it is in. */
    void remove(Waiter waiter) {
      if (!waiter.listed) {
        return;
      }
      waiter.listed = false;
      Waiter left = waiter.before;
      Waiter right = waiter.behind;
      if (left == null) {
        first = right;
      } else {
        left.behind = right;
      }
      if (right == null) {
        last = left;
      } else {
        right.before = left;
      }
      waiter.before = null;
      waiter.behind = null;
    }
  }
}
