package io.syslet.hadoop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.EOFException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.BlockLocation;
import org.apache.hadoop.fs.CommonPathCapabilities;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileContext;
import org.apache.hadoop.fs.FileRange;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocatedFileStatus;
import org.apache.hadoop.fs.Options;
import org.apache.hadoop.fs.ParentNotDirectoryException;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.PathIOException;
import org.apache.hadoop.fs.RemoteIterator;
import org.apache.hadoop.fs.permission.FsAction;
import org.apache.hadoop.fs.permission.FsPermission;
import org.apache.hadoop.fs.statistics.StoreStatisticNames;
import org.apache.hadoop.fs.statistics.StreamStatisticNames;
import org.apache.hadoop.security.AccessControlException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What Hadoop's own tests do not ask. */
@SuppressWarnings("NullAway.Init") // opened by each test as it needs it
class SysletFileSystemTest {
  @TempDir private static java.nio.file.Path temp;
  private static ServedFolder served;
  private FileSystem fs;

  @BeforeAll
  static void serve() throws Exception {
    served = new ServedFolder(temp);
  }

  @AfterAll
  static void end() {
    served.close();
  }

  @AfterEach
  void close() throws Exception {
    if (fs != null) {
      fs.close();
    }
  }

  private static java.nio.file.Path folder(String name) throws IOException {
    return Files.createDirectories(served.root.resolve(name));
  }

  private static byte[] random(int length) {
    byte[] bytes = new byte[length];
    new Random(length).nextBytes(bytes);
    return bytes;
  }

  private static <T extends FileStatus> List<String> paths(RemoteIterator<T> entries)
      throws IOException {
    List<String> found = new ArrayList<>();
    while (entries.hasNext()) {
      found.add(entries.next().getPath().toUri().getPath());
    }
    return found;
  }

  // ---- registration

  @Test
  void hadoopFindsTheClassByItsScheme() throws Exception {
    assertThat(FileSystem.getFileSystemClass("syslet", new Configuration()))
        .isEqualTo(SysletFileSystem.class);
  }

  @Test
  void aUriWithoutAPortIsRefused() {
    assertThatThrownBy(
            () -> FileSystem.newInstance(URI.create("syslet://host/"), served.configuration()))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("syslet://HOST:PORT/PATH");
  }

  @Test
  void withoutCertificatesTheKeysAreNamed() {
    assertThatThrownBy(
            () -> FileSystem.newInstance(URI.create(served.uri("tls")), new Configuration(false)))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(DoorKeys.TLS_CERT);
  }

  @Test
  void aNumberOutOfRangeIsRefused() {
    assertThatThrownBy(() -> served.open("unix", conf -> conf.set(DoorKeys.CHUNK, "1g")))
        .hasMessageContaining(DoorKeys.CHUNK);
  }

  // ---- listing

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

  // ---- streams

  @ParameterizedTest
  @ValueSource(strings = {"unix", "tls"})
  void whatIsWrittenIsRead(String kind) throws Exception {
    fs = served.open(kind, conf -> conf.set(DoorKeys.CHUNK, "16k"));
    byte[] bytes = random(1_000_003);
    Path path = new Path("/written-" + kind);
    try (FSDataOutputStream out = fs.create(path)) {
      for (int at = 0; at < bytes.length; ) {
        int count = Math.min(1 + at % 50_000, bytes.length - at);
        out.write(bytes, at, count);
        at += count;
      }
      assertThat(out.getPos()).isEqualTo(bytes.length);
    }
    assertThat(Files.readAllBytes(served.root.resolve("written-" + kind))).isEqualTo(bytes);
    try (FSDataInputStream in = fs.open(path)) {
      assertThat(in.readAllBytes()).isEqualTo(bytes);
      assertThat(in.read()).isEqualTo(-1);
      in.seek(77_777);
      byte[] some = in.readNBytes(100_000);
      assertThat(some).isEqualTo(Arrays.copyOfRange(bytes, 77_777, 177_777));
      byte[] all = new byte[bytes.length];
      in.readFully(0, all);
      assertThat(all).isEqualTo(bytes);
      ByteBuffer direct = ByteBuffer.allocateDirect(300_000);
      in.readFully(5, direct);
      assertThat(direct.flip()).isEqualTo(ByteBuffer.wrap(bytes, 5, 300_000));
      assertThatThrownBy(() -> in.readFully(1, all)).isInstanceOf(EOFException.class);
      assertThat(in.getPos()).isEqualTo(177_777);
    }
  }

