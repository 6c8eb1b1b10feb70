package io.syslet.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.syslet.CString;
import io.syslet.Errno;
import io.syslet.Nr;
import io.syslet.Stat;
import io.syslet.Sys;
import io.syslet.client.local.FdPassing;
import io.syslet.client.wire.Wire;
import io.syslet.ring.Memory;
import io.syslet.ring.SharedMemory;
import io.syslet.server.AsUser;
import io.syslet.server.Served;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Descriptors that are not taken, and clients that are not honest about theirs. */
class RefusedDescriptorsTest extends OnPassing {
  private static final int MEMFD_CREATE = 319;
  private static final int SOCK_SEQPACKET = 5;

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
      send(caller, 10, 0, file, file);
      assertThat(caller.call(Wire.ADOPT, 10)).as("no bytes").isEqualTo(-Errno.ENOMSG);
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
