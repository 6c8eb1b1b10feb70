package io.syslet.server.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.syslet.Dirent;
import io.syslet.Errno;
import io.syslet.Nr;
import io.syslet.Stat;
import io.syslet.Sys;
import io.syslet.Syslet;
import io.syslet.ring.Memory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileCallsTest {
  @TempDir Path root;
  private Served served;
  private Client client;

  @BeforeEach
  void serve() throws Exception {
    Files.createDirectories(root.resolve("a/b"));
    Files.writeString(root.resolve("a/b/file"), "hello, world");
    Files.createSymbolicLink(root.resolve("link"), Path.of("a/b/file"));
    served = new Served(root);
    client = served.client();
  }

  @AfterEach
  void stop() {
    served.close();
  }

  @Test
  void aFileIsReadByOpenReadAndClose() throws Exception {
    long fd = client.open("a/b/file", Sys.O_RDONLY);
    assertThat(fd).isEqualTo(3);
    assertThat(client.call(Nr.READ, fd, client.buffer, 5)).isEqualTo(5);
    assertThat(client.text(client.buffer, 5)).isEqualTo("hello");
    assertThat(client.call(Nr.PREAD64, fd, client.buffer, 100, 7)).isEqualTo(5);
    assertThat(client.text(client.buffer, 5)).isEqualTo("world");
    assertThat(client.call(Nr.LSEEK, fd, -5, 2)).isEqualTo(7);
    assertThat(client.close(fd)).isZero();
    assertThat(client.close(fd)).isEqualTo(-Errno.EBADF);
  }

  @Test
  void aVectorIsReadIntoItsParts() throws Exception {
    long fd = client.open("a/b/file", Sys.O_RDONLY);
    long vector = client.port.allocate(32);
    long here = HeapPort.here(vector);
    Memory.putLong(here, client.buffer);
    Memory.putLong(here + 8, 5);
    Memory.putLong(here + 16, client.buffer + 100);
    Memory.putLong(here + 24, 100);
    assertThat(client.call(Nr.READV, fd, vector, 2)).isEqualTo(12);
    assertThat(client.text(client.buffer, 5)).isEqualTo("hello");
    assertThat(client.text(client.buffer + 100, 7)).isEqualTo(", world");
    Memory.putLong(here + 16, client.port.end());
    assertThat(client.call(Nr.READV, fd, vector, 2)).isEqualTo(-Errno.EFAULT);
    assertThat(client.call(Nr.READV, fd, vector, 1025)).isEqualTo(-Errno.EINVAL);
  }

  @Test
  void aDirectoryIsListed() throws Exception {
    long fd = client.open("/", Sys.O_DIRECTORY);
    long read = client.call(Nr.GETDENTS64, fd, client.buffer, 4096);
    assertThat(read).isPositive();
    Dirent entries = new Dirent();
    entries.wrap(client.here(), read);
    Set<String> names = new TreeSet<>();
    while (entries.next()) {
      names.add(io.syslet.CString.toString(entries.nameAddress(), 255));
    }
    assertThat(names).containsExactly(".", "..", "a", "link");
  }

  @Test
  void attributesAreThoseOfTheFileOrOfTheLink() throws Exception {
    assertThat(client.statx(Sys.AT_FDCWD, "link", 0)).isZero();
    assertThat(Memory.getLong(client.here() + Stat.SIZE)).isEqualTo(12);
    assertThat(client.statx(Sys.AT_FDCWD, "link", Stat.AT_SYMLINK_NOFOLLOW)).isZero();
    assertThat(type()).isEqualTo(Stat.S_IFLNK);
    assertThat(client.statx(Sys.AT_FDCWD, "/a/b", 0)).isZero();
    assertThat(type()).isEqualTo(Stat.S_IFDIR);
    assertThat(client.statx(Sys.AT_FDCWD, "/", Stat.AT_SYMLINK_NOFOLLOW)).isZero();
    assertThat(type()).isEqualTo(Stat.S_IFDIR);
    assertThat(client.statx(Sys.AT_FDCWD, "nothing", 0)).isEqualTo(-Errno.ENOENT);
    assertThat(client.statx(Sys.AT_FDCWD, "", 0)).isEqualTo(-Errno.ENOENT);
    assertThat(client.statx(Sys.AT_FDCWD, "", Stat.AT_EMPTY_PATH)).isZero();
  }

  private int type() {
    return Memory.getUnsignedShort(client.here() + Stat.MODE) & Stat.S_IFMT;
  }

  @Test
  void statAndFstatAgreeWithStatx() throws Exception {
    long fd = client.open("a/b/file", Sys.O_RDONLY);
    int size = 48;
    for (String name : new String[] {"link", "a/b/file"}) {
      Memory.putLong(client.here() + size, 0);
      assertThat(client.call(Nr.NEWFSTATAT, Sys.AT_FDCWD, client.path(name), client.buffer, 0))
          .isZero();
      assertThat(Memory.getLong(client.here() + size)).isEqualTo(12);
    }
    Memory.putLong(client.here() + size, 0);
    assertThat(client.call(Nr.FSTAT, fd, client.buffer)).isZero();
    assertThat(Memory.getLong(client.here() + size)).isEqualTo(12);
  }

  @Test
  void linksAccessAndFileSystemsAreTold() throws Exception {
    assertThat(client.call(Nr.READLINKAT, Sys.AT_FDCWD, client.path("link"), client.buffer, 100))
        .isEqualTo(8);
    assertThat(client.text(client.buffer, 8)).isEqualTo("a/b/file");
    assertThat(client.call(Nr.READLINKAT, Sys.AT_FDCWD, client.path("a/b"), client.buffer, 100))
        .isEqualTo(-Errno.EINVAL);
    assertThat(client.call(Nr.FACCESSAT, Sys.AT_FDCWD, client.path("a/b/file"), 4)).isZero();
    assertThat(client.call(Nr.FACCESSAT2, Sys.AT_FDCWD, client.path("none"), 4, 0))
        .isEqualTo(-Errno.ENOENT);
    assertThat(client.call(Nr.STATFS, client.path("a"), client.buffer)).isZero();
    assertThat(Memory.getLong(client.here() + 8)).isPositive();
  }

  @Test
  void theCurrentDirectoryIsTheSessionsOwn() throws Exception {
    assertThat(client.call(Nr.GETCWD, client.buffer, 100)).isEqualTo(2);
    assertThat(client.text(client.buffer, 100)).isEqualTo("/");
    assertThat(client.call(Nr.CHDIR, client.path("a"))).isZero();
    assertThat(client.call(Nr.GETCWD, client.buffer, 100)).isEqualTo(3);
    assertThat(client.text(client.buffer, 100)).isEqualTo("/a");
    long fd = client.open("b", Sys.O_DIRECTORY);
    assertThat(client.call(Nr.FCHDIR, fd)).isZero();
    assertThat(client.close(fd)).isZero();
    assertThat(client.statx(Sys.AT_FDCWD, "file", 0)).isZero();
    assertThat(client.call(Nr.GETCWD, client.buffer, 100)).isEqualTo(5);
    assertThat(client.call(Nr.GETCWD, client.buffer, 4)).isEqualTo(-Errno.ERANGE);
    assertThat(client.call(Nr.CHDIR, client.path("file"))).isEqualTo(-Errno.ENOTDIR);
    assertThat(served.client().statx(Sys.AT_FDCWD, "file", 0)).isEqualTo(-Errno.ENOENT);
  }

  @Test
  void aDirectoryThatWasRemovedHasNoPath() throws Exception {
    for (String name : new String[] {"gone", "kept (deleted)"}) {
      Files.createDirectory(root.resolve(name));
      assertThat(client.call(Nr.CHDIR, client.path("/" + name))).isZero();
      assertThat(client.call(Nr.GETCWD, client.buffer, 100)).isEqualTo(name.length() + 2);
      assertThat(client.text(client.buffer, 100)).isEqualTo("/" + name);
      Files.delete(root.resolve(name));
      assertThat(client.call(Nr.GETCWD, client.buffer, 100)).isEqualTo(-Errno.ENOENT);
      assertThat(client.open("file", 0)).isEqualTo(-Errno.ENOENT);
    }
  }

  @Test
  void aBatchIsMadeInOrder() throws Exception {
    long fd = client.open("/", Sys.O_DIRECTORY);
    client.set(
        0, 1, Nr.STATX, fd, client.path("a"), Stat.AT_SYMLINK_NOFOLLOW, 0x7ff, client.buffer);
    client.set(1, 2, Nr.GETPID);
    client.set(2, 3, Nr.CLOSE, fd);
    client.set(3, 4, Nr.GETDENTS64, fd, client.buffer, 4096);
    client.set(4, 5, Nr.OPENAT, Sys.AT_FDCWD, client.path("a/b", 1), Sys.O_DIRECTORY, 0);
    client.set(5, 6, Nr.CLOSE, fd);
    assertThat(client.submit(6)).isEqualTo(6);
    assertThat(client.status(0)).isZero();
    assertThat(client.status(1)).isEqualTo(4711);
    assertThat(client.status(2)).isZero();
    assertThat(client.status(3)).isEqualTo(-Errno.EBADF);
    assertThat(client.status(4)).isEqualTo(fd);
    assertThat(client.status(5)).isZero();
    assertThat(client.close(fd)).isEqualTo(-Errno.EBADF);
  }

  @Test
  void aCallThatBlocksIsTheLastAcceptedAndCompletesLater() throws Exception {
    int[] pipe = client.pipe(0);
    client.set(0, 1, Nr.GETPID);
    client.set(1, 2, Nr.READ, pipe[0], client.buffer, 10);
    client.set(2, 3, Nr.CLOSE, pipe[1]);
    assertThat(client.submit(3)).isEqualTo(2);
    assertThat(client.status(1)).isEqualTo(-Syslet.ESYSLETPENDING);
    long text = client.path("abc");
    assertThat(client.start(4, Nr.WRITE, pipe[1], text, 3)).isEqualTo(3);
    assertThat(client.await(2)).isEqualTo(3);
    assertThat(client.text(client.buffer, 3)).isEqualTo("abc");
  }

  @Test
  void clientMemoryThatIsNotThereIsAnError() throws Exception {
    long fd = client.open("a/b/file", Sys.O_RDONLY);
    long last = client.port.end() - 5;
    for (int i = 0; i < 5; i++) {
      Memory.putByte(HeapPort.here(last) + i, (byte) 'x');
    }
    for (long address : new long[] {0, 1, client.here(), last, -4096}) {
      assertThat(client.call(Nr.READ, fd, address, 10)).isEqualTo(-Errno.EFAULT);
      assertThat(client.call(Nr.STATX, fd, address, Stat.AT_EMPTY_PATH, 0, client.buffer))
          .as("a path that has no end at %x", address)
          .isEqualTo(-Errno.EFAULT);
      assertThat(client.call(Nr.FSTAT, fd, address)).isEqualTo(-Errno.EFAULT);
    }
    assertThat(client.call(Nr.READ, fd, client.buffer, Long.MAX_VALUE)).isEqualTo(-Errno.EFAULT);
    assertThat(client.call(Nr.READ, fd, client.buffer, -1)).isEqualTo(-Errno.EFAULT);
    assertThat(client.open("x".repeat(5000), 0)).isEqualTo(-Errno.ENAMETOOLONG);
    assertThat(client.open("y/".repeat(2040) + "y", 0)).isEqualTo(-Errno.ENOENT);
  }
}
