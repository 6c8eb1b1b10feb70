package io.syslet.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.syslet.CString;
import io.syslet.Errno;
import io.syslet.Nr;
import io.syslet.Stat;
import io.syslet.Sys;
import io.syslet.client.local.FdPassing;
import io.syslet.client.wire.Wire;
import io.syslet.ring.HostCalls;
import io.syslet.ring.Memory;
import io.syslet.ring.SharedMemory;
import io.syslet.server.AsUser;
import io.syslet.server.Served;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Descriptors that clients pass, honest ones and others. */
class PassedDescriptorsTest {
  private static final int MEMFD_CREATE = 319;
  private static final int SOCK_SEQPACKET = 5;
  private static final int LIMIT = 40;

  @TempDir private Path temp;
  private final Arena arena = Arena.ofAuto();
  private final long memory = arena.allocate(4096, 8).address();
  private Path outside;
  private Served served;

  @BeforeEach
  void serve() throws IOException {
    outside = Files.writeString(temp.resolve("outside"), "content");
    served =
        Served.in(
            temp.resolve("server"),
            options -> {
              options.grant = List.of("write", "descriptors");
              options.descriptors = LIMIT;
              options.resumeTimeout = 1;
              options.users = List.of(Users.own(), (long) AsUser.SOMEBODY);
            });
  }

  @AfterEach
  void end() {
    served.close();
  }

  private int open(Path file, int flags) {
    return host(Nr.OPENAT, Sys.AT_FDCWD, CString.allocate(arena, file.toString()), flags, 0600);
  }

  private static int host(long nr, long a0, long a1, long a2, long a3) {
    long made = HostCalls.call(nr, a0, a1, a2, a3, 0, 0);
    assertThat(made).isNotNegative();
    return (int) made;
  }

  private static void close(int fd) {
    HostCalls.send(Nr.CLOSE, fd, 0, 0, 0, 0, 0);
  }

  private static long openDescriptors() throws IOException {
    try (var files = Files.list(Path.of("/proc/self/fd"))) {
      return files.filter(file -> !link(file).matches("/proc/\\d+/task/.*")).count();
    }
  }

  private static String link(Path file) {
    try {
      return Files.readSymbolicLink(file).toString();
    } catch (IOException e) {
      return "/proc/1/task/gone";
    }
  }

  private long pass(RemoteKernel kernel, int fd) {
    long passed = kernel.pass(fd);
    close(fd);
    return passed;
  }

  private int[] pipe() {
    host(Nr.PIPE2, memory, Sys.O_CLOEXEC, 0, 0);
    return new int[] {Memory.getInt(memory), Memory.getInt(memory + 4)};
  }

  // ---- honest ones

  @Test
  void aFileFromOutsideTheRootIsReadAndWritten() throws IOException {
    try (RemoteKernel kernel = served.connect("unix")) {
      long buffer = kernel.arena().allocate(64).address();
      long fd = pass(kernel, open(outside, Sys.O_RDWR));
      assertThat(fd).isEqualTo(3);
      assertThat(kernel.syscall(Nr.PREAD64, fd, buffer, 64, 0, 0, 0)).isEqualTo(7);
      assertThat(new String(CString.bytes(buffer, 7), java.nio.charset.StandardCharsets.UTF_8))
          .isEqualTo("content");
      assertThat(kernel.syscall(Nr.PWRITE64, fd, buffer, 3, 7, 0, 0)).isEqualTo(3);
      assertThat(outside).hasContent("contentcon");
      assertThat(kernel.syscall(Nr.CLOSE, fd, 0, 0)).isZero();
    }
  }

