package io.syslet.examples;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.syslet.Kernel;
import io.syslet.linux.HandOverPolicy;
import io.syslet.linux.LinuxKernel;
import io.syslet.linux.LinuxOptions;
import java.io.ByteArrayOutputStream;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The walk on the kernel of this machine: the same totals again and again. */
class LinuxWalkTest {
  @TempDir static Path tree = Path.of("");

  private static void makeTree() {
    for (int i = 0; i < 40; i++) {
      try (TreeMaker maker = new TreeMaker(tree)) {
        maker.enter("d" + i).files(50).enter("e").files(50).enter("f").files(10);
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "ASYNC, 1, STRICT",
    "ASYNC, 2, STRICT",
    "ASYNC, 4, STRICT",
    "LSTAT_ONLY, 2, STRICT",
    "SYNC, 2, STRICT",
    "ASYNC, 1, ADAPTIVE",
    "ASYNC, 2, ADAPTIVE"
  })
  void sameTotalsAsFind(Mode mode, int tasks, HandOverPolicy policy) throws Exception {
    if (!tree.resolve("d0").toFile().exists()) {
      makeTree();
    }
    Trees.Count expected = Trees.find(tree);
    ByteArrayOutputStream complaints = new ByteArrayOutputStream();
    WalkOptions options = WalkOptions.defaults().mode(mode).tasks(tasks).complaints(complaints);
    try (Kernel kernel = LinuxKernel.boot(LinuxOptions.defaults().policy(policy))) {
      for (int i = 0; i < 10; i++) {
        WalkResult result = new Walk(kernel, options, tree.toString().getBytes(UTF_8)).run();
        assertThat(Trees.of(result)).isEqualTo(expected);
        assertThat(complaints.toString(UTF_8)).isEmpty();
      }
      assertThat(kernel.stats().inFlight()).isZero();
    }
  }
}
