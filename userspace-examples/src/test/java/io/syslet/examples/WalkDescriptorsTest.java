package io.syslet.examples;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** No tree ends in EMFILE, however wide or deep. */
class WalkDescriptorsTest {
  private Path tree = Path.of("");
  private final ByteArrayOutputStream complaints = new ByteArrayOutputStream();

  @BeforeEach
  void makeDirectory() throws Exception {
    tree = Trees.folder();
  }

  @AfterEach
  void remove() throws Exception {
    Trees.sh("rm -rf \"$0\"", tree.toString());
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 4})
  void wideTreeWithSixteen(int tasks) throws Exception {
    try (TreeMaker maker = new TreeMaker(tree)) {
      for (int i = 0; i < 500; i++) {
        maker.directory("d" + i);
      }
      maker.enter("x").directory("y").directory("z").files(10);
    }
    assertFinishesWith(16, tasks);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 4})
  void deepTreeWithSixteen(int tasks) throws Exception {
    makeDeepTree(200);
    assertFinishesWith(16, tasks);
  }

  @Test
  void deepTreeWithTheLeastThatThereCanBe() throws Exception {
    makeDeepTree(100);
    assertFinishesWith(3, 1);
  }

  @Test
  void fiveThousandLevelsWithSiblings() throws Exception {
    makeDeepTree(5000);
    assertFinishesWith(512, 2);
  }

  private void makeDeepTree(int levels) {
    try (TreeMaker maker = new TreeMaker(tree)) {
      for (int i = 0; i < levels; i++) {
        maker.directory("a").directory("z").enter("m").file("f", 1);
      }
    }
  }

  private void assertFinishesWith(int descriptors, int tasks) throws Exception {
    DescriptorCount count = new DescriptorCount(Integer.MAX_VALUE);
    WalkResult result = walk(count, WalkOptions.defaults().tasks(tasks).descriptors(descriptors));
    assertThat(Trees.of(result)).isEqualTo(Trees.find(tree));
    assertThat(count.most()).isBetween(2, descriptors);
    assertThat(count.open()).isZero();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void theProcessHasFewerThanTheBudget(int tasks) throws Exception {
    makeDeepTree(100);
    DescriptorCount count = new DescriptorCount(6);
    WalkResult result = walk(count, WalkOptions.defaults().tasks(tasks).descriptors(200));
    assertThat(count.refused()).isPositive();
    assertThat(complaints.toString(UTF_8)).isEmpty();
    assertThat(Trees.of(result)).isEqualTo(Trees.find(tree));
    assertThat(count.open()).isZero();
  }

  private WalkResult walk(DescriptorCount count, WalkOptions options) throws Exception {
    try (PoolKernel kernel = PoolKernel.mixed(count)) {
      byte[] path = tree.toString().getBytes(UTF_8);
      return new Walk(kernel, options.complaints(complaints), path).run();
    }
  }
}
