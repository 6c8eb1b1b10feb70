package io.syslet.server.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.syslet.Errno;
import io.syslet.Nr;
import io.syslet.Sys;
import io.syslet.Syslet;
import io.syslet.ring.Memory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SessionLogTest {
  @TempDir Path root;
  private final MemoryLog log = new MemoryLog();
  private Served served;
  private Client client;

  @BeforeEach
  void serve() throws Exception {
    Files.writeString(root.resolve("file"), "text");
    served = new Served(root, options -> options.canWrite(true).log(i -> log, List.of()));
    client = served.client();
  }

  @AfterEach
  void stop() {
    served.close();
  }

  @Test
  void aCallThatOnlyReadsAndDoesNotBlockLeavesNoTrace() throws Exception {
    long fd = client.open("file", 0);
    client.call(Nr.PREAD64, fd, client.buffer, 4, 0);
    client.statx(Sys.AT_FDCWD, "file", 0);
    client.close(fd);
    assertThat(log.records).containsExactly("opened 1");
  }

  @Test
  void aCallWithEffectsIsWrittenDownBeforeItStartsAndWhenItHasEnded() throws Exception {
    client.set(0, 10, Nr.GETPID);
    client.set(1, 11, Nr.MKDIRAT, Sys.AT_FDCWD, client.path("dir"), 0755);
    client.set(2, 12, Nr.MKDIRAT, Sys.AT_FDCWD, client.path("dir"), 0755);
    client.set(3, 13, Nr.GETPID);
    assertThat(client.submit(4)).isEqualTo(4);
    assertThat(log.since(1))
        .containsExactly(
            "began 11 nr " + Nr.MKDIRAT,
            "inline 0",
            "began 12 nr " + Nr.MKDIRAT,
            "inline -" + Errno.EEXIST);
  }

  @Test
  void whatWasConsumedIsAcknowledgedWhileTheClientIsThere() throws Exception {
    Client some = Client.open(served.sessions, Peer.unix(1000, 1000, 1), 8);
    int[] pipe = some.pipe(0);
    for (int i = 0; i < 2; i++) {
      assertThat(some.start(i, Nr.READ, pipe[0], some.buffer, 1)).isEqualTo(-Syslet.ESYSLETPENDING);
      assertThat(some.start(9, Nr.WRITE, pipe[1], some.buffer, 1)).isEqualTo(1);
      assertThat(some.next().status()).isEqualTo(1);
    }
    assertThat(some.call(Nr.GETPID)).isEqualTo(1);
    while (!log.records.contains("acknowledged 2")) {
      Thread.onSpinWait();
    }
    assertThat(some.session.view().isConnected()).isTrue();
  }

  @Test
  void aCallThatBlocksIsWrittenDownWhenItDoesAndWhenItHasEnded() throws Exception {
    int[] pipe = client.pipe(0);
    assertThat(client.start(5, Nr.READ, pipe[0], client.buffer, 9))
        .isEqualTo(-Syslet.ESYSLETPENDING);
    assertThat(log.since(1)).containsExactly("began 5 nr " + Nr.READ);
    assertThat(client.start(6, Nr.WRITE, pipe[1], client.buffer, 9)).isEqualTo(9);
    assertThat(client.await(5)).isEqualTo(9);
    assertThat(log.since(2)).containsExactly("began 6 nr " + Nr.WRITE, "inline 9", "completed 9");
    served.sessions.gone(client.opened);
    while (client.session.view().isConnected()) {
      Thread.onSpinWait();
    }
    assertThat(log.since(5)).containsExactly("acknowledged 1");
    served.sessions.end(client.session);
    while (log.records.size() < 7) {
      Thread.onSpinWait();
    }
    assertThat(log.since(6)).containsExactly("closed 1");
  }

  @Test
  void withAFullLogACallWithEffectsIsNotMade() throws Exception {
    log.isFull = true;
    assertThat(client.start(1, Nr.MKDIRAT, Sys.AT_FDCWD, client.path("dir"), 0755))
        .isEqualTo(-Errno.ENOSPC);
    assertThat(root.resolve("dir")).doesNotExist();
    assertThat(client.start(2, Nr.GETPID)).isEqualTo(4711);
    PortFactory ports = (s, c, old) -> new HeapPort(4096, 4, 0);
    assertThat(served.sessions.open(Peer.unix(1, 1, 1), null, 0, ports).error())
        .isEqualTo(-Errno.ENOSPC);
    log.isFull = false;
    assertThat(client.call(Nr.MKDIRAT, Sys.AT_FDCWD, client.path("dir"), 0755)).isZero();
  }

  @Test
  void withAFullLogABatchWaitsForTheCallThatBlocks() throws Exception {
    Client other = served.client();
    int[] pipe = client.pipe(0);
    long there = client.call(Nr.DUP, pipe[1]);
    client.set(0, 1, Nr.GETPID);
    client.set(1, 2, Nr.READ, pipe[0], client.buffer, 4);
    client.set(2, 3, Nr.GETPID);
    log.isFull = true;
    CompletableFuture<Integer> accepted = client.send(3, 0);
    assertThat(other.call(Nr.GETPID)).isEqualTo(4711);
    while (served.sessions.inFlight() == 0) {
      Thread.onSpinWait();
    }
    assertThat(accepted).isNotDone();
    served.sessions.drain(java.time.Duration.ZERO);
    assertThat(accepted.get()).isEqualTo(2);
    assertThat(client.status(0)).isEqualTo(4711);
    assertThat(client.status(1)).isEqualTo(-Errno.ECANCELED);
    assertThat(there).isPositive();
  }

  @Test
  void nothingIsPostedThatTheLogDoesNotHave() throws Exception {
    long time = client.port.allocate(16);
    Memory.putLong(HeapPort.here(time) + 8, 50_000_000);
    client.start(1, Nr.NANOSLEEP, time, 0);
    client.start(2, Nr.NANOSLEEP, time, 0);
    log.isBroken = true;
    long status = client.start(3, Nr.GETPID);
    while (status == 4711) {
      status = client.start(3, Nr.GETPID);
    }
    assertThat(status).isEqualTo(-Errno.EIO);
    assertThat(client.session.view().posted()).isZero();
    assertThat(client.port.completions).isEmpty();
    log.isBroken = false;
    assertThat(client.next().callerData() + client.next().callerData()).isEqualTo(3);
    assertThat(client.call(Nr.GETPID)).isEqualTo(4711);
  }
}
