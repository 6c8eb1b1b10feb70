package io.syslet.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.syslet.Nr;
import io.syslet.examples.cli.SysletProcess.Ended;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Commands to which the kernel refuses something: they do without it, or say so in one line. */
class RestrictedTest {
  private static final int EACCES = 13;
  private static final int ENOSYS = 38;
  private static final Path CGROUP = Path.of("/sys/fs/cgroup");

  @TempDir private static Path tools;

  @TempDir Path tree = Path.of("");
  private Path group = Path.of("");

  private static void assertOneLine(Ended ended, String line) {
    assertThat(ended.err()).isEqualTo("syslet: " + line + "\n");
    assertThat(ended.status()).isEqualTo(Main.INCOMPLETE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"walk .", "async-ready .", "basic", "serve --journal off --http off"})
  void noNativeCodeIsOneLine(String line) throws Exception {
    String readAndExecute = Nr.MPROTECT + ":2=5";
    SysletProcess process =
        Refuse.in(tools).process(EACCES, readAndExecute).flag("-Djava.io.tmpdir=/proc");
    assertOneLine(
        process.run(line.split(" ")),
        "cannot run here: executable pages are refused here (mprotect)");
  }

  @ParameterizedTest
  @ValueSource(strings = {"walk", "async-ready"})
  void withoutStatxTheOlderCallTellsTheSame(String command) throws Exception {
    Files.writeString(Files.createDirectory(tree.resolve("d")).resolve("f"), "12345");
    Ended without = Refuse.in(tools).process(ENOSYS, "" + Nr.STATX).run(command, tree.toString());
    Ended with = SysletProcess.plain().run(command, tree.toString());
    assertThat(without.err()).isEmpty();
    assertThat(without.status()).isZero();
    assertThat(firstLine(without)).isEqualTo(firstLine(with));
  }

  private static String firstLine(Ended ended) {
    return ended.out().lines().findFirst().orElse("");
  }

  @Test
  void withoutAffinityItRunsWhereItLikes() throws Exception {
    for (long call : new long[] {Nr.SCHED_SETAFFINITY, Nr.SCHED_GETAFFINITY}) {
      Ended ended = Refuse.in(tools).process(ENOSYS, "" + call).run("basic");
      assertThat(ended.err()).doesNotContain("syslet: ");
      assertThat(ended.status()).isZero();
      assertThat(ended.out()).contains("in flight: 1\n", "read, the pipe empty: 6\n");
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {12, 14, 16, 18, 20, 22})
  void noThreadsIsOneLineOrNoFailure(int limit) throws Exception {
    makeGroup(limit);
    String script = "echo $$ >" + group + "/cgroup.procs; exec \"$@\"";
    Ended ended = SysletProcess.by("sh", "-c", script, "sh").run("walk", tree.toString());
    if (ended.status() != Main.OK) {
      assertOneLine(
          ended, "no thread could be started: see ulimit -u and the pids limit of the cgroup");
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {16, 24, 32, 40, 64})
  void fewDescriptorsAreOneLineOrNoFailure(int limit) throws Exception {
    Assumptions.assumeTrue(Files.isExecutable(Path.of("/usr/bin/prlimit")), "no prlimit");
    for (String command : new String[] {"walk", "heads"}) {
      Ended ended = SysletProcess.by("prlimit", "--nofile=" + limit).run(command, tree.toString());
      if (ended.status() != Main.OK) {
        assertThat(ended.err()).startsWith("syslet: ").hasLineCount(1);
        assertThat(ended.status()).isEqualTo(Main.INCOMPLETE);
      } else {
        assertThat(ended.err()).isEmpty();
      }
    }
  }

  @Test
  void withoutProcTheWalkIsRight() throws Exception {
    String script =
        "mount -t tmpfs none /proc 2>/dev/null || exit 99; LD_LIBRARY_PATH=%s/lib exec \"$@\""
            .formatted(System.getProperty("java.home"));
    Assumptions.assumeTrue(Files.isExecutable(Path.of("/usr/bin/unshare")), "no unshare");
    String[] before = {"unshare", "-m", "sh", "-c", script, "sh"};
    Ended without = SysletProcess.by(before).run("walk", tree.toString());
    Assumptions.assumeTrue(without.status() != 99 && !without.err().startsWith("unshare"), "mount");
    assertThat(without.err()).isEmpty();
    assertThat(without.status()).isZero();
    Ended with = SysletProcess.plain().run("walk", tree.toString());
    assertThat(firstLine(without)).isEqualTo(firstLine(with));
  }

  private void makeGroup(int limit) throws IOException {
    Path pids = CGROUP.resolve("pids");
    Path parent = Files.isDirectory(pids) ? pids : CGROUP;
    Assumptions.assumeTrue(Files.isWritable(parent), "no pids cgroup to write to");
    group = Files.createDirectory(parent.resolve("syslet-test-" + System.nanoTime()));
    Assumptions.assumeTrue(Files.exists(group.resolve("pids.max")), "no pids cgroup");
    Files.writeString(group.resolve("pids.max"), "" + limit);
  }

  @AfterEach
  void removeGroup() throws Exception {
    if (group.isAbsolute()) {
      while (!Files.readString(group.resolve("cgroup.procs")).isEmpty()) {
        Thread.sleep(10);
      }
      Files.delete(group);
    }
  }
}
