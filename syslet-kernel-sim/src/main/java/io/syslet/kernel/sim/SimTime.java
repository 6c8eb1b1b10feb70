package io.syslet.kernel.sim;

import io.syslet.Errno;
import io.syslet.kernel.Canceler;
import io.syslet.kernel.Cancellation;
import io.syslet.kernel.PendingCall;

/** The machine's time, for a task that waits for calls to end. A call that was signalled knows. */
final class SimTime implements Canceler.Time {
  private final SimSystem system;

  SimTime(SimSystem system) {
    this.system = system;
  }

  @Override
  public long now() {
    return system.machine.now();
  }

  /** Who is being killed cannot sleep; its time passes all the same. */
  @Override
  public void pause(long nanos) {
    if (system.changes().sleepUntil(now() + nanos) == -Errno.EINTR) {
      system.machine.charge(nanos);
    }
  }

  @Override
  public void remind(PendingCall call, Cancellation wish) {}
}
