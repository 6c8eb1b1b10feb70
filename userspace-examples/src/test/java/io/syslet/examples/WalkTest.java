package io.syslet.examples;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Totals equal to find's, whatever is in the tree, whichever calls block, with any number of tasks.
 */
class WalkTest {
  private Path tree = Path.of("");
  private final ByteArrayOutputStream complaints = new ByteArrayOutputStream();

  /** Every kernel, with every mode and number of tasks. */
  static Stream<Arguments> ways() {
    return Stream.of("hot", "mixed", "cold")
        .flatMap(
            kernel ->
                Stream.of(Mode.values())
                    .flatMap(
                        mode ->
                            Stream.of(1, 2, 4).map(tasks -> Arguments.of(kernel, mode, tasks))));
  }

  @BeforeEach
  void makeDirectory() throws Exception {
    tree = Trees.folder();
  }

  /** Not @TempDir's: Java cannot delete what lies beyond PATH_MAX. */
  @AfterEach
  void remove() throws Exception {
    Trees.sh("chmod -R u+rwx \"$0\" && rm -rf \"$0\"", tree.toString());
  }

  @ParameterizedTest
  @MethodSource("ways")
  void oddTree(String kernel, Mode mode, int tasks) throws Exception {
    makeOddTree();
    try (ServerSocketChannel socket = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      socket.bind(UnixDomainSocketAddress.of(tree.resolve("socket")));
      assertSameAsFind(kernel, WalkOptions.defaults().mode(mode).tasks(tasks));
    }
  }

  private void makeOddTree() throws Exception {
    String longest = "n".repeat(255);
    try (TreeMaker maker = new TreeMaker(tree)) {
      maker.file("\u00ff\u00fe\u0080", 1).file("new\nline", 2).file("tab\tand space ", 4);
      maker.file(longest, 8).file("...", 16).file(".hidden", 32).file("..x", 64).fifo("fifo");
      maker.directory("empty").enter("\u00c3(").file("in invalid UTF-8", 128).fifo("fifo");
      maker.enter("new\nline").file("-printf", 1L << 40).enter(longest).files(100);
    }
    Files.createLink(tree.resolve("hard"), tree.resolve(longest));
    Files.createSymbolicLink(tree.resolve("dangling"), Path.of("nowhere"));
    Files.createSymbolicLink(tree.resolve("loop"), Path.of("loop"));
    Files.createSymbolicLink(tree.resolve("empty/up"), Path.of(".."));
    Files.createSymbolicLink(tree.resolve("slash"), Path.of("/"));
  }

  @ParameterizedTest
  @MethodSource("ways")
  void sixtyLevelsBeyondPathMax(String kernel, Mode mode, int tasks) throws Exception {
    try (TreeMaker maker = new TreeMaker(tree)) {
      for (int i = 0; i < 60; i++) {
        maker.file("f", i).directory("sibling").enter(Character.toString('a' + i % 26).repeat(255));
      }
    }
    assertSameAsFind(kernel, WalkOptions.defaults().mode(mode).tasks(tasks));
  }

  @Test
  void hundredThousandEntriesInOneDirectory() throws Exception {
    try (TreeMaker maker = new TreeMaker(tree)) {
      maker.files(1000).enter("d").emptyFiles(100_000);
    }
    for (String kernel : new String[] {"hot", "mixed"}) {
      assertSameAsFind(kernel, WalkOptions.defaults().tasks(2));
    }
  }

  @Test
  void inFlightIsALimit() throws Exception {
    makeOddTree();
    for (int limit : new int[] {1, 2, 3, 64}) {
      try (PoolKernel kernel = PoolKernel.cold()) {
        WalkResult result = walk(kernel, WalkOptions.defaults().inFlight(limit).tasks(2));
        assertThat(kernel.stats().maxInFlight()).isBetween(1L, (long) limit);
        assertThat(Trees.of(result)).isEqualTo(Trees.find(tree));
      }
    }
  }

  @Test
  void staysOnOneFileSystem() throws Exception {
    try (PoolKernel kernel = PoolKernel.mixed()) {
      byte[] dev = "/dev".getBytes(UTF_8);
      WalkOptions options = WalkOptions.defaults().oneFileSystem(true).complaints(complaints);
      Trees.Count found = Trees.of(new Walk(kernel, options, dev).run());
      assertThat(found).isEqualTo(Trees.find(Path.of("/dev"), "-xdev"));
    }
  }

  private void assertSameAsFind(String name, WalkOptions options) throws Exception {
    try (PoolKernel kernel = PoolKernel.of(name)) {
      WalkResult result = walk(kernel, options);
      assertThat(Trees.of(result)).isEqualTo(Trees.find(tree));
      assertThat(complaints.toString(UTF_8)).isEmpty();
      assertThat(result.errors()).isZero();
      assertThat(result.pending()).isEqualTo(kernel.stats().pending());
      assertThat(result.completedInline() + result.pending()).isEqualTo(result.calls());
      if (options.mode() == Mode.ASYNC) {
        assertThat(result.calls()).isEqualTo(kernel.stats().calls());
      }
      if (name.equals("cold") && options.mode() == Mode.ASYNC) {
        assertThat(result.completedInline()).isZero();
      }
    }
  }

  private WalkResult walk(PoolKernel kernel, WalkOptions options) throws Exception {
    byte[] path = tree.toString().getBytes(UTF_8);
    return new Walk(kernel, options.complaints(complaints), path).run();
  }
}