  @Test
  void theAccessModeIsTheClients() throws IOException {
    try (RemoteKernel kernel = served.connect("unix")) {
      long buffer = kernel.arena().allocate(64).address();
      long in = pass(kernel, open(outside, Sys.O_RDONLY));
      assertThat(kernel.syscall(Nr.WRITE, in, buffer, 1)).isEqualTo(-Errno.EBADF);
      long out = pass(kernel, open(outside, Sys.O_WRONLY));
      assertThat(kernel.syscall(Nr.READ, out, buffer, 1)).isEqualTo(-Errno.EBADF);
      assertThat(kernel.syscall(Nr.FCNTL, out, Sys.F_GETFL, 0) & 3).isEqualTo(Sys.O_WRONLY);
    }
  }

  /** Both ends stay blocking for the client, and a reader that waits does not hold the session. */
  @Test
  void aBlockingPipeWaitsAsAnyOther() throws Exception {
    int[] pipe = pipe();
    try (RemoteKernel kernel = served.connect("unix")) {
      long buffer = kernel.arena().allocate(64).address();
      long in = kernel.pass(pipe[0]);
      long out = kernel.pass(pipe[1]);
      CompletableFuture<Long> read =
          CompletableFuture.supplyAsync(
              () -> kernel.syscall(Nr.READ, in, buffer, 8),
              task -> Thread.ofPlatform().start(task));
      Thread.sleep(20);
      assertThat(read).isNotDone();
      assertThat(kernel.syscall(Nr.WRITE, out, kernel.arena().allocate(8).address(), 5))
          .isEqualTo(5);
      assertThat(read.get()).isEqualTo(5);
      assertThat(HostCalls.call(Nr.FCNTL, pipe[0], Sys.F_GETFL, 0, 0, 0, 0)).isZero();
    } finally {
      close(pipe[0]);
      close(pipe[1]);
    }
  }

  @Test
  void whatHasNoNonBlockingFormIsCalledOnceItIsReady() throws Exception {
    try (RemoteKernel kernel = served.connect("unix")) {
      long buffer = kernel.arena().allocate(8, 8).address();
      int timer = host(283, 1, 0, 0, 0);
      Memory.putLong(memory, 0);
      Memory.putLong(memory + 8, 0);
      Memory.putLong(memory + 16, 0);
      Memory.putLong(memory + 24, 20_000_000);
      host(286, timer, 0, memory, 0);
      long fd = pass(kernel, timer);
      assertThat(fd).isPositive();
      assertThat(kernel.syscall(Nr.READ, fd, buffer, 8)).isEqualTo(8);
      assertThat(Memory.getLong(buffer)).isEqualTo(1);
      long zero = pass(kernel, open(Path.of("/dev/zero"), Sys.O_RDONLY));
      Memory.putLong(buffer, 1);
      assertThat(kernel.syscall(Nr.READ, zero, buffer, 8)).isEqualTo(8);
      assertThat(Memory.getLong(buffer)).isZero();
    }
  }

  @Test
  void whatWasPassedIsClosedWithTheSession() throws Exception {
    long before = openDescriptors();
    try (RemoteKernel kernel = served.connect("unix")) {
      for (int i = 0; i < 10; i++) {
        assertThat(pass(kernel, open(outside, Sys.O_RDONLY))).isPositive();
      }
      assertThat(kernel.syscall(Nr.DUP, 3, 0, 0)).isPositive();
    }
    while (openDescriptors() > before) {
      Thread.onSpinWait();
    }
  }

  // ---- what is refused

  private void refused(long error, int fd) throws IOException {
    try (RemoteKernel kernel = served.connect("unix")) {
      assertThat(pass(kernel, fd)).isEqualTo(error);
    }
  }

  @Test
  void whatAsksWhoCallsOrIsTheServersIsRefused() throws Exception {
    refused(-Errno.EBADF, open(outside, Sys.O_PATH));
    refused(-Errno.EPERM, open(Path.of("/proc/self/mem"), Sys.O_RDWR));
    refused(-Errno.EPERM, open(Path.of("/sys"), Sys.O_RDONLY));
    refused(-Errno.EPERM, host(Nr.EPOLL_CREATE1, 0, 0, 0, 0));
    refused(-Errno.EPERM, host(MEMFD_CREATE, CString.allocate(arena, "syslet-arena"), 0, 0, 0));
    host(Nr.SOCKETPAIR, 1, SOCK_SEQPACKET, 0, memory);
    close(Memory.getInt(memory + 4));
    refused(-Errno.EPERM, Memory.getInt(memory));
    try (RemoteKernel kernel = served.connect("unix")) {
      assertThat(kernel.pass(-1)).isEqualTo(-Errno.EBADF);
    }
  }

