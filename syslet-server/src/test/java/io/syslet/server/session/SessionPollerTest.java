package io.syslet.server.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.syslet.Nr;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SessionPollerTest {
  @TempDir Path root;

  private static HeapPort quiet(Sessions sessions) {
    PortFactory ports = (s, c, old) -> new HeapPort(4096, 4, 0);
    return (HeapPort) sessions.open(Peer.unix(1, 1, 1), null, 0, ports).openPort();
  }

  @Test
  void aSessionThatIsQuietIsNotPolled() throws Exception {
    try (Served served = new Served(root)) {
      List<HeapPort> ports = new ArrayList<>();
      for (int i = 0; i < 1000; i++) {
        ports.add(quiet(served.sessions));
      }
      Client busy = served.client();
      for (HeapPort port : ports) {
        while (!port.isIdle) {
          Thread.onSpinWait();
        }
      }
      assertThat(busy.call(Nr.GETPID)).isEqualTo(4711);
      long before = ports.stream().mapToLong(port -> port.polls).sum();
      for (int i = 0; i < 1000; i++) {
        assertThat(busy.call(Nr.GETPID)).isEqualTo(4711);
      }
      assertThat(ports.stream().mapToLong(port -> port.polls).sum()).isEqualTo(before);
    }
  }

  /** Unless the test itself comes late, each time. */
  @Test
  void aClientThatHasMuchToDoDoesNotHoldUpAnother() throws Exception {
    try (Served served = new Served(root)) {
      Client greedy = served.client();
      Client modest = served.client();
      for (int i = 0; i < CallBatch.CAPACITY; i++) {
        greedy.set(i, i, Nr.STATX, -100, greedy.path("."), 0x100, 0x7ff, greedy.buffer);
      }
      boolean isFirst = false;
      for (int i = 0; i < 100 && !isFirst; i++) {
        isFirst = isAnsweredFirst(modest, greedy);
      }
      assertThat(isFirst).isTrue();
    }
  }

  private static boolean isAnsweredFirst(Client modest, Client greedy) throws Exception {
    List<CompletableFuture<Integer>> answers = new ArrayList<>();
    for (int i = 0; i < 2000; i++) {
      answers.add(greedy.send(CallBatch.CAPACITY, 0));
    }
    assertThat(modest.call(Nr.GETPID)).isEqualTo(4711);
    boolean isFirst = !answers.getLast().isDone();
    for (CompletableFuture<Integer> answer : answers) {
      assertThat(answer.get()).isEqualTo(CallBatch.CAPACITY);
    }
    return isFirst;
  }

  private static void fail(Client client, Error failure) {
    client.port.failure = failure;
    CompletableFuture<Integer> _ = fill(client).send(1, 0);
  }

  @Test
  void aSessionForWhichThereIsNoMemoryEndsAlone() throws Exception {
    try (Served served = new Served(root)) {
      Client other = served.client();
      Client unlucky = served.client();
      fail(unlucky, new OutOfMemoryError("none left for this test"));
      while (served.sessions.views().size() > 1) {
        Thread.onSpinWait();
      }
      assertThat(other.call(Nr.GETPID)).isEqualTo(4711);
      assertThat(served.sessions.trouble()).isNull();
    }
  }

  @Test
  void aPollerThatHasEndedIsToldOf() throws Exception {
    try (Served served = new Served(root)) {
      fail(served.client(), new AssertionError("of this test"));
      while (served.sessions.trouble() == null) {
        Thread.onSpinWait();
      }
      assertThat(served.sessions.trouble()).contains("poller");
    }
  }

  @Test
  void noBellIsMissedByAPollerThatSleepsAtOnce() throws Exception {
    try (Served served = new Served(root, options -> options.spin(Duration.ZERO))) {
      Client one = served.client();
      Client two = served.client();
      for (int i = 0; i < 5000; i++) {
        CompletableFuture<Integer> first = fill(one).send(1, 0);
        assertThat(two.call(Nr.GETPID)).isEqualTo(4711);
        assertThat(first.get()).isEqualTo(1);
      }
      assertThat(one.session.view().bells()).isPositive();
    }
  }

  private static Client fill(Client client) {
    client.set(0, 1, Nr.GETPID);
    return client;
  }

  @Test
  void sessionsAreSpreadOverThePollers() throws Exception {
    try (Served served =
        new Served(
            root,
            options ->
                new SessionOptions(
                    options.root(),
                    false,
                    options.limits(),
                    3,
                    options.spin(),
                    options.log(),
                    List.of(),
                    null,
                    false))) {
      List<Client> clients = new ArrayList<>();
      for (int i = 0; i < 9; i++) {
        clients.add(served.client());
      }
      for (Client client : clients) {
        int[] pipe = client.pipe(0);
        client.start(1, Nr.READ, pipe[0], client.buffer, 1);
        assertThat(client.start(2, Nr.WRITE, pipe[1], client.buffer, 1)).isEqualTo(1);
        assertThat(client.await(1)).isEqualTo(1);
      }
      long counted = 0;
      for (long bucket : served.sessions.handOvers()) {
        counted += bucket;
      }
      assertThat(counted).isEqualTo(9);
      assertThat(served.sessions.handOverNanos()).isPositive();
    }
  }
}
