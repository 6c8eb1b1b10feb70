package io.syslet.server.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.syslet.Errno;
import io.syslet.Nr;
import io.syslet.Stat;
import io.syslet.Sys;
import io.syslet.ring.Memory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Flags that are rare or unknown, descriptors instead of paths, and memory that is too short. */
class OddCallArgumentsTest {
  private static final int UNKNOWN = 1 << 30;

  @TempDir Path root;
  private Served served;
  private Client client;

  @BeforeEach
  void serve() throws Exception {
    served = Served.smallTree(root);
    client = served.client();
  }

  @AfterEach
  void stop() {
    served.close();
  }

  private long at(long nr, long dirfd, String path, long... more) throws Exception {
    long[] arguments = new long[2 + more.length];
    arguments[0] = dirfd;
    arguments[1] = client.path(path);
    System.arraycopy(more, 0, arguments, 2, more.length);
    return client.call(nr, arguments);
  }

  @Test
  void unknownFlagsAreRefused() throws Exception {
    int here = Sys.AT_FDCWD;
    long out = client.buffer;
    assertThat(client.statx(here, "link", UNKNOWN)).isEqualTo(-Errno.EINVAL);
    assertThat(at(Nr.NEWFSTATAT, here, "link", out, UNKNOWN)).isEqualTo(-Errno.EINVAL);
    assertThat(at(Nr.FACCESSAT2, here, "link", 0, UNKNOWN)).isEqualTo(-Errno.EINVAL);
    assertThat(at(Nr.UTIMENSAT, here, "link", 0, UNKNOWN)).isEqualTo(-Errno.EINVAL);
    assertThat(client.call(Nr.PIPE2, out, UNKNOWN)).isEqualTo(-Errno.EINVAL);
    assertThat(client.call(Nr.EVENTFD2, 0, UNKNOWN)).isEqualTo(-Errno.EINVAL);
    assertThat(client.call(Nr.EPOLL_CREATE1, UNKNOWN)).isEqualTo(-Errno.EINVAL);
    assertThat(client.call(Nr.DUP3, client.open("a/file", 0), 9, UNKNOWN)).isEqualTo(-Errno.EINVAL);
    long first = client.path("a/file");
    long second = client.path("new", 1);
    assertThat(client.call(Nr.LINKAT, here, first, here, second, 0x400)).isEqualTo(-Errno.EINVAL);
    assertThat(at(Nr.FACCESSAT, here, "link", 0, UNKNOWN)).as("it has no flags").isZero();
    awaitDescriptors(1);
  }

  /** They are told once the poller has made some batches. */
  private void awaitDescriptors(int count) {
    while (client.session.view().descriptors() != count) {
      Thread.onSpinWait();
    }
  }

  @Test
  void anEmptyPathStandsForTheDescriptor() throws Exception {
    long file = client.open("a/file", 0);
    long link = client.open("link", Sys.O_PATH | Sys.O_NOFOLLOW);
    long out = client.buffer;
    int empty = Stat.AT_EMPTY_PATH;
    assertThat(client.statx(file, "", empty)).isZero();
    assertThat(Memory.getLong(client.here() + Stat.SIZE)).isEqualTo(5);
    assertThat(at(Nr.NEWFSTATAT, file, "", out, empty)).isZero();
    assertThat(at(Nr.NEWFSTATAT, file, "", out, 0)).isEqualTo(-Errno.ENOENT);
    assertThat(at(Nr.FACCESSAT2, file, "", 4, empty)).isZero();
    assertThat(at(Nr.FACCESSAT2, file, "", 4, 0)).isEqualTo(-Errno.ENOENT);
    assertThat(at(Nr.READLINKAT, link, "", out, 100)).isEqualTo(6);
    assertThat(client.text(out, 6)).isEqualTo("a/file");
    assertThat(at(Nr.FCHMODAT, file, "", 0600)).isEqualTo(-Errno.ENOENT);
    assertThat(client.statx(77, "", empty)).isEqualTo(-Errno.EBADF);
  }

  @Test
  void aLinkIsFollowedUnlessTheCallSaysOtherwise() throws Exception {
    Files.createSymbolicLink(root.resolve("broken"), Path.of("none"));
    int nofollow = Stat.AT_SYMLINK_NOFOLLOW;
    for (String path : new String[] {"broken", "a/../broken"}) {
      assertThat(at(Nr.FACCESSAT2, Sys.AT_FDCWD, path, 0, 0)).isEqualTo(-Errno.ENOENT);
      assertThat(at(Nr.FACCESSAT2, Sys.AT_FDCWD, path, 0, nofollow)).isZero();
      assertThat(client.statx(Sys.AT_FDCWD, path, 0)).isEqualTo(-Errno.ENOENT);
      assertThat(client.statx(Sys.AT_FDCWD, path, nofollow)).isZero();
      assertThat(at(Nr.UTIMENSAT, Sys.AT_FDCWD, path, 0, 0)).isEqualTo(-Errno.ENOENT);
      assertThat(at(Nr.UTIMENSAT, Sys.AT_FDCWD, path, 0, nofollow)).isZero();
    }
  }

