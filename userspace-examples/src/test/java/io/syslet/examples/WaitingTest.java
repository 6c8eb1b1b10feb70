package io.syslet.examples;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.OperatingSystemMXBean;
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
import java.lang.management.ManagementFactory;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Nothing that waits burns a processor: what counts is the processor time of the process, all of
 * its threads but the JVM's compilers, which are not done yet with what ran before, and that it
 * stays far below the time that went by.
 */
class WaitingTest {
  private static final int CALLS = 8;

  private static long processorNanos() throws IOException {
    OperatingSystemMXBean system =
        (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    long compilers = 0;
    try (DirectoryStream<Path> threads = Files.newDirectoryStream(Path.of("/proc/self/task"))) {
      for (Path thread : threads) {
        compilers += compilerNanos(thread);
      }
    }
    return system.getProcessCpuTime() - compilers;
  }

  /** The processor time of a thread, if it is a compiler's; the first word of its schedstat. */
  private static long compilerNanos(Path thread) {
    try {
      boolean isCompiler = Files.readString(thread.resolve("comm")).matches("C[12] Compiler.*\\n");
      String times = isCompiler ? Files.readString(thread.resolve("schedstat")) : "0 ";
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

  private static void waitsIdly(LinuxKernel kernel, int tasks, Program program) throws Exception {
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
