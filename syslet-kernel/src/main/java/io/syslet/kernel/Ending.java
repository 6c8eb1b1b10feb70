package io.syslet.kernel;

import io.syslet.CallSlots;
import io.syslet.Errno;
import io.syslet.Params;
import io.syslet.Program;
import io.syslet.Syslet;
import io.syslet.ring.Memory;
import java.util.function.Predicate;

/**
 * What happens when a call has ended whose user was answered −ESYSLETPENDING. The same for every
 * kernel:
 *
 * <pre>
 *   the rest of its program, unless the call was canceled, or somebody wants it to end
 *   in flight − 1
 *   the completion
 *   the program is forgotten
 *   the frame is entered as a new task, or its stack is given back
 * </pre>
 *
 * Any thread; one per call.
 */
public final class Ending {
  final Counters counters;
  final Frames frames;
  final PendingLimit limit;
  private final Predicate<Program> launcher;

  /**
   * Makes the endings of a kernel.
   *
   * @param launcher starts a task: false if there are no new tasks any more.
   */
  public Ending(Counters counters, Frames frames, PendingLimit limit, Predicate<Program> launcher) {
    this.limit = limit;
    this.counters = counters;
    this.frames = frames;
    this.launcher = launcher;
  }

  /**
   * Ends a call that was handed over, with the rest of its program.
   *
   * @param callerData of the call, for one that belongs to no program.
   * @param first what the call returned.
   * @return whether it has ended; if not, the submission is another's.
   */
  public boolean ended(StayedBehind worker, Submission of, long callerData, long first) {
    long status = worker.settled(first);
    while (!worker.isCanceled() && of.another(status, worker.asked())) {
      status = next(worker, of);
      if (status == StayedBehind.MOVED) {
        return false;
      }
    }
    complete(worker, of, callerData, status);
    return true;
  }

  private static long next(StayedBehind worker, Submission of) {
    Awaiter awaiter = LookTable.waiting().mayWait(of.call()) ? worker.awaiter() : null;
    long status = awaiter == null ? Awaiter.OTHER : awaiter.make(of.call());
    if (awaiter == null || status == Awaiter.OTHER) {
      return worker.next(of);
    }
    if (status != Awaiter.WAITS) {
      return status;
    }
    if (!worker.letsGo()) {
      int wish = worker.asked();
      return awaiter.drop(wish == 0 ? Errno.ECANCELED : wish);
    }
    awaiter.leave(of, of.callerData());
    return StayedBehind.MOVED;
  }

  /**
   * Ends a call that was handed over and after which nothing is to be made.
   *
   * @param callerData as in {@link #ended}.
   * @param status as in {@link #ended}.
   */
  public void complete(StayedBehind worker, Submission of, long callerData, long status) {
    boolean ended = of.hasEnded();
    counters.posts();
    counters.ended();
    of.owner().decrementAndGet();
    try {
      worker.post(of, of.isProgram() ? of.callerData() : callerData, ended ? of.status() : status);
      of.endProgram();
      long ip = of.ip();
      long sp = of.sp();
      of.frame(0, 0);
      enter(ip, sp, ip != 0 && worker.launch(kernel -> frames.enter(ip, sp)));
    } finally {
      counters.posted();
    }
  }

  /**
   * Completes the call at {@code slot}, whose own result is −132: that means pending and nothing
   * else, so its caller is answered pending and told by the completion.
   */
  void completeOwn132(Submission of, long slot) {
    long callerData = Memory.getLong(slot + CallSlots.PARAMS + Params.CALLER_DATA);
    Memory.putLong(slot + CallSlots.STATUS, -Syslet.ESYSLETPENDING);
    counters.began();
    counters.posts();
    counters.ended();
    of.complete(callerData, -Syslet.ESYSLETPENDING);
    counters.posted();
    long ip = of.ip();
    long sp = of.sp();
    of.frame(0, 0);
    enter(ip, sp, ip != 0 && launcher.test(kernel -> frames.enter(ip, sp)));
  }

  private void enter(long ip, long sp, boolean launched) {
    if (ip != 0 && !launched) {
      frames.give(sp);
    }
  }
}
