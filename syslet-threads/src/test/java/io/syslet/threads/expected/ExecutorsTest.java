package io.syslet.threads.expected;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Executors that start a thread for each task. */
@ParameterizedClass
@EnumSource
class ExecutorsTest {
  @Parameter ThreadKind kind = ThreadKind.JDK;

  private ExecutorService executor() {
    return Executors.newThreadPerTaskExecutor(kind.builder().factory());
  }

  @Test
  @SuppressWarnings("ThreadPriorityCheck") // yielding is what is tried
  void closingWaitsForAllTasks() {
    AtomicInteger ended = new AtomicInteger();
    ExecutorService executor = executor();
    try (executor) {
      for (int i = 0; i < 1000; i++) {
        executor.execute(
            () -> {
              Thread.yield();
              ended.incrementAndGet();
            });
      }
    }
    assertThat(ended.get()).isEqualTo(1000);
    assertThat(executor.isTerminated()).isTrue();
    assertThatThrownBy(() -> executor.execute(() -> {}))
        .isInstanceOf(RejectedExecutionException.class);
  }

  @Test
  void resultsAndFailures() throws Exception {
    try (ExecutorService executor = executor()) {
      assertThat(executor.submit(() -> 42).get()).isEqualTo(42);
      Future<Object> failing =
          executor.submit(
              () -> {
                throw new IllegalStateException("on purpose");
              });
      assertThatThrownBy(failing::get)
          .isInstanceOf(ExecutionException.class)
          .hasRootCauseMessage("on purpose");
    }
  }

  @Test
  void cancellingInterrupts() throws Exception {
    try (ExecutorService executor = executor()) {
      Future<Object> sleeping =
          executor.submit(
              () -> {
                Thread.sleep(1_000_000);
                return "never";
              });
      assertThatThrownBy(() -> sleeping.get(10, TimeUnit.MILLISECONDS))
          .isInstanceOf(TimeoutException.class);
      assertThat(sleeping.cancel(true)).isTrue();
    }
  }

  @Test
  void shutDownNowInterruptsAll() throws Exception {
    ExecutorService executor = executor();
    for (int i = 0; i < 10; i++) {
      var _ = executor.submit(() -> sleepLong());
    }
    assertThat(executor.shutdownNow()).isEmpty();
    assertThat(executor.awaitTermination(1, TimeUnit.DAYS)).isTrue();
  }

  private static Object sleepLong() throws InterruptedException {
    Thread.sleep(1_000_000);
    return "never";
  }

  @Test
  void allAndAny() throws Exception {
    List<Callable<Integer>> tasks = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      int n = i;
      tasks.add(() -> n);
    }
    try (ExecutorService executor = executor()) {
      int sum = 0;
      for (Future<Integer> each : executor.invokeAll(tasks)) {
        sum += each.get();
      }
      assertThat(sum).isEqualTo(190);
      assertThat(executor.invokeAny(tasks)).isBetween(0, 19);
    }
  }

  @Test
  void servesCompletableFutures() {
    try (ExecutorService executor = executor()) {
      assertThat(
              CompletableFuture.supplyAsync(() -> 20, executor)
                  .thenApplyAsync(n -> n + 1, executor)
                  .thenCombineAsync(
                      CompletableFuture.supplyAsync(() -> 2, executor), (a, b) -> a * b)
                  .join())
          .isEqualTo(42);
    }
  }
}
