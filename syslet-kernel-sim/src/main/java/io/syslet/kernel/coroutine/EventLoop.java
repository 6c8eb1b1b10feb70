package io.syslet.kernel.coroutine;

import java.util.PriorityQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * One thread's context: runs what was posted, in its order, and the alarms whose time has come.
 *
 * <p>Any thread posts and wakes; one at a time polls. A poller that finds nothing waits on its
 * time: on a {@linkplain Time#virtual() virtual} one that jumps to the next alarm, on the
 * {@linkplain Time#real() real} one it parks. So that a post is not slept through, it is put into
 * the queue before the poller is unparked, and an unpark before a park makes that return at once.
 */
public final class EventLoop extends Context implements Clock {
  private final String name;
  private final Time time;
  private final ConcurrentLinkedQueue<Runnable> posted = new ConcurrentLinkedQueue<>();
  private final PriorityQueue<Entry> alarms = new PriorityQueue<>();
  private final AtomicBoolean polled = new AtomicBoolean();
  private volatile @Nullable Thread poller;
  private long set;

  /** A loop by some time. */
  public EventLoop(String name, Time time) {
    this.name = name;
    this.time = time;
  }

  @Override
  public void post(Runnable action) {
    posted.add(action);
    time.wake(poller);
  }

  @Override
  public Clock clock() {
    return this;
  }

  @Override
  public long now() {
    return time.now();
  }

  @Override
  public Alarm at(long when, Runnable action) {
    Entry entry;
    synchronized (alarms) {
      entry = new Entry(when, set++, action);
      alarms.add(entry);
    }
    time.wake(poller);
    return entry;
  }

  /**
   * Runs what was posted up to now and the alarms that are due, but not what these post.
   *
   * @return whether there was anything.
   * @throws IllegalStateException if it is being polled already. What an action throws is thrown
   *     too; those behind it stay.
   */
  public boolean poll() {
    begin();
    try {
      boolean[] any = {false};
      inside(() -> any[0] = runAlarms() + runPosted() > 0);
      return any[0];
    } finally {
      polled.set(false);
    }
  }

  private void begin() {
    if (!polled.compareAndSet(false, true)) {
      throw new IllegalStateException("event loop '" + name + "' is being polled already");
    }
    poller = Thread.currentThread();
  }

  private int runPosted() {
    int count = posted.size();
    for (int i = 0; i < count; i++) {
      Runnable action = posted.poll();
      if (action != null) {
        action.run();
      }
    }
    return count;
  }

  private int runAlarms() {
    long now = now();
    int count = 0;
    for (Entry due = takeDue(now); due != null; due = takeDue(now)) {
      count++;
      due.action.run();
    }
    return count;
  }

  private @Nullable Entry takeDue(long now) {
    synchronized (alarms) {
      Entry first = alarms.peek();
      return first != null && first.when <= now ? alarms.poll() : null;
    }
  }

  /** Polls until something is so, and waits between. Others may make it so by a post. */
  public void runUntil(BooleanSupplier done) {
    while (!done.getAsBoolean()) {
      if (!poll() && !done.getAsBoolean()) {
        time.waitUntil(nextAlarm(), () -> !posted.isEmpty());
      }
    }
  }

  /** Polls until nothing is posted and no alarm is set. */
  public void runUntilIdle() {
    runUntil(() -> posted.isEmpty() && nextAlarm() == Time.NEVER);
  }

  private long nextAlarm() {
    synchronized (alarms) {
      Entry first = alarms.peek();
      return first == null ? Time.NEVER : first.when;
    }
  }

  private final class Entry implements Alarm, Comparable<Entry> {
    private final long when;
    private final long order;
    private final Runnable action;

    Entry(long when, long order, Runnable action) {
      this.when = when;
      this.order = order;
      this.action = action;
    }

    @Override
    public void cancel() {
      synchronized (alarms) {
        alarms.remove(this);
      }
    }

    @Override
    public int compareTo(Entry other) {
      int byTime = Long.compare(when, other.when);
      return byTime != 0 ? byTime : Long.compare(order, other.order);
    }
  }

  @Override
  public String toString() {
    return "event loop '" + name + "'";
  }
}
