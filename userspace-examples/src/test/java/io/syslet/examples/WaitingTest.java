package io.syslet.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.syslet.CallSlots;
import io.syslet.Kernel;
import io.syslet.Nr;
import io.syslet.Program;
import io.syslet.Syslet;
import io.syslet.Task;
import io.syslet.linux.LinuxKernel;
import io.syslet.linux.LinuxOptions;
import io.syslet.ring.CompletionRing;
import io.syslet.ring.Memory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Nothing that waits burns a processor: what counts is the processor time of the threads that are
 * there since the kernel has booted, but the JVM's compilers, which are not done yet with what ran
 * before, and that it stays far below the time that went by.
 */
class WaitingTest {
  private static final int CALLS = 8;

  private final Set<Path> others = threads();

  private static Set<Path> threads() {
    try (Stream<Path> threads = Files.list(Path.of("/proc/self/task"))) {
      return threads.collect(Collectors.toSet());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private long processorNanos() {
    Set<Path> ours = threads();
    ours.removeAll(others);
    return ours.stream().mapToLong(WaitingTest::nanos).sum();
  }

  /** The processor time of a thread that is no compiler, the first word of its schedstat. */
  private static long nanos(Path thread) {
    try {
      boolean isCompiler = Files.readString(thread.resolve("comm")).matches("C[12] Compiler.*\\n");
      String times = isCompiler ? "0 " : Files.readString(thread.resolve("schedstat"));
      return Long.parseLong(times.substring(0, times.indexOf(' ')));
    } catch (IOException e) {
      return 0;
    }
  }

  private static long second(Kernel kernel) {
    long timespec = kernel.arena().allocate(2 * Long.BYTES, Long.BYTES).address();
    Memory.putLong(timespec, 1);
    Memory.putLong(timespec + Long.BYTES, 0);
    return timespec;
  }

  private void waitsIdly(LinuxKernel kernel, int tasks, Program program) throws Exception {
    long start = System.nanoTime();
    long used = processorNanos();
    Task[] started = new Task[tasks];
    for (int i = 0; i < tasks; i++) {
      started[i] = kernel.start(program);
    }
    for (Task task : started) {
      task.join();
    }
    long wall = System.nanoTime() - start;
    assertThat(wall).isGreaterThan(900_000_000);
    assertThat(processorNanos() - used).isLessThan(wall / 2);
  }

  private static void plainly(Kernel kernel) {
    kernel.syscall(Nr.NANOSLEEP, second(kernel), 0, 0, 0, 0, 0);
  }

  private static void pending(Kernel kernel) {
    CompletionRing ring = CompletionRing.allocate(kernel.arena(), 64, 0);
    CallSlots slots = CallSlots.allocate(kernel.arena(), CALLS, ring);
    for (int i = 0; i < CALLS; i++) {
      slots.set(i, i, Nr.NANOSLEEP, second(kernel), 0, 0, 0, 0, 0);
    }
    int left = 0;
    for (int i = 0; i < CALLS; i++) {
      assertThat(kernel.indirect(slots, i, 1, 0)).isOne();
      left += slots.status(i) == -Syslet.ESYSLETPENDING ? 1 : 0;
    }
    while (left > 0) {
      kernel.ringWait(ring, ring.tail());
      left -= ring.drain((status, data) -> {}, CALLS);
    }
  }

  private static void asleep(Kernel kernel) {
    try {
      Thread.sleep(1000);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void whateverIsWaitedFor(boolean sentinel) throws Exception {
    try (LinuxKernel kernel = LinuxKernel.boot(LinuxOptions.defaults().sentinel(sentinel))) {
      waitsIdly(kernel, 1, WaitingTest::plainly);
      waitsIdly(kernel, 2 * kernel.processors(), WaitingTest::plainly);
      waitsIdly(kernel, 1, WaitingTest::pending);
      waitsIdly(kernel, 1, WaitingTest::asleep);
    }
  }
}
