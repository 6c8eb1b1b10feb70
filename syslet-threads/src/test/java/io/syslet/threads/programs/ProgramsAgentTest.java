package io.syslet.threads.programs;

import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Programs that nobody here wrote find under the agent what they find without. */
class ProgramsAgentTest {
  @TempDir Path folder = Path.of("");

  @Test
  void luceneSearchesAMappedIndex() throws Exception {
    UnderAgent.finds(64 * 2_000, LuceneProgram.class, folder);
  }

  @Test
  void sqliteCounts() throws Exception {
    UnderAgent.finds(16 * 250, SqliteProgram.class, folder);
  }

  @Test
  void rocksDbKeeps() throws Exception {
    Assumptions.assumeTrue(
        System.getProperty("os.arch").equals("amd64"), "its library is x86-64's");
    UnderAgent.finds(32 * 100, RocksProgram.class, folder);
  }

  @Test
  void tomcatServes() throws Exception {
    UnderAgent.finds(32 * 10 * (4 + 5), TomcatProgram.class, folder);
  }
}
