package io.syslet.server.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.syslet.Errno;
import io.syslet.Nr;
import io.syslet.Sys;
import io.syslet.Syslet;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DescriptorsTest {
  private static final int LIMIT = 20;

  @TempDir Path root;
  private Served served;
  private Client client;

  @BeforeEach
  void serve() throws Exception {
    Files.writeString(root.resolve("file"), "text");
    served =
        new Served(
            root, options -> options.limits(options.limits().descriptors(LIMIT, 3 * LIMIT / 2)));
    client = served.client();
  }

  @AfterEach
  void stop() {
    served.close();
  }

  @Test
  void numbersAreTheLowestFreeFromThreeOn() throws Exception {
    for (int i = 3; i < 8; i++) {
      assertThat(client.open("file", 0)).isEqualTo(i);
    }
    assertThat(client.close(4)).isZero();
    assertThat(client.close(6)).isZero();
    assertThat(client.call(Nr.DUP, 3)).isEqualTo(4);
    assertThat(client.open("file", 0)).isEqualTo(6);
    assertThat(client.open("file", 0)).isEqualTo(8);
    assertThat(client.call(Nr.FCNTL, 3, Sys.F_DUPFD, 15)).isEqualTo(15);
    assertThat(client.call(Nr.FCNTL, 3, Sys.F_DUPFD, 15)).isEqualTo(16);
    assertThat(client.open("file", 0)).isEqualTo(9);
    assertThat(client.call(Nr.DUP3, 3, 0, 0)).isZero();
    assertThat(client.call(Nr.FSTAT, 0, client.buffer)).isZero();
    assertThat(client.close(0)).isZero();
    assertThat(client.open("file", 0)).isEqualTo(10);
  }

  @Test
  void dupSharesThePositionAndReplacesItsTarget() throws Exception {
    long fd = client.open("file", 0);
    long twin = client.call(Nr.DUP, fd);
    assertThat(client.call(Nr.READ, fd, client.buffer, 2)).isEqualTo(2);
    assertThat(client.call(Nr.READ, twin, client.buffer, 10)).isEqualTo(2);
    long directory = client.open("/", Sys.O_DIRECTORY);
    assertThat(client.call(Nr.DUP3, fd, directory, Sys.O_CLOEXEC)).isEqualTo(directory);
    assertThat(client.call(Nr.FCNTL, directory, Sys.F_GETFD, 0)).isEqualTo(Sys.FD_CLOEXEC);
    assertThat(client.call(Nr.FCNTL, directory, Sys.F_SETFD, 0)).isZero();
    assertThat(client.call(Nr.FCNTL, directory, Sys.F_GETFD, 0)).isZero();
    assertThat(client.call(Nr.LSEEK, directory, 0, 1)).isEqualTo(4);
    assertThat(client.call(Nr.DUP3, fd, fd, 0)).isEqualTo(-Errno.EINVAL);
    assertThat(client.call(Nr.DUP3, fd, 1000, 0)).isEqualTo(-Errno.EBADF);
    assertThat(client.call(Nr.FCNTL, fd, Sys.F_DUPFD, 1000)).isEqualTo(-Errno.EINVAL);
  }

  @Test
  void flagsAreThoseOfTheClient() throws Exception {
    long fd = client.open("file", Sys.O_NONBLOCK | Sys.O_CLOEXEC);
    assertThat(client.call(Nr.FCNTL, fd, Sys.F_GETFL, 0) & ~(long) Sys.O_LARGEFILE)
        .isEqualTo(Sys.O_NONBLOCK);
    assertThat(client.call(Nr.FCNTL, fd, Sys.F_GETFD, 0)).isEqualTo(Sys.FD_CLOEXEC);
    long plain = client.open("file", 0);
    assertThat(client.call(Nr.FCNTL, plain, Sys.F_GETFL, 0) & Sys.O_NONBLOCK).isZero();
    int[] pipe = client.pipe(0);
    assertThat(client.call(Nr.FCNTL, pipe[1], Sys.F_GETFL, 0)).isEqualTo(Sys.O_WRONLY);
  }

  @Test
  void aSessionHasSoManyAndAllHaveSoMany() throws Exception {
    for (int i = 0; i < LIMIT - 1; i++) {
      assertThat(client.open("file", 0)).isPositive();
    }
    assertThat(client.call(Nr.PIPE2, client.buffer, 0)).isEqualTo(-Errno.EMFILE);
    assertThat(client.open("file", 0)).isPositive();
    assertThat(client.open("file", 0)).isEqualTo(-Errno.EMFILE);
    assertThat(client.call(Nr.DUP, 3)).isEqualTo(-Errno.EMFILE);
    assertThat(client.call(Nr.DUP2, 3, 4)).isEqualTo(4);
    assertThat(client.call(Nr.DUP3, 3, 4, 0)).isEqualTo(4);
    assertThat(client.open("file", 0)).isEqualTo(-Errno.EMFILE);
    Client other = served.client();
    for (int i = 0; i < LIMIT / 2; i++) {
      assertThat(other.open("file", 0)).isPositive();
    }
    assertThat(other.open("file", 0)).isEqualTo(-Errno.ENFILE);
    assertThat(other.call(Nr.DUP2, 3, 4)).isEqualTo(4);
    assertThat(client.close(3)).isZero();
    assertThat(other.open("none", 0)).isEqualTo(-Errno.ENOENT);
    assertThat(other.open("file", 0)).isPositive();
    assertThat(client.session.view().descriptors()).isEqualTo(LIMIT - 1);
  }

  @Test
  void whatHasNoNonBlockingFormTakesNoRoom() throws Exception {
    long fd = client.open("file", 0);
    long path = client.path("file");
    for (int i = 0; i < LIMIT; i++) {
      assertNotMade(Nr.OPENAT, Sys.AT_FDCWD, path, 0, 0);
      assertNotMade(Nr.PIPE2, client.buffer, 0);
      assertNotMade(Nr.EVENTFD2, 0, 0);
      assertNotMade(Nr.DUP, fd);
      assertNotMade(Nr.FCNTL, fd, Sys.F_DUPFD, 0);
    }
    for (int i = 1; i < LIMIT; i++) {
      assertThat(client.call(Nr.DUP, fd)).isEqualTo(fd + i);
    }
  }

  private void assertNotMade(long nr, long... arguments) throws Exception {
    client.set(0, 1, nr, arguments);
    assertThat(client.submit(1, Syslet.NONBLOCK)).isEqualTo(-Errno.EOPNOTSUPP);
  }

  @Test
  void aDescriptorStaysOpenForACallThatNamesIt() throws Exception {
    int[] pipe = client.pipe(0);
    assertThat(client.start(7, Nr.READ, pipe[0], client.buffer, 10))
        .isEqualTo(-Syslet.ESYSLETPENDING);
    long twin = client.call(Nr.DUP, pipe[1]);
    assertThat(client.close(pipe[0])).isZero();
    assertThat(client.close(pipe[0])).isEqualTo(-Errno.EBADF);
    assertThat(client.open("file", 0)).isEqualTo(pipe[0]);
    assertThat(client.start(8, Nr.WRITE, twin, client.path("late"), 4)).isEqualTo(4);
    assertThat(client.await(7)).isEqualTo(4);
    assertThat(client.text(client.buffer, 4)).isEqualTo("late");
  }

  @Test
  void nothingIsLeakedByCallsThatFailNorByASessionThatEnds() throws Exception {
    long before = Served.openDescriptors();
    for (int round = 0; round < 3; round++) {
      Client next = served.client();
      int[] pipe = next.pipe(0);
      for (int i = 0; i < 5; i++) {
        next.open("file", 0);
        next.open("none", 0);
        next.open("file/x", Sys.O_DIRECTORY);
        next.statx(Sys.AT_FDCWD, "./file", 0);
        next.call(Nr.CHDIR, next.path("."));
      }
      next.call(Nr.EPOLL_CREATE1, 0);
      next.call(Nr.EVENTFD2, 0, 0);
      assertThat(next.start(9, Nr.READ, pipe[0], next.buffer, 1)).isEqualTo(-Syslet.ESYSLETPENDING);
      served.sessions.end(next.session);
    }
    while (Served.openDescriptors() > before || served.sessions.inFlight() > 0) {
      Thread.onSpinWait();
    }
    assertThat(Served.openDescriptors()).isEqualTo(before);
  }
}
