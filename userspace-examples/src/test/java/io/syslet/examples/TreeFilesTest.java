package io.syslet.examples;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.syslet.Kernel;
import io.syslet.linux.LinuxKernel;
import io.syslet.linux.LinuxOptions;
import java.io.ByteArrayOutputStream;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The beginnings of the files of a tree. */
class TreeFilesTest {
  @TempDir private Path tree;
  private final ByteArrayOutputStream complaints = new ByteArrayOutputStream();
  private final List<String> heads = new ArrayList<>();

  private void read(Kernel kernel, Path directory) throws Exception {
    byte[] path = directory.toString().getBytes(UTF_8);
    TreeFiles files = new TreeFiles(path, new Complaints(complaints));
    Heads.Listener listener =
        (file, bytes, length) ->
            heads.add(
                new String(file, ISO_8859_1).substring(path.length)
                    + " "
                    + (length < 0
                        ? length
                        : new String(
                            bytes.asSlice(0, length).toArray(ValueLayout.JAVA_BYTE), UTF_8)));
    Programs.run(kernel, new Heads(files, 5, 32, listener));
  }

  @ParameterizedTest
  @ValueSource(strings = {"hot", "mixed", "cold"})
  void eachFileIsReadOnce(String kind) throws Exception {
    List<String> expected = new ArrayList<>();
    for (int i = 0; i < 3000; i++) {
      Path folder = Files.createDirectories(tree.resolve("a" + i % 7).resolve("b" + i % 20));
      Files.writeString(folder.resolve("f" + i), i + " and so on");
      expected.add("/a" + i % 7 + "/b" + i % 20 + "/f" + i + " " + (i + " and").substring(0, 5));
    }
    Files.createSymbolicLink(tree.resolve("loop"), tree);
    Trees.sh("cd \"$0\" && mkfifo fifo && : >\"$(printf '\\377\\nx')\"", tree.toString());
    expected.add("/\u00ff\nx ");
    try (PoolKernel kernel = PoolKernel.of(kind)) {
      read(kernel, tree);
    }
    assertThat(heads).containsExactlyInAnyOrderElementsOf(expected);
    assertThat(complaints.toString(UTF_8)).isEmpty();
  }

  @Test
  void aTreeThatIsNotThereIsRefused() throws Exception {
    try (Kernel kernel = LinuxKernel.boot(LinuxOptions.defaults())) {
      assertThatThrownBy(() -> read(kernel, tree.resolve("none")))
          .isInstanceOf(NoDirectoryException.class);
    }
  }
}