  /** A buffer that goes back to a pool must not be written to any more. */
  @Test
  void aRangeBehindTheEndGivesItsBufferBackWhenAllItsReadsHaveEnded() throws Exception {
    fs = served.open("unix", conf -> conf.set(DoorKeys.CHUNK, "4k"));
    Files.write(served.root.resolve("short"), random(50_000));
    List<ByteBuffer> released = Collections.synchronizedList(new ArrayList<>());
    FileRange range = FileRange.createFileRange(0, 100_000);
    try (FSDataInputStream in = fs.open(new Path("/short"))) {
      in.readVectored(List.of(range), ByteBuffer::allocate, released::add);
      assertThatThrownBy(() -> range.getData().get()).hasCauseInstanceOf(EOFException.class);
      assertThat(released).hasSize(1);
      assertThat(Arrays.copyOf(released.getFirst().array(), 50_000)).isEqualTo(random(50_000));
    }
  }

  @Test
  void eachPolicyOfReadingReadsTheSame() throws Exception {
    fs = served.open("unix", conf -> conf.set(DoorKeys.CHUNK, "16k"));
    byte[] bytes = random(400_000);
    Files.write(served.root.resolve("policies"), bytes);
    for (String policy :
        Options.OpenFileOptions.FS_OPTION_OPENFILE_READ_POLICIES.toArray(new String[0])) {
      try (FSDataInputStream in =
          fs.openFile(new Path("/policies"))
              .must(Options.OpenFileOptions.FS_OPTION_OPENFILE_READ_POLICY, policy)
              .build()
              .get()) {
        assertThat(in.readAllBytes()).as(policy).isEqualTo(bytes);
      }
    }
  }

  @Test
  void whoReadsSeesWhatIsAppended() throws Exception {
    fs = served.open("unix");
    Path path = new Path("/grows");
    fs.create(path).close();
    try (FSDataInputStream in = fs.open(path);
        FSDataOutputStream out = fs.append(path)) {
      assertThat(in.read()).isEqualTo(-1);
      out.write(random(100));
      out.hsync();
      assertThat(in.readNBytes(200)).isEqualTo(random(100));
      in.seek(100);
      assertThatThrownBy(() -> in.seek(101)).isInstanceOf(EOFException.class);
    }
    assertThat(fs.truncate(path, 10)).isTrue();
    assertThat(fs.getFileStatus(path).getLen()).isEqualTo(10);
  }

  // ---- names and properties

  @Test
  void aFileContextReplacesAFileInOneStep() throws Exception {
    fs = served.open("unix");
    Configuration conf = served.configuration();
    conf.setClass(
        "fs.AbstractFileSystem.syslet.impl",
        SysletFs.class,
        org.apache.hadoop.fs.AbstractFileSystem.class);
    FileContext context = FileContext.getFileContext(URI.create("syslet:///"), conf);
    Files.writeString(served.root.resolve("new"), "new");
    Files.writeString(served.root.resolve("old"), "old");
    assertThatThrownBy(() -> context.rename(new Path("/new"), new Path("/old")))
        .isInstanceOf(org.apache.hadoop.fs.FileAlreadyExistsException.class);
    context.rename(new Path("/new"), new Path("/old"), Options.Rename.OVERWRITE);
    assertThat(served.root.resolve("old")).hasContent("new");
    assertThat(served.root.resolve("new")).doesNotExist();
  }

