package io.syslet.threads;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.opentest4j.TestAbortedException;

/** The CPUs that a program may use become fewer while it runs, and more again. */
class FewerCpusAgentTest {
  private static final Path GROUPS = Path.of("/sys/fs/cgroup");

  private static final String ONE = "100000";

  /** Microseconds of each tenth of a second, more than there are. */
  private static final String MANY = "" + 2 * 100_000 * Runtime.getRuntime().availableProcessors();

  @BeforeEach
  void severalCpus() {
    Assumptions.assumeTrue(Runtime.getRuntime().availableProcessors() > 1, "needs two CPUs");
  }

  private static AgentJvm jvm() {
    return AgentJvm.with("jmx=on").flags("--enable-native-access=ALL-UNNAMED");
  }

  private static void check(AgentJvm.Ended ended) {
    assertThat(ended.status()).as(ended.err()).isZero();
    Map<String, Integer> said = ended.figures();
    assertThat(said).containsEntry("blocked", 0);
    for (String phase : new String[] {"first", "second", "third"}) {
      assertThat(said.get(phase + "Ticks")).as("%s", said).isGreaterThan(20);
      assertThat(said.get(phase + "Reads")).as("%s", said).isGreaterThan(20);
      assertThat(said.get(phase + "Passes")).as("%s", said).isGreaterThan(100);
    }
  }

  @Test
  void byTheirAffinity() throws Exception {
    check(jvm().run(FewerCpusProgram.class));
  }

  @Test
  void byTheirQuota() throws Exception {
    boolean second = Files.exists(GROUPS.resolve("cgroup.controllers"));
    Path group = makeIn(second ? GROUPS : GROUPS.resolve("cpu"));
    try {
      Path file = group.resolve(second ? "cpu.max" : "cpu.cfs_quota_us");
      Assumptions.assumeTrue(Files.isWritable(file), "may not set a quota here");
      // The JVM follows a quota only if there is one, and of less than all CPUs, when it starts.
      Files.writeString(file, ONE);
      String enter = "echo $$ > " + group.resolve("cgroup.procs") + " && exec \"$@\"";
      check(
          jvm()
              .through("sh", "-c", enter, "sh")
              .run(FewerCpusProgram.class, file.toString(), "100000", MANY));
    } finally {
      Files.delete(group);
    }
  }

  private static Path makeIn(Path group) {
    try {
      return Files.createTempDirectory(group, "syslet-");
    } catch (IOException e) {
      throw new TestAbortedException("may not make a control group here", e);
    }
  }
}
