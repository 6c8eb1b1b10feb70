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
      return calls();
    } catch (RuntimeException | LinkageError e) {
      return rootMessage(e);
    }
  }

  private static String calls() {
    if (!Affinity.isAllowed()) {
      return "sched_setaffinity is refused here";
    }
    return Affinity.isPriorityAllowed() ? "" : "sched_setscheduler is refused here";
  }

  private static String rootMessage(Throwable e) {
    Throwable root = e;
    while (root.getCause() != null && root instanceof LinkageError) {
      root = root.getCause();
    }
    return String.valueOf(root.getMessage());
  }
}
