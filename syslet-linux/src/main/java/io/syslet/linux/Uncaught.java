package io.syslet.linux;

/** What is thrown on one of our threads, by others' code or for want of memory. */
final class Uncaught {
  private Uncaught() {}

  /** Tells the current thread's handler, as the JVM does when a thread ends; the thread goes on. */
  static void report(Throwable thrown) {
    Thread current = Thread.currentThread();
    try {
      current.getUncaughtExceptionHandler().uncaughtException(current, thrown);
    } catch (RuntimeException | Error e) {
      // As the JVM does.
    }
  }
}
