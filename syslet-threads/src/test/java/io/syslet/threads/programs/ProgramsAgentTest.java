package io.syslet.threads.programs;

import static org.assertj.core.api.Assertions.assertThat;

import io.syslet.threads.AgentJvm;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Programs that nobody here wrote find under the agent what they find without. */
class ProgramsAgentTest {
  @TempDir Path folder = Path.of("");

  private void finds(long sum, Class<?> program) throws Exception {
    AgentJvm.Ended ended =
        AgentJvm.with("jmx=off")
            .flags("--enable-native-access=ALL-UNNAMED", "-Xmx256m")
            .run(program, folder.toString());
    assertThat(ended.out()).as(ended.err()).contains("sum " + sum).contains("@threadlets");
    assertThat(ended.err()).doesNotContain("Exception");
    assertThat(ended.status()).isZero();
  }

  @Test
  void luceneSearchesAMappedIndex() throws Exception {
    finds(64 * 2_000, LuceneProgram.class);
  }

  @Test
  void sqliteCounts() throws Exception {
    finds(16 * 250, SqliteProgram.class);
  }

  @Test
  void rocksDbKeeps() throws Exception {
    Assumptions.assumeTrue(
        System.getProperty("os.arch").equals("amd64"), "its library is x86-64's");
    finds(32 * 100, RocksProgram.class);
  }

  @Test
  void tomcatServes() throws Exception {
    finds(32 * 10 * (4 + 5), TomcatProgram.class);
  }
}
