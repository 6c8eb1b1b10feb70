package io.syslet.kernel.sim;

import io.syslet.Errno;
import java.util.ArrayList;
import org.jspecify.annotations.Nullable;

/** A list of threads that sleep, linked through the threads, so that a sleep allocates nothing. */
final class SimWaitQueue implements WaitQueue {
  final String name;
  private final MachineCore machine;
  private @Nullable SimThread first;
  private @Nullable SimThread last;
  private @Nullable ArrayList<Runnable> observers;

  SimWaitQueue(MachineCore machine, String name) {
    this.machine = machine;
    this.name = name;
  }

  @Override
  public int sleep() {
    return sleep(NEVER, false);
  }

  @Override
  public int sleepInterruptibly() {
    return sleep(NEVER, true);
  }

  @Override
  public int sleepUntil(long deadline) {
    return sleep(deadline, false);
  }

  @Override
  public int sleepInterruptiblyUntil(long deadline) {
    return sleep(deadline, true);
  }

  private int sleep(long deadline, boolean interruptible) {
    SimThread thread = machine.current();
    machine.mayKill(thread);
    int refused = thread.maySleep(interruptible);
    if (refused != 0) {
      return refused;
    }
    if (deadline <= machine.now()) {
      return -Errno.ETIME;
    }
    thread.blocks();
    add(thread);
    machine.trace().event("sleep", name, thread.id(), deadline == NEVER ? -1 : deadline);
    machine.mayWakeForNothing(thread);
    if (deadline == NEVER) {
      thread.leave();
    } else {
      leaveUntil(thread, deadline);
    }
    return thread.reason;
  }

  private void leaveUntil(SimThread thread, long deadline) {
    Event timer = machine.schedule(deadline, () -> thread.wake(machine, -Errno.ETIME));
    thread.leave();
    machine.cancel(timer);
  }

  private void add(SimThread thread) {
    thread.sleepsIn = this;
    thread.sleeps++;
    thread.before = last;
    if (last == null) {
      first = thread;
    } else {
      last.behind = thread;
    }
    last = thread;
  }

  void remove(SimThread thread) {
    SimThread before = thread.before;
    SimThread behind = thread.behind;
    if (before == null) {
      first = behind;
    } else {
      before.behind = behind;
    }
    if (behind == null) {
      last = before;
    } else {
      behind.before = before;
    }
    thread.before = null;
    thread.behind = null;
    thread.sleepsIn = null;
  }

  @Override
  public boolean wakeOne() {
    tell();
    SimThread thread = first;
    if (thread == null) {
      return false;
    }
    if (!machine.plants(Plant.DROPPED_WAKE_UP)) {
      thread.wake(machine, 0);
    }
    return true;
  }

  @Override
  public int wakeAll() {
    tell();
    int woken = 0;
    for (SimThread thread = first; thread != null; thread = first) {
      thread.wake(machine, 0);
      woken++;
    }
    return woken;
  }

  private void tell() {
    ArrayList<Runnable> told = observers;
    for (int i = 0; told != null && i < told.size(); i++) {
      told.get(i).run();
    }
  }

  @Override
  public void watch(Runnable observer) {
    ArrayList<Runnable> now = observers;
    ArrayList<Runnable> changed = now == null ? new ArrayList<>(1) : new ArrayList<>(now);
    changed.add(observer);
    observers = changed;
  }

  @Override
  public void unwatch(Runnable observer) {
    ArrayList<Runnable> now = observers;
    if (now != null) {
      ArrayList<Runnable> changed = new ArrayList<>(now);
      changed.remove(observer);
      observers = changed.isEmpty() ? null : changed;
    }
  }

  @Override
  public boolean isEmpty() {
    return first == null;
  }
}
