package io.syslet.threads;

import jdk.internal.access.SharedSecrets;

/**
 * The end of the JVM, which waits up to 300 ms for threads that are in native code, as workers are
 * that have nothing to do. So these leave, when the program's own shutdown hooks have run, which
 * may use virtual threads.
 */
final class JvmExit {
  /** Among the hooks of {@code java.lang.Shutdown}, behind those that the JDK has. */
  private static final int LAST = 9;

  private JvmExit() {}

  /** Runs something at the very end; not at all where the JDK has no place for it. */
  static void atLast(Runnable work) {
    try {
      SharedSecrets.getJavaLangAccess().registerShutdownHook(LAST, true, work);
    } catch (InternalError | LinkageError e) {
      // Another has the place: the end takes longer.
    }
  }
}
