package io.syslet.threads;

import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ThreadFactory;

/**
 * Virtual threads that never stall a processor, on one scheduler for the whole JVM. Each is a
 * virtual thread of the JDK in every respect but its carriers; one that it starts is a threadlet,
 * too. The scheduler starts when the first is asked for. Under the agent all virtual threads are
 * threadlets, and these are the same.
 *
 * <p>Needs Linux, a JDK 25, and the flags {@code --add-opens java.base/java.lang=ALL-UNNAMED},
 * {@code --add-exports java.base/jdk.internal.misc=ALL-UNNAMED} and {@code
 * --enable-native-access=ALL-UNNAMED}. Where something is missing, these are the JDK's own virtual
 * threads, and the log says why.
 */
public final class Threadlets {
  /** A system property that the agent sets where it runs. */
  static final String AGENT = "syslet.threadlets.agent";

  private Threadlets() {}

  /** A builder of threadlets: names, inheritance and handlers as with {@link Thread#ofVirtual}. */
  public static Thread.Builder.OfVirtual ofVirtual() {
    return Shared.SCHEDULER.ofVirtual();
  }

  /** Starts a threadlet, as {@link Thread#startVirtualThread} does. */
  public static Thread startVirtualThread(Runnable task) {
    return ofVirtual().start(task);
  }

  /** A factory of threadlets without names. */
  public static ThreadFactory threadFactory() {
    return Shared.SCHEDULER.threadFactory();
  }

  /** An executor that starts a threadlet for each task, as the JDK's of this name does. */
  public static ExecutorService newVirtualThreadPerTaskExecutor() {
    return Shared.SCHEDULER.newVirtualThreadPerTaskExecutor();
  }

  /**
   * The figures, and the setter of the limit; none where these are the JDK's own virtual threads,
   * or the agent's, whose figures are its MXBean's.
   */
  public static Optional<ThreadletsMXBean> figures() {
    return Shared.SCHEDULER.figures();
  }

  /** Whether what is made here are threadlets, and not the JDK's own virtual threads. */
  public static boolean isActive() {
    return Shared.SCHEDULER.isActive();
  }

  /** Why they are not, if they are not: one line. */
  public static Optional<String> whyNot() {
    return Shared.SCHEDULER.whyNot();
  }

  /** Made when first needed. */
  private static final class Shared {
    static final ThreadletScheduler SCHEDULER =
        System.getProperty(AGENT) != null
            ? ThreadletScheduler.passThrough(null)
            : ThreadletScheduler.open(ThreadletScheduler.defaults());
  }
}
