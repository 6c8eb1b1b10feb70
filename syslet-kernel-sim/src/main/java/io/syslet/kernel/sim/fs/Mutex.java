package io.syslet.kernel.sim.fs;

import io.syslet.kernel.sim.WaitQueue;

/** Held across sleeps by one task; others sleep. */
final class Mutex {
  private final WaitQueue queue;
  private boolean held;

  Mutex(WaitQueue queue) {
    this.queue = queue;
  }

  /** Takes it: 0, or what {@link WaitQueue#sleep} says and then it was not taken. */
  int lock() {
    while (held) {
      int slept = queue.sleep();
      if (slept < 0) {
        if (!held) {
          queue.wakeOne();
        }
        return slept;
      }
    }
    held = true;
    return 0;
  }

  void unlock() {
    held = false;
    queue.wakeOne();
  }
}
