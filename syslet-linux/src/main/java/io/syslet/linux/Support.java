package io.syslet.linux;

import java.util.Locale;

/** Whether the scheduler can work here, tried once, and what is missing. */
final class Support {
  /** One line, or empty where nothing is missing. */
  static final String REASON = reason();

  private Support() {}

  /**
   * Refuses where something is missing.
   *
   * @throws UnsupportedOperationException says what.
   */
  static void check() {
    if (!REASON.isEmpty()) {
      throw new UnsupportedOperationException(REASON);
    }
  }

  private static String reason() {
    if (!System.getProperty("os.name", "").toLowerCase(Locale.ROOT).equals("linux")) {
      return "this is no Linux";
    }
    try {
      Thread _ = CarrierThreads.current();
      return inThread();
    } catch (RuntimeException | LinkageError e) {
      return rootMessage(e);
    }
  }

  private static String inThread() {
    Trial trial = new Trial();
    trial.start();
    return Scheduler.join(trial) ? trial.reason : "a trial of the calls needed did not end";
  }

  /** Binds itself to a CPU and lowers its priority, as a sentinel does. */
  private static final class Trial extends Thread {
    private volatile String reason = "";

    Trial() {
      super(null, null, "syslet-trial", 256 << 10, false);
      setDaemon(true);
    }

    @Override
    public void run() {
      int[] allowed = Affinity.allowed();
      long pinned = allowed.length == 0 ? -1 : Affinity.pin(allowed[0]);
      long idle = Affinity.schedIdle();
      if (pinned < 0) {
        reason = "sched_setaffinity is refused here";
      } else if (idle < 0) {
        reason = "sched_setscheduler(SCHED_IDLE) is refused here";
      }
    }
  }

  private static String rootMessage(Throwable e) {
    Throwable root = e;
    while (root.getCause() != null && root instanceof LinkageError) {
      root = root.getCause();
    }
    return String.valueOf(root.getMessage());
  }
}
