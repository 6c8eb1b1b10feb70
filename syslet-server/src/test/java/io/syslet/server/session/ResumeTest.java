package io.syslet.server.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.syslet.Errno;
import io.syslet.Nr;
import io.syslet.Syslet;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResumeTest {
  private static final PortFactory PORTS = (s, c, old) -> new HeapPort(4096, 64, c);

  @TempDir Path root;
  private Served served;
  private Client client;
  private int[] pipe = new int[2];

  @BeforeEach
  void serve() throws Exception {
    served = new Served(root);
    client = served.client();
    pipe = client.pipe(0);
  }

  @AfterEach
  void stop() {
    served.close();
  }

  private void read(Client by, long data) throws Exception {
    assertThat(by.start(data, Nr.READ, pipe[0], by.buffer, 1)).isEqualTo(-Syslet.ESYSLETPENDING);
  }

  private void write(Client by, int bytes) throws Exception {
    assertThat(by.start(99, Nr.WRITE, pipe[1], by.buffer, bytes)).isEqualTo(bytes);
  }

  private void awaitPosted(long position) {
    while (client.session.view().posted() < position) {
      Thread.onSpinWait();
    }
  }

  private void awaitIdle() {
    while (served.sessions.inFlight() > 0) {
      Thread.onSpinWait();
    }
  }

  @Test
  void aClientThatComesBackGetsWhatItHasNotConsumed() throws Exception {
    for (int i = 0; i < 5; i++) {
      read(client, i);
    }
    write(client, 3);
    awaitPosted(3);
    Set<Long> ended = new TreeSet<>();
    ended.add(client.next().callerData());
    served.sessions.gone(client.opened);
    Client again = Client.resume(served.sessions, client, 1);
    assertThat(again.opened.resumed()).isTrue();
    ended.add(again.next().callerData());
    ended.add(again.next().callerData());
    write(again, 2);
    ended.add(again.next().callerData());
    ended.add(again.next().callerData());
    assertThat(ended).containsExactly(0L, 1L, 2L, 3L, 4L);
    assertThat(again.session.view().posted()).isEqualTo(5);
  }

  @Test
  void whatEndsWhileNobodyIsThereIsKept() throws Exception {
    read(client, 7);
    served.sessions.gone(client.opened);
    while (client.session.view().isConnected()) {
      Thread.onSpinWait();
    }
    Client writer = Client.resume(served.sessions, client, 0);
    served.sessions.gone(client.opened);
    write(writer, 1);
    assertThat(writer.next().callerData()).isEqualTo(7);
    assertThat(writer.session.view().isConnected()).isTrue();
  }

  @Test
  void aPortThatIsKeptGetsWhatEndedMeanwhile() throws Exception {
    read(client, 1);
    write(client, 1);
    awaitPosted(1);
    served.sessions.gone(client.opened);
    Opened opened =
        served.sessions.open(
            client.session.peer(),
            client.token(),
            0,
            (s, c, old) -> java.util.Objects.requireNonNull(old));
    assertThat(opened.port()).isSameAs(client.port);
    assertThat(client.next().callerData()).isEqualTo(1);
    assertThat(client.port.isClosed).isFalse();
    read(client, 2);
    write(client, 1);
    assertThat(client.next().callerData()).isEqualTo(2);
    assertThat(client.port.completions).isEmpty();
  }

  @Test
  void anOldPortIsClosedWhenTheLastCallThatUsesItHasEnded() throws Exception {
    read(client, 1);
    Client again = Client.resume(served.sessions, client, 0);
    assertThat(again.call(Nr.GETPID)).isEqualTo(4711);
    assertThat(client.port.isClosed).isFalse();
    write(again, 1);
    assertThat(again.next().callerData()).isEqualTo(1);
    assertThat(again.call(Nr.GETPID)).isEqualTo(4711);
    assertThat(client.port.isClosed).isTrue();
  }

  @Test
  void onlyTheOneWithTheTokenMayComeBack() throws Exception {
    Session session = client.session;
    byte[] wrong = client.token();
    wrong[0]++;
    assertThat(open(session.peer(), wrong, 0)).isEqualTo(-Errno.ESTALE);
    assertThat(open(session.peer(), new byte[3], 0)).isEqualTo(-Errno.ESTALE);
    assertThat(open(Peer.unix(1001, 1000, 4711), client.token(), 0)).isEqualTo(-Errno.EPERM);
    assertThat(open(Peer.tls("CN=x"), client.token(), 0)).isEqualTo(-Errno.EPERM);
    assertThat(open(session.peer(), client.token(), 1)).isEqualTo(-Errno.ERANGE);
    assertThat(open(session.peer(), client.token(), -1)).isEqualTo(-Errno.ERANGE);
    assertThat(open(Peer.unix(1000, 1000, 9), client.token(), 0)).isZero();
    PortFactory none =
        (s, c, old) -> {
          throw new IOException("no memory");
        };
    assertThat(served.sessions.open(session.peer(), null, 0, none).error())
        .isEqualTo(-Errno.ENOMEM);
  }

  private int open(Peer peer, byte[] token, long consumed) {
    return served.sessions.open(peer, token, consumed, PORTS).error();
  }

  @Test
  void aPortMustHaveRoomForWhatIsInFlight() throws Exception {
    for (int i = 0; i < 3; i++) {
      read(client, i);
    }
    write(client, 1);
    awaitPosted(1);
    assertThat(resume(2)).isEqualTo(-Errno.EINVAL);
    assertThat(resume(4)).isZero();
    assertThat(resume(2)).isEqualTo(-Errno.EINVAL);
  }

  private int resume(int capacity) {
    PortFactory ports = (s, c, old) -> new HeapPort(4096, capacity, c);
    return served.sessions.open(client.session.peer(), client.token(), 0, ports).error();
  }

  @Test
  void whoHasConsumedMoreThanHeSaysIsTooLate() throws Exception {
    read(client, 1);
    write(client, 1);
    client.next();
    served.sessions.gone(client.opened);
    while (client.session.view().isConnected()) {
      Thread.onSpinWait();
    }
    assertThat(open(client.session.peer(), client.token(), 0)).isEqualTo(-Errno.ERANGE);
    assertThat(open(client.session.peer(), client.token(), 1)).isZero();
  }

  /** It may be consuming while it comes back, so that what it would say is old already. */
  @Test
  void whoKeepsHisPortNeedNotSayWhatHeHasConsumed() throws Exception {
    read(client, 1);
    write(client, 1);
    client.next();
    served.sessions.gone(client.opened);
    while (client.session.view().consumed() < 1) {
      Thread.onSpinWait();
    }
    PortFactory same = (s, c, old) -> java.util.Objects.requireNonNull(old);
    Opened opened =
        served.sessions.open(
            client.session.peer(), client.token(), Sessions.AS_THE_PORT_COUNTS, same);
    assertThat(opened.error()).isZero();
    read(client, 2);
    write(client, 1);
    assertThat(client.next().callerData()).isEqualTo(2);
  }

  @Test
  void aSessionThatEndedIsForgotten() throws Exception {
    read(client, 1);
    served.sessions.end(client.session);
    awaitIdle();
    assertThat(open(client.session.peer(), client.token(), 0)).isEqualTo(-Errno.ESTALE);
    assertThat(served.sessions.views()).isEmpty();
    while (!client.port.isClosed) {
      Thread.onSpinWait();
    }
    assertThat(client.port.completions).isEmpty();
  }

  @Test
  void aSessionWaitsForItsClientSoLong() throws Exception {
    try (Served brief =
        new Served(
            root, options -> options.limits(options.limits().resume(Duration.ofMillis(50))))) {
      Client leaving = brief.client();
      Client staying = brief.client();
      brief.sessions.gone(leaving.opened);
      while (brief.sessions.views().size() > 1) {
        Thread.onSpinWait();
      }
      assertThat(staying.call(Nr.GETPID)).isEqualTo(4711);
    }
  }

  @Test
  void aSessionOfAServerBeforeIsGoneOnWith() throws Exception {
    byte[] token = new byte[16];
    token[3] = 5;
    Restored old =
        new Restored(
            77,
            TokenHash.of(token),
            Peer.unix(1, 2, 3),
            10,
            new long[] {100, 101},
            new long[] {0, -Errno.EOWNERDEAD});
    try (Served next =
        new Served(root, options -> options.log(i -> SessionLog.NONE, List.of(old)))) {
      assertThat(next.client().session.id()).isEqualTo(78);
      Opened opened = next.sessions.open(Peer.unix(1, 2, 9), token, 11, PORTS);
      assertThat(opened.openSession().id()).isEqualTo(77);
      HeapPort port = (HeapPort) opened.openPort();
      assertThat(port.completions.take())
          .isEqualTo(new HeapPort.Completion(101, -Errno.EOWNERDEAD));
      assertThat(opened.openSession().view().posted()).isEqualTo(12);
    }
  }

  @Test
  void aDrainWaitsAndThenCompletesWhatIsLeft() throws Exception {
    read(client, 1);
    read(client, 2);
    write(client, 1);
    served.sessions.drain(Duration.ofMillis(20));
    HeapPort.Completion fed = client.next();
    long other = 3 - fed.callerData(); // which of two readers gets a byte is not said
    assertThat(fed.status()).isEqualTo(1);
    assertThat(client.next()).isEqualTo(new HeapPort.Completion(other, -Errno.ECANCELED));
    assertThat(client.start(3, Nr.GETPID)).isEqualTo(-Errno.ESHUTDOWN);
    assertThat(open(client.session.peer(), client.token(), 2)).isEqualTo(-Errno.ESHUTDOWN);
    assertThat(served.sessions.inFlight()).isZero();
  }
}
