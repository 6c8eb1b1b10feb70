package io.syslet.hadoop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.attribute.PosixFilePermissions;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.BlockLocation;
import org.apache.hadoop.fs.CommonPathCapabilities;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FileContext;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Options;
import org.apache.hadoop.fs.ParentNotDirectoryException;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.PathIOException;
import org.apache.hadoop.fs.permission.FsAction;
import org.apache.hadoop.fs.permission.FsPermission;
import org.apache.hadoop.fs.statistics.StoreStatisticNames;
import org.apache.hadoop.fs.statistics.StreamStatisticNames;
import org.apache.hadoop.security.AccessControlException;
import org.junit.jupiter.api.Test;

/** What Hadoop's own tests do not ask. */
class SysletFileSystemTest extends OnServedFolder {
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
