package io.syslet.linux;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.syslet.Errno;
import java.io.BufferedReader;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Programs of calls end right though the machine gives less than there seems to be: a quota, one
 * processor, other processors from one moment to the next, no more threads. Skipped where no
 * control group can be made.
 */
class ControlGroupTest {
  private static final long SEED = Long.getLong("syslet.seed", System.nanoTime());
  private static final int PROGRAMS = 2000;
  private static final int FEW = 200;
  private static final int QUOTA_PER_CENT = 20;
  private static final int THREADS = 100;

  @TempDir private Path folder;

  /** Makes a change whenever the programs have come further. */
  private interface Change {
    void make(int number) throws Exception;
  }

  private void run(ControlGroup group, int programs, Change change) throws Exception {
    List<String> command =
        OtherJvm.command(ManyPrograms.class, "", folder.toString(), "" + SEED, "" + programs);
    Process process = new ProcessBuilder(group.inside(command)).redirectErrorStream(true).start();
    StringBuilder said = new StringBuilder();
    try (BufferedReader out = process.inputReader()) {
      int lines = 0;
      for (String line = out.readLine(); line != null; line = out.readLine()) {
        said.append(line).append('\n');
        change.make(lines++);
      }
      assertThat(process.waitFor()).as(said::toString).isZero();
      assertThat(said).as("seed " + SEED).containsPattern("blocked [1-9]");
    } finally {
      process.destroyForcibly().waitFor();
    }
  }

  @Test
  void whileTheProcessorsChange() throws Exception {
    assumeTrue(Runtime.getRuntime().availableProcessors() > 1, "needs two processors");
    String[] sets = {"0", "1", "0-1"};
    try (ControlGroup group = ControlGroup.ofProcessors("0-1")) {
      run(group, PROGRAMS, number -> group.allow(sets[number % sets.length]));
    }
  }

  /** Nobody can keep the deadline: the call is not made, and the task goes on. */
  @ParameterizedTest
  @ValueSource(strings = {"linux", "plain"})
  void withoutAThreadForItsDeadlineACallIsRefused(String kernel) throws Exception {
    assertThat(withoutThreads(kernel))
        .contains("without: " + -Errno.EAGAIN, "with: " + -Errno.ETIMEDOUT)
        .contains("framed without: 1", "framed with: 2");
  }

  /** They have been answered already: a worker makes them. */
  @Test
  void withoutAThreadForAHelperItsCallsAreMade() throws Exception {
    assertThat(withoutThreads("punting"))
        .contains("succeeded: 5")
        .containsPattern("pending: [1-5]");
  }

  private static String withoutThreads(String kernel) throws Exception {
    try (ControlGroup group = ControlGroup.ofThreads(THREADS)) {
      List<String> command = OtherJvm.command(NoMoreThreads.class, "", kernel);
      Process process = new ProcessBuilder(group.inside(command)).start();
      try {
        String said = new String(process.getInputStream().readAllBytes(), UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
        return said;
      } finally {
        process.destroyForcibly().waitFor();
      }
    }
  }

  @Test
  void onOneProcessor() throws Exception {
    try (ControlGroup group = ControlGroup.ofProcessors("0")) {
      run(group, PROGRAMS, number -> {});
    }
  }

  @Test
  void underAQuota() throws Exception {
    try (ControlGroup group = ControlGroup.ofPerCent(QUOTA_PER_CENT)) {
      run(group, FEW, number -> {});
    }
  }
}
