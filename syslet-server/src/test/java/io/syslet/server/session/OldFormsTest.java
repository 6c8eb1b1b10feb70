package io.syslet.server.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.syslet.Errno;
import io.syslet.Nr;
import io.syslet.Stat;
import io.syslet.Sys;
import io.syslet.ring.Memory;
import io.syslet.table.CallTable;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The calls of x86-64 from before there were directory descriptors and flags. */
class OldFormsTest {
  private static final int SIZE = 48;
  private static final int MODE = 24;

  @TempDir Path root;
  private Served served;
  private Client client;

  @BeforeEach
  void serve() throws Exception {
    served = Served.smallTree(root);
    Files.createSymbolicLink(root.resolve("a/up"), Path.of("../../secret"));
    client = served.client();
  }

  @AfterEach
  void stop() {
    served.close();
  }

  private long named(long nr, String path, long... more) throws Exception {
    long[] arguments = new long[1 + more.length];
    arguments[0] = client.path(path);
    System.arraycopy(more, 0, arguments, 1, more.length);
    return client.call(nr, arguments);
  }

  private long twice(long nr, String from, String to) throws Exception {
    long first = client.path(from);
    return client.call(nr, first, client.path(to, 1));
  }

  @Test
  void statFollowsLinksAndLstatDoesNot() throws Exception {
    for (String path : new String[] {"link", "a/../link", "a/file"}) {
      Memory.putLong(client.here() + SIZE, -1);
      assertThat(named(Nr.STAT, path, client.buffer)).isZero();
      assertThat(Memory.getLong(client.here() + SIZE)).isEqualTo(5);
      assertThat(type()).isEqualTo(Stat.S_IFREG);
    }
    for (String path : new String[] {"link", "a/../link", "a/up"}) {
      assertThat(named(Nr.LSTAT, path, client.buffer)).isZero();
      assertThat(type()).isEqualTo(Stat.S_IFLNK);
    }
    Memory.putLong(client.here() + SIZE, -1);
    assertThat(named(Nr.STAT, "a/up", client.buffer)).isEqualTo(-Errno.EXDEV);
    assertThat(named(Nr.STAT, "", client.buffer)).isEqualTo(-Errno.ENOENT);
    assertThat(named(Nr.STAT, "link", client.port.end() - 100)).isEqualTo(-Errno.EFAULT);
    assertThat(Memory.getLong(client.here() + SIZE)).as("nothing is told").isEqualTo(-1);
  }

  private int type() {
    return Memory.getInt(client.here() + MODE) & Stat.S_IFMT;
  }

  @Test
  void accessAndReadlinkTakeAPath() throws Exception {
    assertThat(named(Nr.ACCESS, "link", 4)).isZero();
    assertThat(named(Nr.ACCESS, "a/none", 0)).isEqualTo(-Errno.ENOENT);
    assertThat(named(Nr.ACCESS, "a/file", 1 << 3)).isEqualTo(-Errno.EINVAL);
    assertThat(named(Nr.READLINK, "a/../link", client.buffer, 100)).isEqualTo(6);
    assertThat(client.text(client.buffer, 6)).isEqualTo("a/file");
    assertThat(named(Nr.READLINK, "link", client.buffer, 3)).isEqualTo(3);
    assertThat(named(Nr.READLINK, "a/file", client.buffer, 100)).isEqualTo(-Errno.EINVAL);
    assertThat(named(Nr.READLINK, "link", client.buffer, 0)).isEqualTo(-Errno.EINVAL);
    assertThat(named(Nr.READLINK, "link", 0, 100)).isEqualTo(-Errno.EFAULT);
    assertThat(named(Nr.READLINK, "", client.buffer, 100)).isEqualTo(-Errno.ENOENT);
  }

  @Test
  void openAndCreatTakeFlagsAndModeElsewhere() throws Exception {
    long fd = named(Nr.OPEN, "a/new", Sys.O_CREAT | Sys.O_RDWR, 0640);
    assertThat(client.call(Nr.WRITE, fd, client.path("text"), 4)).isEqualTo(4);
    assertThat(root.resolve("a/new")).hasContent("text");
    assertThat(mode("a/new")).isEqualTo(0640);
    assertThat(named(Nr.CREAT, "a/new", 0600)).isEqualTo(fd + 1);
    assertThat(root.resolve("a/new")).isEmptyFile();
    assertThat(named(Nr.CREAT, "made", 0600)).isEqualTo(fd + 2);
    assertThat(mode("made")).isEqualTo(0600);
    assertThat(client.call(Nr.READ, fd + 2, client.buffer, 1)).isEqualTo(-Errno.EBADF);
    assertThat(named(Nr.CREAT, "setuid", 04700)).isEqualTo(-Errno.EPERM);
    assertThat(root.resolve("setuid")).doesNotExist();
  }

