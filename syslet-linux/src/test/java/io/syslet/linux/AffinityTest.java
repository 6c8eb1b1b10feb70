package io.syslet.linux;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** What a task starts may run on every CPU that the program may run on. */
class AffinityTest {
  @Test
  void nothingThatATaskStartsIsBoundToACpu() throws Exception {
    String all = allowed();
    int processors = Runtime.getRuntime().availableProcessors();
    Linux.run(
        kernel -> {
          assertThat(allowed()).as("the task itself").isEqualTo(all);
          assertThat(Runtime.getRuntime().availableProcessors()).isEqualTo(processors);
          assertThat(kernel.processors()).isEqualTo(processors);
          assertThat(inThread(Thread.ofPlatform())).as("a thread").isEqualTo(all);
          assertThat(inThread(Thread.ofVirtual())).as("a virtual thread").isEqualTo(all);
          assertThat(CompletableFuture.supplyAsync(AffinityTest::allowed).get())
              .as("the common pool")
              .isEqualTo(all);
          Process child = new ProcessBuilder("cat", "/proc/self/status").start();
          byte[] status = child.getInputStream().readAllBytes();
          assertThat(new String(status, StandardCharsets.UTF_8)).as("a process").contains(all);
        });
  }

  private static String inThread(Thread.Builder builder) throws InterruptedException {
    String[] seen = new String[1];
    builder.start(() -> seen[0] = allowed()).join();
    return seen[0];
  }

  private static String allowed() {
    try {
      return Files.readAllLines(Path.of("/proc/thread-self/status")).stream()
          .filter(line -> line.startsWith("Cpus_allowed_list"))
          .findFirst()
          .orElseThrow();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
