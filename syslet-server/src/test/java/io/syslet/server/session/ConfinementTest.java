package io.syslet.server.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.syslet.Errno;
import io.syslet.Nr;
import io.syslet.Stat;
import io.syslet.Sys;
import io.syslet.ring.Memory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Nothing outside of the root can be reached, by whatever path. */
class ConfinementTest {
  private static final int RACES = Boolean.getBoolean("syslet.long") ? 100_000 : 10_000;

  @TempDir Path folder;
  private Path root;
  private Served served;
  private Client client;

  @BeforeEach
  void serve() throws Exception {
    root = Files.createDirectories(folder.resolve("root"));
    Files.createDirectories(root.resolve("in/deep"));
    Files.writeString(root.resolve("in/file"), "inside");
    Files.writeString(folder.resolve("secret"), "outside");
    Files.createDirectories(folder.resolve("out"));
    Files.writeString(folder.resolve("out/file"), "outside");
    link("up", "../secret");
    link("absolute", folder.resolve("secret").toString());
    link("in/deep/up", "../../../secret");
    link("outdir", "../out");
    link("chain1", "chain2");
    link("chain2", "in/chain3");
    link("in/chain3", "../up");
    link("loop", "loop");
    link("good", "in/file");
    link("in/deep/good", "../file");
    link("slash", "/");
    link("proc", "/proc/self/root");
    served = new Served(root, options -> options.canWrite(true));
    client = served.client();
  }

  private void link(String name, String target) throws Exception {
    Files.createSymbolicLink(root.resolve(name), Path.of(target));
  }

  @AfterEach
  void stop() throws Exception {
    served.close();
    Files.deleteIfExists(root.resolve("slash"));
    Files.deleteIfExists(root.resolve("proc"));
    assertThat(folder.resolve("secret")).hasContent("outside");
    assertThat(folder.resolve("out/file")).hasContent("outside");
    try (var inside = Files.list(folder.resolve("out"))) {
      assertThat(inside).hasSize(1);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "..",
        "../secret",
        "../root/in/file",
        "/..",
        "//..",
        "/../secret",
        "in/../../secret",
        "in/deep/../../../secret",
        "up",
        "absolute",
        "in/deep/up",
        "outdir/file",
        "outdir/../secret",
        "chain1",
        "slash",
        "slash/etc/passwd",
        "proc",
        "proc/etc/passwd",
        "./../secret",
        "in//..//..//secret"
      })
  void aPathThatLeavesTheRootIsRefused(String path) throws Exception {
    for (int flags : new int[] {0, Sys.O_DIRECTORY, Sys.O_PATH, Sys.O_RDWR, Sys.O_CREAT | 1}) {
      assertRefused(client.open(path, flags));
    }
    assertRefused(client.statx(Sys.AT_FDCWD, path, 0));
    assertRefused(client.call(Nr.NEWFSTATAT, Sys.AT_FDCWD, client.path(path), client.buffer, 0));
    assertRefused(client.call(Nr.FACCESSAT, Sys.AT_FDCWD, client.path(path), 0));
    assertRefused(client.call(Nr.STATFS, client.path(path), client.buffer));
    assertRefused(client.call(Nr.CHDIR, client.path(path)));
    assertRefused(client.call(Nr.FCHMODAT, Sys.AT_FDCWD, client.path(path), 0777));
    assertRefused(client.call(Nr.UTIMENSAT, Sys.AT_FDCWD, client.path(path), 0, 0));
    assertRefused(client.call(Nr.MKDIRAT, Sys.AT_FDCWD, client.path(path + "/new"), 0755));
    assertRefused(client.call(Nr.UNLINKAT, Sys.AT_FDCWD, client.path(path + "/file"), 0));
    assertRefused(rename("in/file", path + "/file"));
    assertRefused(
        client.call(
            Nr.LINKAT,
            Sys.AT_FDCWD,
            client.path(path + "/file"),
            Sys.AT_FDCWD,
            client.path("stolen", 1),
            0));
  }

  private long rename(String from, String to) throws Exception {
    long first = client.path(from);
    return client.call(Nr.RENAMEAT2, Sys.AT_FDCWD, first, Sys.AT_FDCWD, client.path(to, 1), 0);
  }

  private static void assertRefused(long status) {
    assertThat(-status)
        .isIn((long) Errno.EXDEV, (long) Errno.ELOOP, (long) Errno.ENOTDIR, (long) Errno.ENOENT);
  }

