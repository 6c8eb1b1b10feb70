package io.syslet.server.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.syslet.Errno;
import io.syslet.Nr;
import io.syslet.Stat;
import io.syslet.Sys;
import io.syslet.ring.Memory;
import io.syslet.server.policy.Policy;
import io.syslet.table.CallEntry;
import io.syslet.table.CallTable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PolicyTest {
  private static final Logger LOGGER = Logger.getLogger(Session.class.getName());

  @TempDir Path root;
  private final List<String> logged = new ArrayList<>();
  private final Handler handler =
      new Handler() {
        @Override
        public synchronized void publish(LogRecord entry) {
          logged.add(entry.getMessage());
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
      };

  @BeforeEach
  void prepare() throws Exception {
    Files.createDirectories(root.resolve("dir"));
    Files.writeString(root.resolve("file"), "text");
    LOGGER.setUseParentHandlers(false);
    LOGGER.addHandler(handler);
  }

  @AfterEach
  void reset() {
    LOGGER.removeHandler(handler);
    LOGGER.setUseParentHandlers(true);
  }

  @Test
  void eachCallThatIsNotOnTheListIsRefusedAndLoggedOnce() throws Exception {
    try (Served served = new Served(root)) {
      // A peer of its own: lines are counted for each, whatever test or session they are from.
      Client client = Client.open(served.sessions, Peer.unix(4242, 4242, 1), 256);
      Policy policy = new Policy(false, false, null);
      int refused = 0;
      for (CallEntry entry : CallTable.all()) {
        if (!policy.allows(entry.number())) {
          refused++;
          assertThat(client.call(entry.number(), 3, 1, 1)).as(entry.name()).isEqualTo(-Errno.EPERM);
          assertThat(client.call(entry.number(), 3, 1, 1)).isEqualTo(-Errno.EPERM);
        }
      }
      assertThat(refused).isGreaterThan(200);
      assertThat(logged).as("a few lines, the rest is counted").hasSizeBetween(1, 20);
      assertThat(client.session.view().refused()).isEqualTo(2L * refused);
    }
  }

  /**
   * Those that have effects by their arguments, which their rules refuse, or on pipes alone: see
   * {@link #nothingIsWrittenUnlessItIsGranted}.
   */
  private static final Set<String> BY_ARGUMENTS =
      Set.of("creat", "fcntl", "open", "openat", "openat2", "prlimit64", "write", "writev");

  @Test
  void noCallOfTheTableThatHasEffectsIsMadeUnlessItIsGranted() throws Exception {
    Policy policy = new Policy(false, false, null);
    Set<String> made = new TreeSet<>();
    for (CallEntry entry : CallTable.all()) {
      boolean hasEffects =
          CallTable.hasEffects(
              entry.number(), 0, Sys.O_CREAT | Sys.O_WRONLY, Sys.O_CREAT | Sys.O_WRONLY, 0, 0, 0);
      if (hasEffects && policy.allows(entry.number())) {
        made.add(entry.name());
      }
    }
    assertThat(made).isEqualTo(BY_ARGUMENTS);
  }

  @Test
  void whatIsNoCallIsSaidToBeNone() throws Exception {
    try (Served served = new Served(root)) {
      Client client = served.client();
      for (long nr : new long[] {511, 512, 100_000, -1, Nr.INDIRECT, Nr.RING_WAIT, 1L << 30}) {
        assertThat(client.call(nr)).isEqualTo(-Errno.ENOSYS);
      }
    }
  }

  @Test
  void nothingIsWrittenUnlessItIsGranted() throws Exception {
    try (Served served = new Served(root)) {
      Client client = served.client();
      for (int flags :
          new int[] {
            Sys.O_WRONLY, Sys.O_RDWR, Sys.O_CREAT, Sys.O_TRUNC, Sys.O_APPEND, Sys.O_TMPFILE
          }) {
        assertThat(client.open("file", flags)).isEqualTo(-Errno.EPERM);
      }
      assertThat(client.call(Nr.CREAT, client.path("file"), 0644)).isEqualTo(-Errno.EPERM);
      assertThat(client.call(Nr.OPEN, client.path("file"), Sys.O_TRUNC, 0)).isEqualTo(-Errno.EPERM);
      Memory.putLong(HeapPort.here(client.buffer), Sys.O_CREAT);
      Memory.putLong(HeapPort.here(client.buffer) + 8, 0644);
      Memory.putLong(HeapPort.here(client.buffer) + 16, 0);
      assertThat(client.call(Nr.OPENAT2, Sys.AT_FDCWD, client.path("new"), client.buffer, 24))
          .isEqualTo(-Errno.EPERM);
      assertThat(client.call(Nr.PRLIMIT64, 0, 7, client.buffer, 0)).isEqualTo(-Errno.EPERM);
      assertThat(client.call(Nr.UTIMENSAT, Sys.AT_FDCWD, client.path("file"), 0, 0))
          .isEqualTo(-Errno.EPERM);
      long fd = client.open("file", 0);
      assertThat(client.call(Nr.WRITEV, fd, client.buffer, 0)).isEqualTo(-Errno.EBADF);
      assertThat(client.call(Nr.WRITE, fd, client.path("x"), 1)).isEqualTo(-Errno.EBADF);
      assertThat(client.call(Nr.PWRITE64, fd, client.path("x"), 1, 0)).isEqualTo(-Errno.EPERM);
      assertThat(client.call(Nr.FTRUNCATE, fd, 0)).isEqualTo(-Errno.EPERM);
      assertThat(client.call(Nr.COPY_FILE_RANGE, fd, 0, fd, 0, 1, 0)).isEqualTo(-Errno.EPERM);
      assertThat(client.call(Nr.UNLINKAT, Sys.AT_FDCWD, client.path("file"), 0))
          .isEqualTo(-Errno.EPERM);
      assertThat(client.call(Nr.FCNTL, fd, Sys.F_SETFL, Sys.O_APPEND)).isEqualTo(-Errno.EPERM);
    }
    assertThat(root.resolve("file")).hasContent("text");
  }

  @Test
  void filesAreChangedWhereWritingIsGranted() throws Exception {
    try (Served served = new Served(root, options -> options.canWrite(true))) {
      Client client = served.client();
      long fd = client.open("new", Sys.O_CREAT | Sys.O_EXCL | Sys.O_RDWR);
      assertThat(client.call(Nr.WRITE, fd, client.path("hello"), 5)).isEqualTo(5);
      assertThat(client.call(Nr.PWRITE64, fd, client.path("J"), 1, 0)).isEqualTo(1);
      assertThat(client.call(Nr.FSYNC, fd)).isZero();
      assertThat(client.call(Nr.FTRUNCATE, fd, 4)).isZero();
      assertThat(root.resolve("new")).hasContent("Jell");
      assertThat(client.call(Nr.MKDIRAT, Sys.AT_FDCWD, client.path("dir/sub/"), 0755)).isZero();
      assertThat(rename(client, "new", "dir/sub/moved")).isZero();
      assertThat(root.resolve("dir/sub/moved")).hasContent("Jell");
      long target = client.path("../../file");
      assertThat(client.call(Nr.SYMLINKAT, target, Sys.AT_FDCWD, client.path("dir/sub/link", 1)))
          .isZero();
      assertThat(client.open("dir/sub/link", 0)).isPositive();
      assertThat(link(client, "dir/sub/moved", "second")).isZero();
      assertThat(client.call(Nr.FCHMODAT, Sys.AT_FDCWD, client.path("second"), 0600)).isZero();
      assertThat(client.call(Nr.UTIMENSAT, Sys.AT_FDCWD, client.path("dir/sub/moved"), 0, 0))
          .isZero();
      assertThat(client.call(Nr.UNLINKAT, Sys.AT_FDCWD, client.path("dir/sub/link"), 0)).isZero();
      assertThat(client.call(Nr.UNLINKAT, Sys.AT_FDCWD, client.path("dir/sub/moved"), 0)).isZero();
      assertThat(remove(client, "/dir/sub")).isZero();
    }
    assertThat(root.resolve("dir")).isEmptyDirectory();
    assertThat(root.resolve("second")).hasContent("Jell");
    assertThat(Files.getPosixFilePermissions(root.resolve("second"))).hasSize(2);
  }

  @Test
  void whatIsCopiedGoesBetweenDescriptorsOfTheSession() throws Exception {
    try (Served served = new Served(root, options -> options.canWrite(true))) {
      Client client = served.client();
      long in = client.open("file", Sys.O_RDONLY);
      long out = client.open("copy", Sys.O_CREAT | Sys.O_WRONLY);
      long offset = client.port.allocate(8);
      Memory.putLong(HeapPort.here(offset), 1);
      assertThat(client.call(Nr.COPY_FILE_RANGE, in, offset, out, 0, 100, 0)).isEqualTo(3);
      assertThat(root.resolve("copy")).hasContent("ext");
      assertThat(Memory.getLong(HeapPort.here(offset))).isEqualTo(4);
      assertThat(client.call(Nr.COPY_FILE_RANGE, out, 0, in, 0, 1, 0)).isEqualTo(-Errno.EBADF);
      assertThat(client.call(Nr.COPY_FILE_RANGE, in, 0, 1, 0, 1, 0)).isEqualTo(-Errno.EBADF);
      long end = client.port.end();
      assertThat(client.call(Nr.COPY_FILE_RANGE, in, end, out, 0, 1, 0)).isEqualTo(-Errno.EFAULT);
      int[] pipe = client.pipe(0);
      assertThat(client.call(Nr.COPY_FILE_RANGE, in, 0, pipe[1], 0, 1, 0)).isEqualTo(-Errno.EINVAL);
    }
  }

  private static long rename(Client client, String from, String to) throws Exception {
    long first = client.path(from);
    return client.call(Nr.RENAMEAT2, Sys.AT_FDCWD, first, Sys.AT_FDCWD, client.path(to, 1), 0);
  }

  private static long link(Client client, String from, String to) throws Exception {
    long first = client.path(from);
    return client.call(Nr.LINKAT, Sys.AT_FDCWD, first, Sys.AT_FDCWD, client.path(to, 1), 0);
  }

  private static long remove(Client client, String path) throws Exception {
    return client.call(Nr.UNLINKAT, Sys.AT_FDCWD, client.path(path), Stat.AT_REMOVEDIR);
  }

  @Test
  void aProgramThatRunsAsTheServersUserCannotBeMade() throws Exception {
    try (Served served = new Served(root, options -> options.canWrite(true))) {
      Client client = served.client();
      long fd = client.open("file", Sys.O_RDWR);
      long path = client.path("file");
      assertThat(client.call(Nr.FCHMOD, fd, 04755)).isEqualTo(-Errno.EPERM);
      assertThat(client.call(Nr.FCHMODAT, Sys.AT_FDCWD, path, 02755)).isEqualTo(-Errno.EPERM);
      assertThat(client.call(Nr.OPENAT, Sys.AT_FDCWD, client.path("x"), Sys.O_CREAT | 1, 04755))
          .isEqualTo(-Errno.EPERM);
      assertThat(client.call(Nr.MKDIRAT, Sys.AT_FDCWD, client.path("y"), 02755))
          .isEqualTo(-Errno.EPERM);
    }
  }

  @Test
  void aFolderThatIsHiddenIsNotOpenedByAnyPath() throws Exception {
    Path hidden = Files.createDirectories(root.resolve("dir/hidden"));
    Files.writeString(hidden.resolve("file"), "text");
    Files.createDirectories(root.resolve("dir/hidden2"));
    Files.createSymbolicLink(root.resolve("link"), Path.of("dir/hidden"));
    Path real = hidden.toRealPath();
    try (Served served = new Served(root, options -> options.hidden(real))) {
      Client client = served.client();
      String[] paths = {"dir/hidden", "dir/hidden/file", "link", "/link/file", "dir/../link/."};
      for (String path : paths) {
        assertThat(client.open(path, 0)).as(path).isEqualTo(-Errno.EACCES);
        assertThat(client.open(path, Sys.O_PATH)).as(path).isEqualTo(-Errno.EACCES);
      }
      assertThat(client.open("dir/hidden", Sys.O_DIRECTORY | Sys.O_NOFOLLOW))
          .isEqualTo(-Errno.EACCES);
      while (client.session.view().descriptors() > 0) {
        Thread.onSpinWait();
      }
      assertThat(client.open("dir/hidden2", 0)).isEqualTo(3);
      assertThat(client.open("dir", 0)).isEqualTo(4);
      assertThat(client.openat(4, "hidden", 0)).isEqualTo(-Errno.EACCES);
    }
  }

  @Test
  void aClientIsToldItsOwnProcess() throws Exception {
    try (Served served = new Served(root)) {
      assertThat(served.client().call(Nr.GETPID)).isEqualTo(4711);
      Client remote = Client.open(served.sessions, Peer.tls("CN=somebody"), 256);
      assertThat(remote.call(Nr.GETPID)).isPositive();
      assertThat(remote.call(Nr.GETUID)).isNotNegative();
      assertThat(remote.call(Nr.SCHED_YIELD)).isZero();
    }
  }
}
