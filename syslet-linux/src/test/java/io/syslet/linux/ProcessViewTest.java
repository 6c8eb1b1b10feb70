package io.syslet.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.syslet.Calls;
import io.syslet.Kernel;
import io.syslet.KernelStats;
import io.syslet.Sys;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.NoSuchFileException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What a process shares of its counters is what it counts itself. */
class ProcessViewTest {
  private static final int READS = 5;

  private static Optional<SchedulerView> find(ProcessView process, String name) throws IOException {
    return process.schedulers().stream()
        .filter(view -> view.name().equals(name))
        .reduce((a, b) -> b);
  }

  private static SchedulerView only(ProcessView process, String name) throws IOException {
    return find(process, name).orElseThrow();
  }

  @Test
  void aKernelsFiguresAreItsOwn() throws Exception {
    try (ProcessView process = new ProcessView(ProcessHandle.current().pid());
        LinuxKernel kernel = LinuxKernel.boot(LinuxOptions.defaults().reactor(false))) {
      kernel.run(k -> makeCalls(k, () -> compare(only(process, "linux"), kernel)));
      SchedulerView view = only(process, "linux");
      assertThat(view.isKernel()).isTrue();
      assertThat(view.calls().inFlight()).isZero();
      assertThat(view.calls().calls()).isEqualTo(kernel.stats().calls());
      assertThat(view.openedAt()).isLessThanOrEqualTo(System.currentTimeMillis());
    }
  }

  private static void compare(SchedulerView view, Kernel kernel) {
    KernelStats before = kernel.stats();
    KernelStats seen = view.calls();
    KernelStats after = kernel.stats();
    assertThat(seen.inFlight()).isEqualTo(READS);
    assertThat(seen.pending()).isBetween(before.pending(), after.pending());
    assertThat(seen.maxInFlight()).isEqualTo(after.maxInFlight());
    assertThat(seen.calls()).isBetween(before.calls() - 64, after.calls());
    assertThat(seen.workers()).isBetween(before.workers(), after.workers());
    assertThat(seen.detector()).isIn(before.detector(), after.detector());
    SchedulerStats threads = view.threads();
    assertThat(threads.mounted()).isEqualTo(1);
    assertThat(threads.workers()).isGreaterThan(READS);
    awaitRunningOrBlocked(view);
  }

  /**
   * Whoever seemed asleep, while it looked, has lost its processor until its next call, and who
   * took that away, at the lowest priority, writes down a moment later that it sleeps.
   */
  private static void awaitRunningOrBlocked(SchedulerView view) {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
    while (view.running() + view.threads().blocked() == 0 && System.nanoTime() < deadline) {
      Thread.onSpinWait();
    }
    assertThat(view.running() + view.threads().blocked()).isPositive();
  }

  private interface Look {
    void at() throws IOException;
  }

  private static void makeCalls(Kernel kernel, Look look) throws IOException {
    try (Calls calls = Calls.of(kernel)) {
      MemorySegment pipe = calls.allocate(8);
      calls.pipe2(pipe, Sys.O_CLOEXEC).awaitOrThrow();
      MemorySegment buffer = calls.allocate(READS);
      for (int i = 0; i < READS; i++) {
        calls.read(pipe.get(ValueLayout.JAVA_INT, 0), buffer.asSlice(i, 1)).then(status -> {});
      }
      calls.submit();
      try {
        look.at();
      } finally {
        calls.write(pipe.get(ValueLayout.JAVA_INT, 4), calls.allocate(READS)).awaitOrThrow();
      }
      calls.awaitAll();
      calls.close(pipe.get(ValueLayout.JAVA_INT, 0)).awaitOrThrow();
      calls.close(pipe.get(ValueLayout.JAVA_INT, 4)).awaitOrThrow();
    }
  }

  @Test
  void whatIsClosedIsGone() throws Exception {
    try (ProcessView process = new ProcessView(ProcessHandle.current().pid())) {
      try (Scheduler scheduler = Scheduler.open(SchedulerOptions.defaults().name("seen once"))) {
        SchedulerView view = only(process, "seen once");
        assertThat(view.isKernel()).isFalse();
        assertThat(view.threads().processors()).isEqualTo(scheduler.stats().processors());
        assertThat(view.threads().maxBlocked()).isEqualTo(256);
      }
      assertThat(find(process, "seen once")).isEmpty();
    }
  }

  @Test
  void aThreadThatSleepsOutsideOfACallIsSeenToBeBlocked() throws Exception {
    try (ProcessView process = new ProcessView(ProcessHandle.current().pid());
        Scheduler scheduler = Scheduler.open(SchedulerOptions.defaults().name("asleep"));
        NativePipe pipe = new NativePipe()) {
      CountDownLatch done = new CountDownLatch(1);
      scheduler.execute(
          () -> {
            pipe.await();
            done.countDown();
          });
      SchedulerView view = only(process, "asleep");
      long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
      while (view.threads().blocked() == 0 && System.nanoTime() < deadline) {
        Thread.sleep(1);
      }
      assertThat(view.threads().blocked()).isEqualTo(1);
      assertThat(view.threads().replacements()).isPositive();
      pipe.feed(1);
      assertThat(done.await(20, TimeUnit.SECONDS)).isTrue();
    }
  }

  @Test
  void aProcessWithoutAnyHasNone() throws Exception {
    Process other = new ProcessBuilder("sleep", "60").start();
    try (ProcessView process = new ProcessView(other.pid())) {
      List<SchedulerView> none = process.schedulers();
      assertThat(none).isEmpty();
      other.destroyForcibly().waitFor();
      assertThatThrownBy(process::schedulers).isInstanceOf(NoSuchFileException.class);
    } finally {
      other.destroyForcibly();
    }
  }
}
