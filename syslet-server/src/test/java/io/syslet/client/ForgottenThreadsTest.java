package io.syslet.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.syslet.Nr;
import io.syslet.server.Served;
import java.lang.ref.WeakReference;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Plain threads that call once and end: nobody joins them for the kernel. */
class ForgottenThreadsTest {
  /** A task is lent some 33 KB. */
  private static final long ARENA = 1 << 18;

  private static final int THREADS = 20;
  @TempDir private Path folder;

  @Test
  void whatTheyWereLentIsLentAgain() throws Exception {
    try (Served served = Served.in(folder);
        RemoteKernel kernel =
            RemoteKernel.connect(served.unix(), served.client().share(ARENA, 64))) {
      for (int i = 0; i < THREADS; i++) {
        WeakReference<Thread> thread = callOnce(kernel);
        while (thread.get() != null) {
          System.gc();
        }
      }
    }
  }

  private static WeakReference<Thread> callOnce(RemoteKernel kernel) throws Exception {
    CompletableFuture<Long> result = new CompletableFuture<>();
    Thread thread =
        new Thread(
            () -> {
              try {
                result.complete(kernel.syscall(Nr.GETPID, 0, 0, 0));
              } catch (OutOfMemoryError e) {
                result.completeExceptionally(e);
              }
            });
    thread.start();
    thread.join();
    assertThat(result.get()).isPositive();
    return new WeakReference<>(thread);
  }
}