  @Test
  void linksThatStayInsideAreFollowed() throws Exception {
    assertThat(client.open("good", 0)).isPositive();
    assertThat(client.open("in/deep/good", 0)).isPositive();
    assertThat(client.open("/in/deep/../file", 0)).isPositive();
    assertThat(client.open("loop", 0)).isEqualTo(-Errno.ELOOP);
    assertThat(client.open("up", Sys.O_NOFOLLOW)).isEqualTo(-Errno.ELOOP);
    assertThat(client.statx(Sys.AT_FDCWD, "up", Stat.AT_SYMLINK_NOFOLLOW)).isZero();
  }

  @Test
  void aDescriptorOfADirectoryIsNoWayUp() throws Exception {
    long deep = client.open("in/deep", Sys.O_DIRECTORY);
    assertThat(client.openat(deep, "..", Sys.O_DIRECTORY)).isEqualTo(-Errno.EXDEV);
    assertThat(client.openat(deep, "..", Sys.O_DIRECTORY | Sys.O_NOFOLLOW)).isEqualTo(-Errno.EXDEV);
    assertThat(client.openat(deep, "../file", 0)).isEqualTo(-Errno.EXDEV);
    assertThat(client.statx(deep, "..", Stat.AT_SYMLINK_NOFOLLOW)).isEqualTo(-Errno.EXDEV);
    assertThat(client.statx(deep, "../..", 0)).isEqualTo(-Errno.EXDEV);
    assertThat(client.openat(deep, "/in/file", 0)).isPositive();
    assertThat(client.call(Nr.CHDIR, client.path("in/deep"))).isZero();
    assertThat(client.open("../file", 0)).isEqualTo(-Errno.EXDEV);
    assertThat(client.call(Nr.CHDIR, client.path("/"))).isZero();
  }

  @Test
  void theServersDescriptorsHaveNoNumbersHere() throws Exception {
    Client other = served.client();
    long theirs = other.open("in", Sys.O_DIRECTORY);
    assertThat(theirs).isEqualTo(3);
    for (long fd = -200; fd <= 200; fd++) {
      if (fd != Sys.AT_FDCWD) {
        assertThat(client.call(Nr.FSTAT, fd, client.buffer)).isEqualTo(-Errno.EBADF);
        assertThat(client.openat(fd, "file", 0)).isEqualTo(-Errno.EBADF);
        assertThat(client.statx(fd, "", Stat.AT_EMPTY_PATH)).isEqualTo(-Errno.EBADF);
        assertThat(client.close(fd)).isEqualTo(-Errno.EBADF);
        assertThat(client.call(Nr.DUP, fd)).isEqualTo(-Errno.EBADF);
      }
    }
    assertThat(client.openat(1L << 32 | 0xffff_ff9cL, "in/file", 0)).isEqualTo(3);
  }

  @Test
  void aFileIsNoDirectoryToBeginAt() throws Exception {
    long file = client.open("in/file", 0);
    assertThat(client.openat(file, "x", 0)).isEqualTo(-Errno.ENOTDIR);
    assertThat(client.openat(file, "..", 0)).isEqualTo(-Errno.ENOTDIR);
    assertThat(client.openat(file, "", 0)).isEqualTo(-Errno.ENOENT);
    assertThat(client.call(Nr.FCHDIR, file)).isEqualTo(-Errno.ENOTDIR);
    long path = client.open("in", Sys.O_PATH);
    assertThat(client.openat(path, "file", 0)).isPositive();
    assertThat(client.openat(path, "../secret", 0)).isEqualTo(-Errno.EXDEV);
    assertThat(client.call(Nr.READ, path, client.buffer, 10)).isEqualTo(-Errno.EBADF);
    long itself = client.open("up", Sys.O_PATH | Sys.O_NOFOLLOW);
    assertThat(itself).isPositive();
    assertThat(client.openat(itself, "x", 0)).isEqualTo(-Errno.ENOTDIR);
    assertThat(client.statx(itself, "", Stat.AT_EMPTY_PATH)).isZero();
    assertThat(Memory.getUnsignedShort(client.here() + Stat.MODE) & Stat.S_IFMT)
        .isEqualTo(Stat.S_IFLNK);
    assertThat(client.open("/dev/fd/" + itself, 0)).isEqualTo(-Errno.ENOENT);
  }

