package io.syslet.threads.expected;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.HotSpotDiagnosticMXBean;
import com.sun.management.HotSpotDiagnosticMXBean.ThreadDumpFormat;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Stack traces and thread dumps, also of threads that run meanwhile. */
@ParameterizedClass
@EnumSource
class DumpsTest {
  @Parameter ThreadKind kind = ThreadKind.JDK;

  @Test
  void theStackOfAThreadThatIsParked() throws Exception {
    Thread thread = kind.start(DumpsTest::parkHere);
    Eventually.is(thread, Thread.State.WAITING);
    assertThat(methods(thread)).contains("parkHere", "park");
    assertThat(Thread.getAllStackTraces()).doesNotContainKey(thread);
    LockSupport.unpark(thread);
    thread.join();
    assertThat(thread.getStackTrace()).isEmpty();
  }

  private static void parkHere() {
    LockSupport.park();
  }

  private static List<String> methods(Thread thread) {
    return java.util.Arrays.stream(thread.getStackTrace())
        .map(StackTraceElement::getMethodName)
        .toList();
  }

  @Test
  void theStackOfAThreadThatRuns() throws Exception {
    AtomicBoolean stop = new AtomicBoolean();
    Thread thread = kind.start(() -> spinHere(stop));
    Eventually.holds(() -> methods(thread).contains("spinHere"));
    stop.set(true);
    thread.join();
  }

  private static void spinHere(AtomicBoolean stop) {
    while (!stop.get()) {
      Thread.onSpinWait();
    }
  }

  @Test
  void aDumpHasTheThreadsOfAnExecutor(@TempDir Path folder) throws Exception {
    CountDownLatch end = new CountDownLatch(1);
    List<Thread> made = new ArrayList<>();
    ThreadFactory factory = kind.builder().name("dumped-", 0).factory();
    try (ExecutorService threads =
        Executors.newThreadPerTaskExecutor(body -> add(made, factory.newThread(body)))) {
      for (int i = 0; i < 3; i++) {
        threads.execute(() -> await(end));
      }
      // Dumping threads that are about to park can crash JDK 25, JDK-8364343.
      made.forEach(thread -> Eventually.is(thread, Thread.State.WAITING));
      assertThat(dump(folder.resolve("text"), ThreadDumpFormat.TEXT_PLAIN))
          .contains("dumped-0")
          .contains("dumped-2");
      assertThat(dump(folder.resolve("json"), ThreadDumpFormat.JSON)).contains("dumped-1");
      end.countDown();
    }
  }

  private static Thread add(List<Thread> made, Thread thread) {
    made.add(thread);
    return thread;
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String dump(Path file, ThreadDumpFormat format) throws Exception {
    ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class)
        .dumpThreads(file.toString(), format);
    return Files.readString(file);
  }

  /** A dump suspends a thread that has parked, and submits it again: nothing may get lost. */
  @Test
  @SuppressWarnings("ThreadPriorityCheck") // yielding is what is tried
  void nothingIsLostWhileStacksAreLookedAt() throws Exception {
    AtomicInteger ended = new AtomicInteger();
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      threads.add(
          kind.start(
              () -> {
                for (int j = 0; j < 200; j++) {
                  LockSupport.parkNanos(100_000);
                  Thread.yield();
                }
                ended.incrementAndGet();
              }));
    }
    while (threads.stream().anyMatch(Thread::isAlive)) {
      threads.forEach(Thread::getStackTrace);
    }
    assertThat(ended.get()).isEqualTo(20);
  }
}