  private int mode(String path) throws Exception {
    return (int) Files.getAttribute(root.resolve(path), "unix:mode") & 07777;
  }

  @Test
  void namesAreMadeMovedAndRemoved() throws Exception {
    assertThat(named(Nr.MKDIR, "a/new/", 0700)).isZero();
    assertThat(mode("a/new")).isEqualTo(0700);
    assertThat(named(Nr.MKDIR, "b", 02700)).isEqualTo(-Errno.EPERM);
    assertThat(twice(Nr.RENAME, "a/new", "moved")).isZero();
    assertThat(named(Nr.UNLINK, "moved")).isEqualTo(-Errno.EISDIR);
    assertThat(named(Nr.RMDIR, "moved")).isZero();
    assertThat(root.resolve("moved")).doesNotExist();
    assertThat(twice(Nr.LINK, "a/file", "second")).isZero();
    assertThat(twice(Nr.LINK, "a/up/", "third")).as("it is not followed").isEqualTo(-Errno.ENOTDIR);
    assertThat(twice(Nr.SYMLINK, "second", "a/text")).isZero();
    assertThat(Files.readSymbolicLink(root.resolve("a/text"))).hasToString("second");
    assertThat(twice(Nr.SYMLINK, "", "a/empty")).isEqualTo(-Errno.ENOENT);
    assertThat(named(Nr.RMDIR, "second")).isEqualTo(-Errno.ENOTDIR);
    assertThat(named(Nr.UNLINK, "a/text")).isZero();
    assertThat(Files.exists(root.resolve("a/text"), LinkOption.NOFOLLOW_LINKS)).isFalse();
    long renameat = CallTable.number("renameat");
    long first = client.path("second");
    long second = client.path("third", 1);
    assertThat(client.call(renameat, Sys.AT_FDCWD, first, Sys.AT_FDCWD, second, -1)).isZero();
    assertThat(root.resolve("third")).hasContent("hello");
    assertThat(named(Nr.CHMOD, "third", 0604)).isZero();
    assertThat(mode("third")).isEqualTo(0604);
    assertThat(named(Nr.CHMOD, "third", 02604)).isEqualTo(-Errno.EPERM);
    assertThat(twice(Nr.RENAME, "none", "third")).isEqualTo(-Errno.ENOENT);
    assertThat(twice(Nr.RENAME, "third", "")).isEqualTo(-Errno.ENOENT);
  }

  @Test
  void descriptorsAreMadeWithoutFlags() throws Exception {
    assertThat(client.call(Nr.PIPE, client.buffer, -1)).isZero();
    int in = Memory.getInt(client.here());
    int out = Memory.getInt(client.here() + 4);
    assertThat(client.call(Nr.WRITE, out, client.path("x"), 1)).isEqualTo(1);
    assertThat(client.call(Nr.READ, in, client.buffer, 10)).isEqualTo(1);
    long counter = client.call(Nr.EVENTFD, 7, -1);
    assertThat(client.call(Nr.READ, counter, client.buffer, 8)).isEqualTo(8);
    assertThat(Memory.getLong(client.here())).isEqualTo(7);
    assertThat(client.call(Nr.DUP2, in, in)).isEqualTo(in);
    assertThat(client.call(Nr.DUP2, in, 9)).isEqualTo(9);
    assertThat(client.call(Nr.DUP2, 8, 9)).isEqualTo(-Errno.EBADF);
    assertThat(client.call(Nr.DUP2, in, -1)).isEqualTo(-Errno.EBADF);
    assertThat(client.call(Nr.FCNTL, 9, Sys.F_GETFD, 0)).isZero();
    assertThat(client.call(Nr.WRITE, out, client.path("y"), 1)).isEqualTo(1);
    assertThat(client.call(Nr.READ, 9, client.buffer, 10)).isEqualTo(1);
    assertThat(client.call(Nr.GETTID)).isEqualTo(4711);
    assertThat(client.call(Nr.GETPPID)).isZero();
  }
}