  @Test
  void permissionsAndTimesAreThoseOfTheFile() throws Exception {
    fs = served.open("unix", conf -> conf.set("fs.permissions.umask-mode", "027"));
    Path path = new Path("/modes/a/b");
    fs.create(path).close();
    java.nio.file.Path file = served.root.resolve("modes/a/b");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-r-----");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file.getParent())))
        .isEqualTo("rwxr-x---");
    fs.setPermission(path, new FsPermission((short) 0604));
    assertThat(fs.getFileStatus(path).getPermission().toShort()).isEqualTo((short) 0604);
    fs.setTimes(path, 1_234_567, -1);
    assertThat(fs.getFileStatus(path).getModificationTime()).isEqualTo(1_234_567);
    assertThat(Files.getLastModifiedTime(file).toMillis()).isEqualTo(1_234_567);
    fs.setTimes(path, -1, 7_000_001);
    assertThat(fs.getFileStatus(path).getAccessTime()).isEqualTo(7_000_001);
    assertThat(fs.getFileStatus(path).getModificationTime()).isEqualTo(1_234_567);
    fs.access(path, FsAction.READ);
    assertThat(fs.getStatus().getCapacity()).isGreaterThan(fs.getStatus().getRemaining());
  }

  @Test
  void blocksAreOnTheHostOfTheServer() throws Exception {
    Files.write(served.root.resolve("blocks"), random(1000));
    fs = served.open("tls");
    FileStatus status = fs.getFileStatus(new Path("/blocks"));
    BlockLocation[] all = fs.getFileBlockLocations(status, 0, 1000);
    assertThat(all).hasSize(1);
    assertThat(all[0].getHosts()).containsExactly("localhost");
    assertThat(all[0].getNames()[0]).isEqualTo(URI.create(served.uri("tls")).getAuthority());
    assertThat(all[0].getLength()).isEqualTo(1000);
    assertThat(fs.getFileBlockLocations(status, 1000, 1)).isEmpty();
    fs.close();
    fs = served.open("unix", conf -> conf.set(DoorKeys.HOST, "some-host"));
    assertThat(fs.getFileBlockLocations(status, 0, 1)[0].getHosts()).containsExactly("some-host");
  }

  @Test
  void whatIsDoneIsCounted() throws Exception {
    Files.write(served.root.resolve("counted"), random(1000));
    fs = served.open("unix");
    SysletFileSystem its = (SysletFileSystem) fs;
    try (FSDataInputStream in = fs.open(new Path("/counted"))) {
      in.readAllBytes();
    }
    assertThat(its.getIOStatistics().counters())
        .containsEntry(StoreStatisticNames.OP_OPEN, 1L)
        .containsEntry(StreamStatisticNames.STREAM_READ_BYTES, 1000L);
    assertThat(fs.hasPathCapability(new Path("/"), CommonPathCapabilities.FS_APPEND)).isTrue();
    assertThat(fs.hasPathCapability(new Path("/"), CommonPathCapabilities.FS_ACLS)).isFalse();
  }

  @Test
  void errorsAreThoseThatHadoopHasForThem() throws Exception {
    fs = served.open("unix");
    Files.writeString(served.root.resolve("file"), "");
    assertThatThrownBy(() -> fs.open(new Path("/none"))).isInstanceOf(FileNotFoundException.class);
    assertThatThrownBy(() -> fs.getFileStatus(new Path("/file/below")))
        .isInstanceOf(FileNotFoundException.class);
    assertThatThrownBy(() -> fs.mkdirs(new Path("/file/below")))
        .isInstanceOf(ParentNotDirectoryException.class)
        .hasMessageContaining("/file/below");
    assertThatThrownBy(() -> fs.create(new Path("/" + "n".repeat(300))))
        .isInstanceOf(PathIOException.class)
        .hasMessageContaining("ENAMETOOLONG");
  }

  @Test
  void whoMayOnlyReadIsToldSo() throws Exception {
    java.nio.file.Path folder = Files.createTempDirectory(temp, "read");
    try (ServedFolder reading = new ServedFolder(folder, options -> {})) {
      Files.writeString(reading.root.resolve("file"), "");
      fs = reading.open("unix");
      assertThatThrownBy(() -> fs.create(new Path("/new")))
          .isInstanceOf(AccessControlException.class)
          .hasMessageContaining("--grant write");
      assertThatThrownBy(() -> fs.delete(new Path("/file"), false))
          .isInstanceOf(AccessControlException.class);
      assertThat(fs.listStatus(new Path("/"))).hasSize(1);
      fs.close();
    }
  }
}
