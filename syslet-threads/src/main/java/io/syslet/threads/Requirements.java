package io.syslet.threads;

/** What threadlets need beyond the scheduler, and how it is said that something is missing. */
final class Requirements {
  /** What is said before the reason, wherever it is said. */
  static final String STAY = "virtual threads stay the JDK's own: ";

  private Requirements() {}

  /**
   * Does nothing, if virtual threads can have a scheduler.
   *
   * @throws UnsupportedOperationException if they are platform threads in this JVM.
   */
  static void check() {
    String type = Thread.ofVirtual().unstarted(() -> {}).getClass().getName();
    if (!type.equals("java.lang.VirtualThread")) {
      throw new UnsupportedOperationException("this JVM has no continuations, but " + type);
    }
  }

  private static boolean isOurs(Throwable thrown) {
    return thrown instanceof UnsupportedOperationException
        || thrown instanceof IllegalArgumentException;
  }

  /** One line that says what went wrong: in our own words, or in those of the first cause. */
  static String reason(Throwable thrown) {
    String reason = "";
    for (Throwable t = thrown; t != null; t = isOurs(t) ? null : t.getCause()) {
      reason = isOurs(t) ? String.valueOf(t.getMessage()) : t.toString();
    }
    return reason.lines().findFirst().orElse(reason);
  }
}
