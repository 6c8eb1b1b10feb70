package io.syslet.hadoop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.LocatedFileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.PathIOException;
import org.apache.hadoop.fs.RemoteIterator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Folders that are listed, whole and below, of which Hadoop's own tests ask little. */
class ListingsTest extends OnServedFolder {
  private static <T extends FileStatus> List<String> paths(RemoteIterator<T> entries)
      throws IOException {
    List<String> found = new ArrayList<>();
    while (entries.hasNext()) {
      found.add(entries.next().getPath().toUri().getPath());
    }
    return found;
  }

  /** A tree with empty folders, links to files, to folders, to nowhere, and to what is above. */
  private static Set<String> tree(String name) throws IOException {
    Set<String> files = new TreeSet<>();
    java.nio.file.Path top = folder(name);
    for (int i = 0; i < 40; i++) {
      java.nio.file.Path in = folder(name + "/d" + i % 7 + "/e" + i);
      for (int j = 0; j < i; j++) {
        Files.writeString(in.resolve("f" + j), "x".repeat(j));
        files.add("/" + served.root.relativize(in) + "/f" + j);
      }
    }
    Files.createSymbolicLink(top.resolve("link"), java.nio.file.Path.of("d1/e1/f0"));
    files.add("/" + name + "/link");
    Files.createSymbolicLink(top.resolve("nowhere"), java.nio.file.Path.of("none"));
    Files.createSymbolicLink(top.resolve("outside"), java.nio.file.Path.of("/etc/passwd"));
    Files.createSymbolicLink(top.resolve("d2/up"), java.nio.file.Path.of(".."));
    return files;
  }

  @ParameterizedTest
  @ValueSource(strings = {"unix", "tls"})
  void allFilesBelowAFolderComeOnce(String kind) throws Exception {
    Set<String> files = tree("all-" + kind);
    fs = served.open(kind);
    List<String> found = new ArrayList<>();
    RemoteIterator<LocatedFileStatus> entries = fs.listFiles(new Path("/all-" + kind), true);
    while (entries.hasNext()) {
      LocatedFileStatus next = entries.next();
      String path = next.getPath().toUri().getPath();
      assertThat(next.getLen()).isEqualTo(Files.size(served.root.resolve(path.substring(1))));
      found.add(path);
    }
    assertThat(found).doesNotHaveDuplicates();
    // What "up" leads to is on the way to it: it is named, but not gone through.
    assertThat(new TreeSet<>(found)).isEqualTo(files);
  }

  @Test
  void aLinkToTheFolderWhereTheListingBeganIsNotGoneThrough() throws Exception {
    java.nio.file.Path top = folder("self");
    Files.createFile(top.resolve("file"));
    Files.createSymbolicLink(top.resolve("current"), java.nio.file.Path.of("."));
    fs = served.open("unix");
    assertThat(paths(fs.listFiles(new Path("/self"), true))).containsExactly("/self/file");
    assertThat(fs.getContentSummary(new Path("/self")).getFileCount()).isOne();
  }

  @ParameterizedTest
  @ValueSource(strings = {"unix", "tls"})
  void aLargeFolderComesWholeThoughOneReadsItOnAndOn(String kind) throws Exception {
    int count = 3000;
    java.nio.file.Path large = folder("large");
    for (int i = 0; i < count; i++) {
      java.nio.file.Path file = large.resolve("a-name-of-some-length-" + i);
      if (!Files.exists(file)) {
        Files.createFile(file);
      }
    }
    fs = served.open(kind);
    Path path = new Path("/large");
    assertThat(paths(fs.listStatusIterator(path))).hasSize(count).doesNotHaveDuplicates();
    assertThat(paths(fs.listLocatedStatus(path))).hasSize(count).doesNotHaveDuplicates();
    assertThat(fs.listStatus(path)).hasSize(count).isSorted();
    assertThat(fs.getContentSummary(path).getFileCount()).isEqualTo(count);
    assertThat(fs.getContentSummary(path).getDirectoryCount()).isEqualTo(1);
  }

  /** Who gives up in the middle of very many leaves nothing that others wait for. */
  @Test
  void aListingThatNobodyReadsToItsEndIsInNobodysWay() throws Exception {
    java.nio.file.Path many = folder("many");
    for (int i = 0; i < 60; i++) {
      java.nio.file.Path in = Files.createDirectories(many.resolve("d" + i));
      for (int j = 0; j < 500; j++) {
        Files.createFile(in.resolve("f" + j));
      }
    }
    fs = served.open("unix", conf -> conf.setInt(DoorKeys.DIRECTORIES, 2));
    for (int i = 0; i < 5; i++) {
      assertThat(fs.listFiles(new Path("/many"), true).hasNext()).isTrue();
    }
    assertThat(paths(fs.listFiles(new Path("/many"), true))).hasSize(60 * 500);
    assertThat(fs.delete(new Path("/many"), true)).isTrue();
    assertThat(many).doesNotExist();
  }

  @Test
  void aNameThatIsNoTextIsAnErrorAndNotLeftOut() throws Exception {
    fs = served.open("unix");
    java.nio.file.Path odd = folder("odd");
    new ProcessBuilder("sh", "-c", "touch \"$(printf 'a\\377')\"")
        .directory(odd.toFile())
        .start()
        .waitFor();
    assertThatThrownBy(() -> fs.listStatus(new Path("/odd")))
        .isInstanceOf(PathIOException.class)
        .hasMessageContaining("UTF-8");
    assertThat(fs.delete(new Path("/odd"), true)).isTrue();
  }

  @Test
  void namesWithColonsSpacesAndUmlautsAreThemselves() throws Exception {
    fs = served.open("unix");
    Files.writeString(folder("names").resolve("a:b c%20ü+#"), "x");
    FileStatus only = fs.listStatus(new Path("/names"))[0];
    assertThat(only.getPath().getName()).isEqualTo("a:b c%20ü+#");
    assertThat(fs.getFileStatus(only.getPath()).getLen()).isEqualTo(1);
  }
}
