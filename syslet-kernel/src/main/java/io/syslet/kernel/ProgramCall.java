package io.syslet.kernel;

import io.syslet.Atoms;
import io.syslet.CallSlots;
import io.syslet.Errno;
import io.syslet.Syslet;
import io.syslet.ring.Memory;

/**
 * The entry for a program of atoms: {@code pre} once for the whole of it, then its calls one by
 * one.
 *
 * <pre>
 *   task          carrier                       spare worker
 *   aim, begin
 *   enter ----->  call 1, another?
 *                 call 2, another?
 *                 call 3 blocks: handed over -> takes the task: −ESYSLETPENDING
 *                 call 3 ends, another?
 *                 call 4, plainly, another?
 *                 no: completion, frame
 * </pre>
 *
 * If nothing blocks, the task finds the outcome in the run. A call that needs no worker while it
 * waits is the task's own; a carrier that comes to one gives the program back before it.
 */
final class ProgramCall {
  private final SysletTask task;
  private final CarefulCall careful;

  ProgramCall(SysletTask task, CarefulCall careful) {
    this.task = task;
    this.careful = careful;
  }

  long exec(Atoms atoms, int first, int steps, int flags) {
    if (!atoms.memory().scope().isAlive()) {
      return -Errno.EFAULT;
    }
    boolean exists = first >= 0 && first < atoms.capacity();
    if (!exists || steps < 1 || (flags & ~Syslet.FLAGS) != 0) {
      return -Errno.EINVAL;
    }
    int aimed = careful.aim(atoms.atom(first));
    if (aimed < 0) {
      return aimed;
    }
    if ((flags & Syslet.ATOMIC) != 0 && !task.spareReady()) {
      careful.giveFrame();
      return -Errno.EAGAIN;
    }
    return run(atoms, first, steps, (flags & Syslet.NONBLOCK) != 0);
  }

  private long run(Atoms atoms, int first, int steps, boolean nonBlocking) {
    boolean sync = (Memory.getInt(atoms.atom(first) + Atoms.FLAGS) & Atoms.SYNC) != 0;
    if (sync && task.submission.deadline() != 0) {
      careful.giveFrame();
      return -Errno.EINVAL;
    }
    boolean hasCall = task.submission.begin(atoms, first, steps, nonBlocking, task);
    if (!hasCall || nonBlocking || sync || careful.isPlain()) {
      plainly(hasCall);
    } else if (isHandedOver()) {
      return -Syslet.ESYSLETPENDING;
    }
    long outcome = task.submission.program().outcome();
    task.submission.endProgram();
    careful.giveFrame();
    return outcome;
  }

  /** Makes the calls on the caller's stack; they block if they block. */
  private void plainly(boolean hasCall) {
    Submission mine = task.submission;
    for (boolean has = hasCall; has; ) {
      has = mine.another(task.plainly(mine.call()));
    }
    if (mine.program().outcome() >= 0) {
      task.countInline();
    }
  }

  /** A call has ended without a hand-over: whether there is another, and time for it. */
  private boolean another(Submission mine, long call) {
    boolean late = mine.deadline() != 0 && task.isLate(mine.deadline());
    return mine.another(Memory.getLong(call + CallSlots.STATUS), late ? Errno.ETIMEDOUT : 0);
  }

  private boolean isHandedOver() {
    Submission mine = task.submission;
    long call = mine.call();
    do {
      if (!task.awaits(call)) {
        int _ = task.enter(call, call + CallSlots.LENGTH, true);
      }
      if (task.outcome == SysletTask.PENDING) {
        return true;
      }
    } while (task.outcome == SysletTask.LOOK || (mine.program().hasCall() && another(mine, call)));
    return false;
  }
}
