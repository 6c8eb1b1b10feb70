package io.syslet.server.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.syslet.CString;
import io.syslet.Nr;
import io.syslet.Sys;
import io.syslet.Syslet;
import io.syslet.client.Users;
import io.syslet.client.local.FdPassing;
import io.syslet.client.wire.Wire;
import io.syslet.ring.HostCalls;
import io.syslet.ring.Memory;
import io.syslet.table.CallTable;
import java.lang.foreign.Arena;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Batches that wait for a call, as it blocks and there is no place for it. */
class HeldBatchTest {
  private static final Path MASTERS = Path.of("/dev/ptmx");
  private static final int UNLOCK = 0x40045431;
  private static final int OTHER_SIDE = 0x5441;
  private static final int SOCK_SEQPACKET = 5;

  @TempDir Path root;
  private final Arena arena = Arena.ofAuto();
  private final long memory = arena.allocate(64, 8).address();
  private Served served;

  /** A terminal, whose reads block, and as what it was passed. */
  private record Terminal(int master, int slave, long number) {}

  @BeforeEach
  void serve() throws Exception {
    assumeTrue(Files.exists(MASTERS) && !Files.isSymbolicLink(MASTERS), "needs a " + MASTERS);
    served =
        new Served(
            root,
            options -> options.takesDescriptors(true).limits(options.limits().inFlight(1, 1)));
  }

  @AfterEach
  void stop() {
    if (served != null) {
      served.close();
    }
  }

  private static int host(long nr, long... a) {
    long made = HostCalls.call(nr, a[0], a[1], a[2], a[3], 0, 0);
    assertThat(made).isNotNegative();
    return (int) made;
  }

  /** It does not block when it is passed, and does afterwards. */
  private Terminal terminal(Client client, int passing) throws Exception {
    int flags = Sys.O_RDWR | Sys.O_NOCTTY | Sys.O_NONBLOCK;
    long name = CString.allocate(arena, MASTERS.toString());
    int master = host(Nr.OPENAT, Sys.AT_FDCWD, name, flags, 0);
    Memory.putLong(memory, 0);
    host(CallTable.number("ioctl"), master, UNLOCK, memory, 0);
    int slave = host(CallTable.number("ioctl"), master, OTHER_SIDE, Sys.O_RDWR | Sys.O_NOCTTY, 0);
    Memory.putLong(memory, 77);
    assertThat(FdPassing.send(passing, memory, Long.BYTES, master)).isEqualTo(Long.BYTES);
    long number = client.call(Wire.ADOPT, 77);
    assertThat(number).isNotNegative();
    host(Nr.FCNTL, master, Sys.F_SETFL, 0, 0);
    return new Terminal(master, slave, number);
  }

  private void feed(Terminal terminal) {
    assertThat(host(Nr.WRITE, terminal.slave, memory, 1, 0)).isEqualTo(1);
  }

  private static CompletableFuture<Integer> read(Client client, long number) {
    client.set(0, 1, Nr.READ, number, client.buffer, 1);
    return client.send(1, 0);
  }

  private void awaitInFlight(int calls) {
    while (served.sessions.inFlight() != calls) {
      Thread.onSpinWait();
    }
  }

  @Test
  void aCallOfThePortBeforeDoesNotLetTheBatchOfThePortGo() throws Exception {
    Client first = Client.open(served.sessions, Peer.unix(Users.own(), 1, 4711), 256);
    host(Nr.SOCKETPAIR, 1, SOCK_SEQPACKET, 0, memory);
    int[] pair = {Memory.getInt(memory), Memory.getInt(memory + 4)};
    first.port.passing = pair[0];
    Terminal one = terminal(first, pair[1]);
    Terminal two = terminal(first, pair[1]);
    int[] pipe = first.pipe(0);
    assertThat(first.start(1, Nr.READ, pipe[0], first.buffer, 1)).isEqualTo(-Syslet.ESYSLETPENDING);
    CompletableFuture<Integer> old = read(first, one.number);
    awaitInFlight(2);
    Client second = Client.resume(served.sessions, first, 0);
    CompletableFuture<Integer> held = read(second, two.number);
    awaitInFlight(3);
    feed(one);
    awaitInFlight(2);
    second.set(0, 2, Nr.GETPID);
    CompletableFuture<Integer> next = second.send(1, 0);
    for (int i = 0; i < 2; i++) {
      assertThat(served.sessions.goRound(Duration.ofMinutes(1))).isTrue();
    }
    assertThat(next).isNotDone();
    feed(two);
    assertThat(held.get()).isEqualTo(1);
    assertThat(next.get()).isEqualTo(1);
    assertThat(old).isNotDone();
    for (int fd : new int[] {one.master, one.slave, two.master, two.slave, pair[0], pair[1]}) {
      HostCalls.send(Nr.CLOSE, fd, 0, 0, 0, 0, 0);
    }
  }
}
