package io.syslet.server;

import io.syslet.ring.HostCalls;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Assumptions;

/**
 * Another user of this host: a thread whose effective user is another's, as syscall(2) makes it,
 * which libc's setresuid would do to all threads. Needs root; a test without it is skipped.
 */
public final class AsUser {
  /** Some user who is nobody here. */
  public static final int SOMEBODY = 61_234;

  private static final long SETRESUID = 117;

  private AsUser() {}

  /** Skips the test unless we are root. */
  public static void needsRoot() {
    Assumptions.assumeTrue(
        System.getProperty("os.arch").equals("amd64") && io.syslet.client.Users.own() == 0,
        "only root can be somebody else");
  }

  /** Has something done by him: what it says. What it needs must have been loaded before. */
  public static <T> T run(Callable<T> action) throws Exception {
    FutureTask<T> task =
        new FutureTask<>(
            () -> {
              long error = HostCalls.call(SETRESUID, -1, SOMEBODY, -1, 0, 0, 0);
              if (error != 0) {
                throw new IllegalStateException("setresuid: " + error);
              }
              return action.call();
            });
    Thread thread = new Thread(task, "somebody");
    thread.start();
    try {
      return task.get();
    } catch (java.util.concurrent.ExecutionException e) {
      throw e.getCause() instanceof Exception cause ? cause : e;
    }
  }
}
