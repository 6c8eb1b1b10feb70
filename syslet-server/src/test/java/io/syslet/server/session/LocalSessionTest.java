package io.syslet.server.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.syslet.CString;
import io.syslet.CallSlots;
import io.syslet.Errno;
import io.syslet.Nr;
import io.syslet.Params;
import io.syslet.Registers;
import io.syslet.Stat;
import io.syslet.Sys;
import io.syslet.Syslet;
import io.syslet.client.local.LocalLink;
import io.syslet.client.local.Submitter;
import io.syslet.ring.Memory;
import io.syslet.server.local.LocalPort;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A session whose client shares memory with the server, over its real port. */
class LocalSessionTest {
  private static final long HEAP = 1 << 20;
  private static final int ELEMENTS = 64;

  @TempDir Path root;
  private Served served;
  private Opened opened;
  private LocalPort port;
  private LocalLink link;
  private Submitter submitter;
  private long slots;
  private long buffer;

  @BeforeEach
  void connect() throws Exception {
    Files.createDirectories(root.resolve("dir"));
    for (int i = 0; i < 60; i++) {
      Files.writeString(root.resolve("dir/file" + i), "x".repeat(i));
    }
    served = new Served(root);
    opened =
        served.sessions.open(
            Peer.unix(0, 0, 0),
            null,
            0,
            (s, c, old) -> LocalPort.create(ELEMENTS, HEAP, c, e -> {}));
    port = (LocalPort) opened.openPort();
    link = LocalLink.open(file(port.ringFd()), file(port.arenaFd()), this::bell);
    submitter = link.submitter();
    slots = link.arena().allocate(64 * CallSlots.LENGTH, CallSlots.LENGTH).address();
    buffer = link.arena().allocate(65536, 64).address();
  }

  private static Path file(int fd) {
    return Path.of("/proc/self/fd/" + fd);
  }

  private void bell() {
    served.sessions.bell(opened.openSession());
  }

  @AfterEach
  void stop() {
    link.close();
    served.close();
  }

  private void set(int i, long nr, long a0, long a1, long a2, long a3, long a4) {
    long slot = slots + (long) i * CallSlots.LENGTH;
    Registers.put(slot, nr, a0, a1, a2, a3, a4, 0);
    Params.put(slot + CallSlots.PARAMS, 1, 100 + i);
  }

  private long status(int i) {
    return Memory.getLong(slots + (long) i * CallSlots.LENGTH + CallSlots.STATUS);
  }

  private long call(long nr, long a0, long a1, long a2, long a3) {
    set(0, nr, a0, a1, a2, a3, 0);
    int accepted = submitter.submit(slots, 1, 0);
    return accepted == 1 ? status(0) : accepted;
  }

  private long path(String text) {
    return CString.allocate(link.arena(), text);
  }

  @Test
  void sizesOfManyFilesAreReadInBatches() {
    long directory = call(Nr.OPENAT, Sys.AT_FDCWD, path("/dir"), Sys.O_DIRECTORY, 0);
    assertThat(directory).isEqualTo(3);
    for (int i = 0; i < 60; i++) {
      long out = buffer + (long) i * Stat.LENGTH;
      set(i, Nr.STATX, directory, path("file" + i), Stat.AT_SYMLINK_NOFOLLOW, 0x7ff, out);
    }
    for (int round = 0; round < 100; round++) {
      int done = 0;
      while (done < 60) {
        long first = slots + (long) done * CallSlots.LENGTH;
        done += submitter.submit(first, 60 - done, 0);
      }
      for (int i = 0; i < 60; i++) {
        assertThat(status(i)).isZero();
        assertThat(Memory.getLong(buffer + (long) i * Stat.LENGTH + Stat.SIZE)).isEqualTo(i);
      }
    }
  }

  @Test
  void aCallThatBlocksCompletesIntoTheSharedRing() {
    assertThat(call(Nr.PIPE2, buffer, 0, 0, 0)).isZero();
    int in = Memory.getInt(buffer);
    int out = Memory.getInt(buffer + 4);
    assertThat(call(Nr.READ, in, buffer, 100, 0)).isEqualTo(-Syslet.ESYSLETPENDING);
    assertThat(call(Nr.WRITE, out, path("hello"), 5, 0)).isEqualTo(5);
    awaitCompletion(5, 100);
    assertThat(CString.toString(buffer, 5)).isEqualTo("hello");
  }

  private void awaitCompletion(long status, long callerData) {
    assertThat(link.ring().await(link.ring().tail(), Long.MAX_VALUE)).isZero();
    long[] seen = new long[2];
    int drained =
        link.ring()
            .drain(
                (value, data) -> {
                  seen[0] = value;
                  seen[1] = data;
                },
                1);
    assertThat(drained).isEqualTo(1);
    assertThat(seen).containsExactly(status, callerData);
  }

  @Test
  void memoryOutsideOfTheArenaIsNotTheClients() {
    long directory = call(Nr.OPENAT, Sys.AT_FDCWD, path("dir"), Sys.O_DIRECTORY, 0);
    try (var elsewhere = java.lang.foreign.Arena.ofConfined()) {
      long foreign = elsewhere.allocate(4096, 64).address();
      assertThat(call(Nr.GETDENTS64, directory, foreign, 4096, 0)).isEqualTo(-Errno.EFAULT);
      assertThat(call(Nr.OPENAT, Sys.AT_FDCWD, foreign, 0, 0)).isEqualTo(-Errno.EFAULT);
    }
    assertThat(call(Nr.GETDENTS64, directory, buffer, 32768, 0)).isPositive();
    assertThat(call(Nr.GETDENTS64, directory, buffer, HEAP, 0)).isEqualTo(-Errno.EFAULT);
  }

  @Test
  void aConnectionThatBreaksLosesNothing() {
    assertThat(call(Nr.PIPE2, buffer, 0, 0, 0)).isZero();
    int in = Memory.getInt(buffer);
    int out = Memory.getInt(buffer + 4);
    assertThat(call(Nr.READ, in, buffer, 100, 0)).isEqualTo(-Syslet.ESYSLETPENDING);
    served.sessions.gone(opened);
    Session session = opened.openSession();
    opened =
        served.sessions.open(
            session.peer(),
            opened.openToken().bytes(),
            0,
            (s, c, old) -> Objects.requireNonNull(old));
    assertThat(opened.port()).isSameAs(port);
    link.reconnected(this::bell);
    assertThat(call(Nr.WRITE, out, path("again"), 5, 0)).isEqualTo(5);
    awaitCompletion(5, 100);
    assertThat(CString.toString(buffer, 5)).isEqualTo("again");
  }
}