  @Test
  void aDirectoryIsReadButNothingIsLookedUpThere() throws Exception {
    try (RemoteKernel kernel = served.connect("unix")) {
      long fd = pass(kernel, open(temp, Sys.O_RDONLY));
      long buffer = kernel.arena().allocate(4096).address();
      long name = CString.allocate(kernel.arena(), "outside");
      assertThat(kernel.syscall(Nr.GETDENTS64, fd, buffer, 4096)).isPositive();
      assertThat(kernel.syscall(Nr.OPENAT, fd, name, 0)).isEqualTo(-Errno.EPERM);
      assertThat(kernel.syscall(Nr.UNLINKAT, fd, name, 0)).isEqualTo(-Errno.EPERM);
      assertThat(kernel.syscall(Nr.FCHDIR, fd, 0, 0)).isEqualTo(-Errno.EPERM);
      assertThat(kernel.syscall(Nr.FCHMOD, fd, 0777, 0)).isEqualTo(-Errno.EPERM);
      assertThat(kernel.syscall(Nr.UTIMENSAT, fd, 0, 0)).isEqualTo(-Errno.EPERM);
      long twin = kernel.syscall(Nr.DUP, fd, 0, 0);
      assertThat(kernel.syscall(Nr.OPENAT, twin, name, 0)).isEqualTo(-Errno.EPERM);
      long empty = CString.allocate(kernel.arena(), "");
      assertThat(kernel.syscall(Nr.STATX, fd, empty, Stat.AT_EMPTY_PATH, 0x7ff, buffer, 0))
          .isEqualTo(-Errno.EPERM);
      assertThat(kernel.syscall(Nr.FSTAT, fd, buffer, 0)).isZero();
    }
  }

  @Test
  void withoutTheRightToWriteFilesAreTakenToBeRead() throws Exception {
    try (Served reading =
            Served.in(temp.resolve("reading"), options -> options.grant = List.of("descriptors"));
        RemoteKernel kernel = reading.connect("unix")) {
      assertThat(pass(kernel, open(outside, Sys.O_RDONLY))).isPositive();
      assertThat(pass(kernel, open(outside, Sys.O_RDWR))).isEqualTo(-Errno.EPERM);
      assertThat(kernel.pass(pipe()[1])).isPositive();
    }
  }

  @Test
  void withoutAGrantOrFromAnotherHostNothingIsTaken() throws Exception {
    try (Served plain = Served.in(temp.resolve("plain"));
        RemoteKernel kernel = plain.connect("unix");
        LocalCaller caller = new LocalCaller(plain.unix());
        RemoteKernel remote = served.connect("tls")) {
      assertThat(pass(kernel, open(outside, Sys.O_RDONLY))).isEqualTo(-Errno.EOPNOTSUPP);
      assertThat(kernel.syscall(Wire.ADOPT, 1, 0, 0)).isEqualTo(-Errno.EPERM);
      assertThat(caller.passing()).isNegative();
      assertThat(pass(remote, open(outside, Sys.O_RDONLY))).isEqualTo(-Errno.EOPNOTSUPP);
      assertThat(remote.syscall(Wire.ADOPT, 1, 0, 0)).isNegative();
    }
  }

