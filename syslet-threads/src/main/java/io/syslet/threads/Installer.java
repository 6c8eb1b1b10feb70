package io.syslet.threads;

import org.jspecify.annotations.Nullable;

/**
 * The agent, in its own module: makes the scheduler, and puts it where the JDK's default one is.
 */
final class Installer {
  private Installer() {}

  /** Does so, unless the options forbid it; otherwise says why it cannot. */
  static void install(@Nullable String arguments) {
    try {
      install(AgentOptions.parse(arguments));
    } catch (IllegalArgumentException | UnsupportedOperationException | LinkageError e) {
      say(Requirements.reason(e));
    }
  }

  private static void install(AgentOptions options) {
    if (options.off()) {
      say("switched off");
      return;
    }
    NativeAccess.enable(Installer.class.getModule());
    ThreadletPool pool = ThreadletPool.open(options.scheduler());
    install(pool);
    JvmExit.atLast(pool::leave);
    System.setProperty(Threadlets.AGENT, "");
    // Aside: it takes longer than all the rest.
    Thread.ofPlatform().daemon().name("syslet-chores").start(() -> finish(options, pool));
  }

  /** Makes it the JDK's default; or else its threads leave. */
  private static void install(ThreadletPool pool) {
    try {
      LoomScheduler.type()
          .ifPresentOrElse(
              type -> LoomScheduler.install(type, pool), () -> DefaultScheduler.replace(pool));
    } catch (RuntimeException | Error e) {
      pool.close();
      throw e;
    }
  }

  private static void finish(AgentOptions options, ThreadletPool pool) {
    MountNotices.stop();
    if (options.jmx()) {
      pool.figures().register();
    }
  }

  /** On standard error: a logger would be one of the program's, made before it could choose. */
  private static void say(String reason) {
    System.err.println("syslet: " + Requirements.STAY + reason);
  }
}
