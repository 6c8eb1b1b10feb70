package io.syslet.linux;

import java.util.Locale;

/**
 * Whether a kernel and a scheduler can work here, tried once, and what is missing. A kernel that
 * may not bind its threads goes without.
 */
final class Support {
  /** Of a kernel: one line, or empty where nothing is missing. */
  static final String KERNEL = kernel();

  /** Of a scheduler for others' threads: one line, or empty where nothing is missing. */
  static final String REASON = KERNEL.isEmpty() ? calls() : KERNEL;

  private Support() {}

  /**
   * Refuses where a scheduler misses something.
   *
   * @throws UnsupportedOperationException says what.
   */
  static void check() {
    require(REASON);
  }

  /**
   * Refuses where a kernel misses something.
   *
   * @throws UnsupportedOperationException says what.
   */
  static void checkKernel() {
    require(KERNEL);
  }

  private static void require(String missing) {
    if (!missing.isEmpty()) {
      throw new UnsupportedOperationException(missing);
    }
  }

  private static String kernel() {
    if (!System.getProperty("os.name", "").toLowerCase(Locale.ROOT).equals("linux")) {
      return "this is no Linux";
    }
    try {
      CarrierThreads.current();
      Native.threadPointer();
      return "";
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

  /** What an error says that was thrown while a class was loaded. */
  static String rootMessage(Throwable e) {
    Throwable root = e;
    while (root.getCause() != null && root instanceof LinkageError) {
      root = root.getCause();
    }
    return String.valueOf(root.getMessage());
  }
}
