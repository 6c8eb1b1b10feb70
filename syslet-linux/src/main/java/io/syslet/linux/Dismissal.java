package io.syslet.linux;

import java.util.concurrent.locks.LockSupport;

/** Has the threads of a kernel that ends leave. */
final class Dismissal {
  private static final int INTERRUPT_ROUNDS = 100;

  private Dismissal() {}

  /** Tells all threads of a kernel to leave, and waits for them: whether all have left. */
  static boolean of(LinuxKernel kernel) {
    Carrier[] workers = kernel.scheduler().carriers.all();
    boolean left = kernel.scheduler().end();
    interruptBlocked(kernel, workers);
    left &= kernel.punts.end();
    for (Carrier worker : workers) {
      left &= kernel.counters.inFlight() > 0 ? !worker.isAlive() : Scheduler.join(worker);
    }
    return left;
  }

  /**
   * Gets workers out of calls whose completion has been posted; some sleeps cannot be interrupted.
   */
  private static void interruptBlocked(LinuxKernel kernel, Carrier[] workers) {
    for (int i = 0; i < INTERRUPT_ROUNDS && kernel.counters.inFlight() > 0; i++) {
      for (Carrier worker : workers) {
        worker.interruptCall();
      }
      kernel.punts.each(PuntedCall::interrupt);
      LockSupport.parkNanos(1_000_000);
    }
  }
}
