package io.syslet.kernel.sim;

import io.syslet.Errno;
import io.syslet.kernel.CallDescriptors;
import io.syslet.kernel.Cancellation;
import io.syslet.kernel.NamedCall;
import io.syslet.kernel.Nanos;
import org.jspecify.annotations.Nullable;

/**
 * The call of a thread of the machine, as whoever wants to take it back sees it: it is signalled.
 * Inside the machine.
 */
final class SimPending extends NamedCall {
  private final SimThread thread;
  private final MachineCore machine;
  private long turn;
  private boolean underWay;
  private boolean pending;
  private @Nullable Cancellation wish;
  private @Nullable Event timer;

  SimPending(SimThread thread, MachineCore machine) {
    this.thread = thread;
    this.machine = machine;
  }

  /** The time after some nanoseconds, 0 or more: never 0. */
  static long later(SimMachine machine, long nanos) {
    return Math.max(machine.now() + Math.min(nanos, Nanos.FAR), 1);
  }

  // ---- the thread's side

  /** A call, or a program, begins. */
  void begin(long registers, long deadline) {
    turn++;
    underWay = true;
    pending = false;
    wish = null;
    if (deadline != 0) {
      name(registers, 0, 0);
      Cancellation late = new Cancellation(Errno.ETIMEDOUT, turn);
      timer = machine.schedule(deadline, () -> late(late));
    }
  }

  private void late(Cancellation late) {
    int taken = take(late);
    assert taken != 0 : "a call ends later";
  }

  /** The call has been handed over. */
  void handedOver(long registers, long to, long data) {
    name(registers, to, data);
    pending = true;
  }

  /** The next call of a program that was handed over: 0, or the error with which it is not made. */
  int next(long registers, long to, long data) {
    handedOver(registers, to, data);
    return asked();
  }

  /** The errno of the wish that the call end, or 0. */
  int asked() {
    Cancellation now = wish;
    return now == null ? 0 : now.error();
  }

  /** The status of a call that has returned: of one that was interrupted by a wish, its error. */
  long settled(long status) {
    return status == -Errno.EINTR && wish != null ? -asked() : status;
  }

  /** The call, or the program, ends. */
  void end(long status) {
    Event armed = timer;
    if (armed != null) {
      machine.cancel(armed);
    }
    Cancellation now = wish;
    if (now != null) {
      now.ended(status);
    }
    timer = null;
    wish = null;
    underWay = false;
    pending = false;
  }

  // ---- who asks

  @Override
  public long turn() {
    return pending ? turn : 0;
  }

  @Override
  public int take(Cancellation by) {
    if (by.outcome() != Cancellation.ASKED) {
      return by.outcome();
    }
    if (!underWay || turn != by.turn()) {
      return -Errno.ENOENT;
    }
    if (wish == null) {
      wish = by;
      if (!CallDescriptors.closes(nr())) {
        thread.signal(machine);
      }
    }
    return wish == by ? Cancellation.ASKED : -Errno.EALREADY;
  }
}
