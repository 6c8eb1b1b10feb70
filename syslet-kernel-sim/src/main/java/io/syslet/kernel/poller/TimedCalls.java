package io.syslet.kernel.poller;

import io.syslet.kernel.coroutine.Clock;
import java.util.PriorityQueue;

/** Actions and their times: in the order of time, and of {@link #at} where times are equal. */
final class TimedCalls {
  private final PriorityQueue<Call> calls = new PriorityQueue<>();
  private long order;

  /** Adds an action; what it returns takes it back. */
  Clock.Alarm at(long when, Runnable action) {
    Call call = new Call(when, order++, action);
    calls.add(call);
    return () -> calls.remove(call);
  }

  /** Runs the actions whose time has come. */
  void run(long now) {
    for (Call due = calls.peek(); due != null && due.when <= now; due = calls.peek()) {
      calls.remove();
      due.action.run();
    }
  }

  private record Call(long when, long order, Runnable action) implements Comparable<Call> {
    @Override
    public int compareTo(Call other) {
      int byTime = Long.compare(when, other.when);
      return byTime != 0 ? byTime : Long.compare(order, other.order);
    }
  }
}
