package io.syslet.threads;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Threadlets run on our workers, and so does what they start. */
class ThreadletsTest {
  @BeforeEach
  void aMachineThatAllowsThem() {
    Assumptions.assumeTrue(Threadlets.isActive(), () -> Threadlets.whyNot().orElse(""));
  }

  @Test
  void aThreadletRunsOnAWorkerOfOurs() throws Exception {
    String[] where = {""};
    Threadlets.startVirtualThread(() -> where[0] = Thread.currentThread().toString()).join();
    assertThat(where[0]).contains("@threadlets");
  }

  @Test
  void whatAThreadletStartsIsOne() throws Exception {
    CompletableFuture<String> where = new CompletableFuture<>();
    Threadlets.startVirtualThread(
        () -> Thread.startVirtualThread(() -> where.complete(Thread.currentThread().toString())));
    assertThat(where.get()).contains("@threadlets");
  }

  @Test
  void soIsATaskOfTheExecutor() throws Exception {
    try (ExecutorService executor = Threadlets.newVirtualThreadPerTaskExecutor()) {
      assertThat(executor.submit(() -> Thread.currentThread().toString()).get())
          .contains("@threadlets");
    }
  }

  @Test
  void aSchedulerOfOnesOwn() throws Exception {
    String[] where = {""};
    try (ThreadletScheduler own =
        ThreadletScheduler.open(ThreadletScheduler.defaults().name("own").processors(1))) {
      own.ofVirtual().name("x").start(() -> where[0] = Thread.currentThread().toString()).join();
      assertThat(own.isActive()).isTrue();
      assertThat(own.whyNot()).isEmpty();
      assertThat(own.figures()).isPresent();
    }
    assertThat(where[0]).contains(",x]").contains("@own");
  }

  /** The JDK does not promise it: its pool may never look at the queue that the last one is in. */
  @Test
  @SuppressWarnings("ThreadPriorityCheck") // yielding is what is tried
  void yieldingLetsOthersRun() throws Exception {
    AtomicBoolean stop = new AtomicBoolean();
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < 2 * Runtime.getRuntime().availableProcessors(); i++) {
      threads.add(
          Threadlets.startVirtualThread(
              () -> {
                while (!stop.get()) {
                  Thread.yield();
                }
              }));
    }
    threads.add(Threadlets.startVirtualThread(() -> stop.set(true)));
    for (Thread thread : threads) {
      thread.join();
    }
  }
}
