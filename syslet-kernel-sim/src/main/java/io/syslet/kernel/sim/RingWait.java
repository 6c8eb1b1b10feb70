package io.syslet.kernel.sim;

import io.syslet.Errno;
import io.syslet.ring.CompletionRing;
import io.syslet.ring.CompletionWord;
import io.syslet.ring.WakeUp;

/**
 * Waiting for rings and words in virtual time. The task sleeps in a queue of the machine, and an
 * action in the ring's bucket wakes it; it registers, looks again, and only then sleeps.
 *
 * <p>A wake-up that concerns a neighbour in the bucket ends here: the task is woken if it would
 * find what it waits for, so other kernels of the process leave no trace in this one.
 */
final class RingWait {
  private static final int WAIT = 1;

  private final VirtualMachine machine;

  RingWait(VirtualMachine machine) {
    this.machine = machine;
  }

  /** How a wait would end now: 0, −errno, or {@link #WAIT}. */
  private interface Look {
    int look();
  }

  /** Where to register. */
  private interface Bell {
    WakeUp onWake(Runnable action);
  }

  /** {@link io.syslet.Kernel#ringWait(CompletionRing, long, int, long)}, by a task. */
  long await(CompletionRing ring, long userIndex, int min, long timeoutNanos) {
    return await(
        () -> ring.waits().poll(userIndex, min),
        ring.waits()::onWake,
        "a ring",
        deadline(timeoutNanos));
  }

  /** {@link io.syslet.Kernel#wordWait}, by a task. */
  long await(CompletionWord word, long timeoutNanos) {
    if (machine.memory.check(word.address(), CompletionWord.LENGTH, true) < 0) {
      return -Errno.EFAULT;
    }
    return await(() -> word.isDone() ? 0 : WAIT, word::onWake, "a word", deadline(timeoutNanos));
  }

  private long deadline(long timeoutNanos) {
    long now = machine.now();
    return timeoutNanos >= WaitQueue.NEVER - now
        ? WaitQueue.NEVER
        : now + Math.max(timeoutNanos, 0);
  }

  private int await(Look condition, Bell bell, String name, long deadline) {
    int found = condition.look();
    if (found != WAIT) {
      return found;
    }
    Sleep sleep = new Sleep(condition, bell, name);
    try {
      return sleep.until(deadline);
    } finally {
      sleep.end();
    }
  }

  /** One wait: registered in the bucket until it ends, again after each wake-up. */
  private final class Sleep {
    private final Look condition;
    private final Bell bell;
    private final SimWaitQueue queue;
    private WakeUp wakeUp;
    private boolean over;

    Sleep(Look condition, Bell bell, String name) {
      this.condition = condition;
      this.bell = bell;
      this.queue = new SimWaitQueue(machine, name);
      this.wakeUp = bell.onWake(this::rung);
    }

    int until(long deadline) {
      for (int found = condition.look(); ; found = condition.look()) {
        if (found != WAIT) {
          return found;
        }
        int slept =
            Thread.currentThread().isInterrupted()
                ? -Errno.EINTR
                : queue.sleepInterruptiblyUntil(deadline);
        if (slept < 0 && condition.look() == WAIT) {
          return slept == -Errno.EINTR ? -Errno.ERESTARTSYS : slept;
        }
      }
    }

    private void rung() {
      if (!machine.isHost()) {
        machine.post(this::rung);
      } else if (!over) {
        wakeUp.close();
        wakeUp = bell.onWake(this::rung);
        if (condition.look() != WAIT && !machine.plants(Plant.DROPPED_WAKE_UP)) {
          queue.wakeAll();
        }
      }
    }

    void end() {
      over = true;
      wakeUp.close();
    }
  }
}
