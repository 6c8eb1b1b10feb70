package io.syslet.linux;

import static org.assertj.core.api.Assertions.assertThat;

import io.syslet.Errno;
import io.syslet.Kernel;
import io.syslet.Nr;
import io.syslet.Task;
import io.syslet.ring.CompletionRing;
import java.lang.foreign.Arena;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Tasks go on after their kernel was closed, whatever they were doing, and are refused. */
class AfterCloseTest {
  private static final long TIMEOUT_NANOS = 50_000_000;
  private static final long REFUSED = -Errno.ESHUTDOWN;

  private final CountDownLatch closed = new CountDownLatch(1);
  private final CompletionRing ring = CompletionRing.allocate(Arena.global(), 8, 0);
  private final Map<String, CompletableFuture<Long>> results = new LinkedHashMap<>();

  @Test
  void everyTaskGoesOnAndIsRefused() throws Exception {
    LinuxKernel kernel = LinuxKernel.boot(Linux.options());
    start(kernel, "sleeps", AfterCloseTest::sleep);
    start(kernel, "waits", k -> waitAndCall(k));
    start(kernel, "computes", k -> computeAndCall(k));
    start(kernel, "calls", AfterCloseTest::callUntilRefused);
    start(kernel, "waits in a ring", k -> waitInRing(k));
    start(kernel, "waits for a while", k -> waitForNothing(k));
    Thread.sleep(100);
    kernel.close();
    closed.countDown();
    int entry = ring.producer().reserve();
    ring.producer().arm(entry, 1);
    ring.producer().complete(entry, 0);
    for (Map.Entry<String, CompletableFuture<Long>> result : results.entrySet()) {
      long refused = result.getValue().get(60, TimeUnit.SECONDS);
      assertThat(refused).as(result.getKey()).isEqualTo(REFUSED);
    }
  }

  private interface Doing {
    long run(Kernel kernel) throws Exception;
  }

  private void start(Kernel kernel, String name, Doing what) {
    CompletableFuture<Long> result = new CompletableFuture<>();
    results.put(name, result);
    Task _ =
        kernel.start(
            k -> {
              try {
                result.complete(what.run(k));
              } catch (Throwable e) {
                result.completeExceptionally(e);
              }
            });
  }

  private static long call(Kernel kernel) {
    return kernel.syscall(Nr.GETPPID, 0, 0, 0);
  }

  private static long sleep(Kernel kernel) {
    Threads.sleep(500);
    return call(kernel);
  }

  private long waitAndCall(Kernel kernel) throws InterruptedException {
    closed.await();
    return call(kernel);
  }

  private long waitInRing(Kernel kernel) {
    long waited = kernel.ringWait(ring, ring.tail());
    return waited == 0 ? call(kernel) : waited;
  }

  private long computeAndCall(Kernel kernel) {
    while (closed.getCount() > 0) {
      Thread.onSpinWait();
    }
    return call(kernel);
  }

  private static long callUntilRefused(Kernel kernel) {
    long result = call(kernel);
    while (result > 0) {
      Threads.sleep(1);
      result = call(kernel);
    }
    return result;
  }

  private long waitForNothing(Kernel kernel) throws InterruptedException {
    CompletionRing other = CompletionRing.allocate(Arena.global(), 8, 1);
    closed.await();
    long waited = kernel.ringWait(other, other.tail(), 1, TIMEOUT_NANOS);
    return waited == -Errno.ETIME ? call(kernel) : waited;
  }
}