  @Test
  void timesAreThoseThatTheClientWrote() throws Exception {
    long times = client.port.allocate(32);
    Memory.putLong(HeapPort.here(times), 1000);
    Memory.putLong(HeapPort.here(times) + 16, 2000);
    long file = client.open("a/file", 0);
    assertThat(at(Nr.UTIMENSAT, Sys.AT_FDCWD, "link", times, 0)).isZero();
    assertThat(Files.getLastModifiedTime(root.resolve("a/file"))).isEqualTo(time(2000));
    Memory.putLong(HeapPort.here(times) + 16, 3000);
    assertThat(client.call(Nr.UTIMENSAT, file, 0, times, 0)).isZero();
    assertThat(Files.getLastModifiedTime(root.resolve("a/file"))).isEqualTo(time(3000));
    assertThat(client.call(Nr.UTIMENSAT, 77, 0, times, 0)).isEqualTo(-Errno.EBADF);
    assertThat(client.call(Nr.UTIMENSAT, file, 0, times, UNKNOWN)).isEqualTo(-Errno.EINVAL);
    assertThat(client.call(Nr.UTIMENSAT, file, 0, client.port.end() - 16, 0))
        .isEqualTo(-Errno.EFAULT);
  }

  private static FileTime time(long seconds) {
    return FileTime.fromMillis(seconds * 1000);
  }

  @Test
  void theFormOfOpenat2IsChecked() throws Exception {
    long how = client.port.allocate(32);
    assertThat(how(how, 0, 0, 24)).isPositive();
    assertThat(how(how, 0, 0, 16)).isEqualTo(-Errno.EINVAL);
    assertThat(how(how, 0, 0, 32)).isEqualTo(-Errno.E2BIG);
    assertThat(how(how, 1L << 40, 0, 24)).isEqualTo(-Errno.EINVAL);
    assertThat(how(how, 0, 1 << 10, 24)).isEqualTo(-Errno.EINVAL);
    assertThat(how(how, 0, 4, 24)).as("no links").isEqualTo(-Errno.ELOOP);
    assertThat(how(how, Sys.O_NOFOLLOW, 4, 24)).as("no links").isEqualTo(-Errno.ELOOP);
    long behind = client.port.end() - 16;
    assertThat(at(Nr.OPENAT2, Sys.AT_FDCWD, "link", behind, 24)).isEqualTo(-Errno.EFAULT);
    assertThat(client.open("link", UNKNOWN)).as("openat takes any").isPositive();
  }

  private long how(long how, long flags, long resolve, long length) throws Exception {
    Memory.putLong(HeapPort.here(how), flags);
    Memory.putLong(HeapPort.here(how) + 16, resolve);
    return at(Nr.OPENAT2, Sys.AT_FDCWD, "link", how, length);
  }

  @Test
  void whatIsToldFitsIntoTheMemoryThatIsNamed() throws Exception {
    long out = client.buffer;
    assertThat(client.call(Nr.CHDIR, client.path("a/b"))).isZero();
    Memory.putLong(client.here(), -1);
    assertThat(client.call(Nr.GETCWD, out, 5)).isEqualTo(5);
    assertThat(client.text(out, 5)).isEqualTo("/a/b");
    assertThat(Memory.getByte(client.here() + 5)).as("not ours").isEqualTo((byte) -1);
    assertThat(client.call(Nr.GETCWD, out, 4)).isEqualTo(-Errno.ERANGE);
    assertThat(client.call(Nr.GETCWD, out, 0)).isEqualTo(-Errno.EINVAL);
    assertThat(client.call(Nr.GETCWD, 0, 5)).isEqualTo(-Errno.EFAULT);
    assertThat(client.call(Nr.GETCWD, client.port.end() - 4, 5)).isEqualTo(-Errno.EFAULT);
    assertThat(client.call(Nr.PIPE2, 0, 0)).isEqualTo(-Errno.EFAULT);
    assertThat(client.call(Nr.PIPE2, client.port.end() - 4, 0)).isEqualTo(-Errno.EFAULT);
    assertThat(client.call(Nr.STATFS, client.path("/"), client.port.end() - 64))
        .isEqualTo(-Errno.EFAULT);
    awaitDescriptors(0);
  }

  @Test
  void theLimitOfDescriptorsIsTheSessions() throws Exception {
    long out = client.buffer;
    assertThat(client.call(Nr.PRLIMIT64, 0, 7, 0, out)).isZero();
    assertThat(Memory.getLong(client.here())).isEqualTo(3 + 1024);
    assertThat(Memory.getLong(client.here() + 8)).isEqualTo(3 + 1024);
    assertThat(client.call(Nr.PRLIMIT64, 0, 7, 0, 0)).isZero();
    assertThat(client.call(Nr.PRLIMIT64, 1, 7, 0, out)).isEqualTo(-Errno.EPERM);
    assertThat(client.call(Nr.PRLIMIT64, 0, 6, 0, out)).isEqualTo(-Errno.EPERM);
    assertThat(client.call(Nr.PRLIMIT64, 0, 7, 0, client.port.end() - 8)).isEqualTo(-Errno.EFAULT);
  }
}