  @Test
  void magicLinksLeadNowhereEvenIfProcIsTheRoot() throws Exception {
    try (Served proc = new Served(Path.of("/proc"))) {
      Client inside = proc.client();
      for (String path :
          new String[] {
            "self/root",
            "self/cwd",
            "self/exe",
            "self/root/etc/passwd",
            "self/fd/0",
            "self/fd/4",
            "thread-self/root",
            "self/task/../root",
            "self/ns/net"
          }) {
        assertThat(-inside.open(path, 0))
            .as(path)
            .isIn((long) Errno.ELOOP, (long) Errno.EXDEV, (long) Errno.EPERM, (long) Errno.EACCES);
      }
      long self = inside.open("self/fd", Sys.O_DIRECTORY);
      assertThat(self).isPositive();
      for (int fd = 0; fd < 50; fd++) {
        assertThat(inside.openat(self, "" + fd, 0)).isNegative();
        assertThat(inside.openat(self, "" + fd, Sys.O_NOFOLLOW)).isNegative();
      }
      assertThat(inside.open("uptime", Sys.O_PATH)).isPositive();
      assertThat(inside.open("uptime", 0)).isEqualTo(-Errno.EPERM);
    }
  }

  @Test
  void devicesAndPipesOfTheFileSystemAreNotOpened() throws Exception {
    Process made = new ProcessBuilder("mkfifo", root.resolve("fifo").toString()).start();
    assertThat(made.waitFor()).isZero();
    assertThat(client.open("fifo", 0)).isEqualTo(-Errno.EPERM);
    assertThat(client.open("fifo", Sys.O_RDWR)).isEqualTo(-Errno.EPERM);
    assertThat(client.open("fifo", Sys.O_NOFOLLOW)).isEqualTo(-Errno.EPERM);
    try (Served dev = new Served(Path.of("/dev"))) {
      assertThat(dev.client().open("null", 0)).isEqualTo(-Errno.EPERM);
    }
  }

  @Test
  void aDirectoryThatBecomesALinkWhileItIsOpenedIsNoWayOut() throws Exception {
    Path real = Files.createDirectories(root.resolve("swap"));
    Files.writeString(real.resolve("file"), "inside");
    Path aside = root.resolve("aside");
    Path toOutside = folder.resolve("link");
    AtomicBoolean over = new AtomicBoolean();
    Thread swapper = new Thread(() -> swap(real, aside, toOutside, over));
    swapper.start();
    int opened = 0;
    try {
      for (int i = 0; i < RACES; i++) {
        long fd = client.open(i % 2 == 0 ? "swap/file" : "in/../swap/file", 0);
        if (fd >= 0) {
          opened++;
          assertThat(client.call(Nr.READ, fd, client.buffer, 7)).isEqualTo(6);
          assertThat(client.text(client.buffer, 6)).isEqualTo("inside");
          assertThat(client.close(fd)).isZero();
        } else {
          assertThat(-fd)
              .isIn(
                  (long) Errno.ENOENT, (long) Errno.EXDEV, (long) Errno.EAGAIN, (long) Errno.ELOOP);
        }
      }
    } finally {
      over.set(true);
      swapper.join();
    }
    assertThat(opened).isPositive();
  }

  /** The directory, nothing, a link to the outside, nothing, the directory… */
  private void swap(Path real, Path aside, Path link, AtomicBoolean over) {
    try {
      while (!over.get()) {
        Files.move(real, aside, StandardCopyOption.ATOMIC_MOVE);
        Files.createSymbolicLink(link, folder.resolve("out"));
        Files.move(link, real, StandardCopyOption.ATOMIC_MOVE);
        Files.delete(real);
        Files.move(aside, real, StandardCopyOption.ATOMIC_MOVE);
      }
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  /** Files of the kernel show the server's own memory, and more. */
  @Test
  void whatIsInProcfsIsNotOpened() throws Exception {
    try (Served all = new Served(Path.of("/"))) {
      Client client = all.client();
      for (String path : new String[] {"proc/self/mem", "/proc/self/maps", "proc/version"}) {
        assertThat(client.open(path, 0)).as(path).isEqualTo(-Errno.EPERM);
      }
      long directory = client.open("proc/self", Sys.O_DIRECTORY);
      assertThat(client.call(Nr.OPENAT, directory, client.path("environ"), Sys.O_NOFOLLOW, 0))
          .isEqualTo(-Errno.EPERM);
      assertThat(client.open("etc/passwd", 0)).isGreaterThanOrEqualTo(3);
    }
  }
}