  @Test
  void anotherUserPassesOnlyWhatAsksNobody() throws Exception {
    AsUser.needsRoot();
    Files.setPosixFilePermissions(
        temp, java.nio.file.attribute.PosixFilePermissions.fromString("rwxr-xr-x"));
    int zero = open(Path.of("/dev/zero"), Sys.O_RDONLY);
    int file = open(outside, Sys.O_RDONLY);
    ClientOptions options = served.client().serverUser(0);
    List<Long> passed =
        AsUser.run(
            () -> {
              try (RemoteKernel kernel = RemoteKernel.connect(served.unix(), options)) {
                return List.of(kernel.pass(file), kernel.pass(zero));
              }
            });
    assertThat(passed).containsExactly(3L, (long) -Errno.EPERM);
  }

  // ---- hostile ones

  private void send(LocalCaller caller, long cookie, int length, int... fds) {
    Memory.putLong(memory, cookie);
    assertThat(FdPassing.send(caller.passing(), memory, length, fds)).isEqualTo(length);
  }

  private void sendPlainly(LocalCaller caller, long cookie) {
    Memory.putLong(memory, cookie);
    host(Nr.WRITE, caller.passing(), memory, 8, 0);
  }

  @Test
  void messagesThatAreNotAsTheyShouldBe() throws Exception {
    long before = openDescriptors();
    int file = open(outside, Sys.O_RDONLY);
    try (LocalCaller caller = new LocalCaller(served.unix())) {
      assertThat(caller.call(Wire.ADOPT, 1)).as("nothing sent").isEqualTo(-Errno.ENOMSG);
      sendPlainly(caller, 2);
      assertThat(caller.call(Wire.ADOPT, 2)).as("no descriptor").isEqualTo(-Errno.EINVAL);
      send(caller, 3, 8, file, file);
      assertThat(caller.call(Wire.ADOPT, 3)).as("two").isEqualTo(-Errno.EINVAL);
      send(caller, 4, 8, file, file, file, file, file, file, file, file);
      assertThat(caller.call(Wire.ADOPT, 4)).as("eight").isEqualTo(-Errno.EINVAL);
      send(caller, 5, 4, file);
      assertThat(caller.call(Wire.ADOPT, 5)).as("half a cookie").isEqualTo(-Errno.ENOMSG);
      send(caller, 6, 8, file);
      send(caller, 7, 8, file);
      assertThat(caller.call(Wire.ADOPT, 7)).as("the second").isEqualTo(3);
      assertThat(caller.call(Wire.ADOPT, 6)).as("thrown away").isEqualTo(-Errno.ENOMSG);
      for (int i = 0; i < 100; i++) {
        send(caller, 8, 8, file);
      }
      assertThat(caller.call(Wire.ADOPT, 9)).as("only others").isEqualTo(-Errno.ENOMSG);
      close(caller.passing());
    }
    close(file);
    while (openDescriptors() > before) {
      Thread.onSpinWait();
    }
  }

  @Test
  void thereIsALimit() throws Exception {
    int file = open(outside, Sys.O_RDONLY);
    try (RemoteKernel kernel = served.connect("unix")) {
      for (int i = 0; i < LIMIT; i++) {
        assertThat(kernel.pass(file)).isEqualTo(3 + i);
      }
      assertThat(kernel.pass(file)).isEqualTo(-Errno.EMFILE);
      assertThat(kernel.syscall(Nr.CLOSE, 10, 0, 0)).isZero();
      assertThat(kernel.pass(file)).isEqualTo(10);
    }
    close(file);
  }

  /** A client that gives its own socket away could never be seen to have gone. */
  @Test
  void aClientsOwnEndsAreNotTaken() throws Exception {
    try (LocalCaller caller = new LocalCaller(served.unix());
        SharedMemory own = SharedMemory.create("syslet-ring", 4096)) {
      send(caller, 1, 8, caller.passing());
      assertThat(caller.call(Wire.ADOPT, 1)).isEqualTo(-Errno.EPERM);
      send(caller, 2, 8, own.fd());
      assertThat(caller.call(Wire.ADOPT, 2)).isEqualTo(-Errno.EPERM);
      close(caller.passing());
    }
  }
}
