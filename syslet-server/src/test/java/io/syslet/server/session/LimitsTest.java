package io.syslet.server.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.syslet.CallSlots;
import io.syslet.Errno;
import io.syslet.Nr;
import io.syslet.Params;
import io.syslet.Sys;
import io.syslet.Syslet;
import io.syslet.ring.Memory;
import io.syslet.server.policy.Limits;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LimitsTest {
  @TempDir Path root;

  private Served served(java.util.function.UnaryOperator<Limits> change) throws Exception {
    return new Served(root, options -> options.limits(change.apply(options.limits())));
  }

  @Test
  void aSessionHasSoManyCallsInFlight() throws Exception {
    try (Served served = served(limits -> limits.inFlight(2, 3))) {
      Client client = served.client();
      int[] pipe = client.pipe(0);
      for (int i = 1; i <= 2; i++) {
        assertThat(client.start(i, Nr.READ, pipe[0], client.buffer, 1))
            .isEqualTo(-Syslet.ESYSLETPENDING);
      }
      assertThat(client.start(3, Nr.READ, pipe[0], client.buffer, 1)).isEqualTo(-Errno.EAGAIN);
      Client other = served.client();
      int[] others = other.pipe(0);
      assertThat(other.start(1, Nr.READ, others[0], other.buffer, 1))
          .isEqualTo(-Syslet.ESYSLETPENDING);
      Client third = served.client();
      int[] thirds = third.pipe(0);
      assertThat(third.start(1, Nr.READ, thirds[0], third.buffer, 1)).isEqualTo(-Errno.EAGAIN);
      assertThat(sleep(third, 2)).isEqualTo(-Errno.EAGAIN);
      assertThat(served.sessions.inFlight()).isEqualTo(3);
      assertThat(served.sessions.calls())
          .hasSize(3)
          .allSatisfy(call -> assertThat(call.nr()).isEqualTo(Nr.READ))
          .extracting(CallView::session, CallView::callerData, CallView::descriptor, CallView::path)
          .containsExactlyInAnyOrder(
              tuple(client.session.id(), 1L, pipe[0], null),
              tuple(client.session.id(), 2L, pipe[0], null),
              tuple(other.session.id(), 1L, others[0], null));
      served.sessions.end(client.session);
      long status = -Errno.EAGAIN;
      while (status == -Errno.EAGAIN) {
        status = third.start(3, Nr.READ, thirds[0], third.buffer, 1);
      }
      assertThat(status).isEqualTo(-Syslet.ESYSLETPENDING);
    }
  }

  private static long sleep(Client client, long data) throws Exception {
    Memory.putLong(HeapPort.here(client.buffer), 1);
    Memory.putLong(HeapPort.here(client.buffer) + 8, 0);
    return client.start(data, Nr.NANOSLEEP, client.buffer, 0);
  }

  /** Has a read of an empty pipe wait: the pipe. */
  private static int[] blocked(Client sleeper) throws Exception {
    int[] pipe = sleeper.pipe(0);
    assertThat(sleeper.start(1, Nr.READ, pipe[0], sleeper.buffer, 1))
        .isEqualTo(-Syslet.ESYSLETPENDING);
    return pipe;
  }

  @Test
  void whatDoesNotBlockIsMadeThoughAllPlacesAreTaken() throws Exception {
    Files.writeString(root.resolve("file"), "content");
    try (Served served = served(limits -> limits.inFlight(1, 1))) {
      Client sleeper = served.client();
      int[] pipe = blocked(sleeper);
      Client other = served.client();
      assertThat(other.call(Nr.GETPID)).isEqualTo(4711);
      long fd = other.call(Nr.OPENAT, Sys.AT_FDCWD, other.path("file"), 0, 0);
      assertThat(fd).isGreaterThanOrEqualTo(3);
      assertThat(other.call(Nr.READ, fd, other.buffer, 100)).isEqualTo(7);
      assertThat(other.call(Nr.LSTAT, other.path("file"), other.buffer)).isZero();
      int[] others = other.pipe(0);
      assertThat(other.call(Nr.WRITE, others[1], other.buffer, 5)).isEqualTo(5);
      assertThat(other.call(Nr.READ, others[0], other.buffer, 9)).isEqualTo(5);
      assertThat(other.start(9, Nr.READ, others[0], other.buffer, 9)).isEqualTo(-Errno.EAGAIN);
      assertThat(sleeper.call(Nr.WRITE, pipe[1], sleeper.buffer, 1)).isEqualTo(1);
      while (served.sessions.inFlight() > 0) {
        Thread.onSpinWait();
      }
      assertThat(other.start(9, Nr.READ, others[0], other.buffer, 9))
          .isEqualTo(-Syslet.ESYSLETPENDING);
    }
  }

  @Test
  void whoMayNotWaitIsToldWhatIsReadyAlready() throws Exception {
    try (Served served = served(limits -> limits.inFlight(1, 1))) {
      Client sleeper = served.client();
      int[] _ = blocked(sleeper);
      Client other = served.client();
      int[] others = other.pipe(0);
      long epoll = other.call(Nr.EPOLL_CREATE1, 0);
      long fds = other.pollFd(others[0], 1);
      assertThat(other.call(Nr.EPOLL_CTL, epoll, 1, others[0], fds + 4)).isZero();
      for (int millis : new int[] {-1, 1000}) {
        assertThat(other.start(1, Nr.POLL, fds, 1, millis)).isEqualTo(-Errno.EAGAIN);
        assertThat(other.start(1, Nr.EPOLL_WAIT, epoll, other.buffer, 1, millis))
            .isEqualTo(-Errno.EAGAIN);
      }
      assertThat(other.start(1, Nr.POLL, fds, 1, 0)).isZero();
      assertThat(other.start(1, Nr.EPOLL_WAIT, epoll, other.buffer, 1, 0)).isZero();
      assertThat(other.call(Nr.WRITE, others[1], other.buffer, 5)).isEqualTo(5);
      for (int millis : new int[] {-1, 0, 1000}) {
        assertThat(other.start(1, Nr.POLL, fds, 1, millis)).isEqualTo(1);
        assertThat(other.start(1, Nr.EPOLL_WAIT, epoll, other.buffer, 1, millis)).isEqualTo(1);
      }
    }
  }

  @Test
  void whoTakesAllDescriptorsLeavesSomeForThoseWhoNeedFew() throws Exception {
    try (Served served = served(limits -> limits.descriptors(1000, 640))) {
      Client greedy = served.client();
      long fd = greedy.call(Nr.EVENTFD2, 0, 0);
      int taken = 0;
      while (fd >= 0) {
        taken++;
        fd = greedy.call(Nr.EVENTFD2, 0, 0);
      }
      assertThat(fd).isEqualTo(-Errno.ENFILE);
      assertThat(taken).isEqualTo(560);
      Client modest = served.client();
      for (int i = 0; i < 10; i++) {
        assertThat(modest.call(Nr.EVENTFD2, 0, 0)).isPositive();
      }
      assertThat(modest.call(Nr.EVENTFD2, 0, 0)).isEqualTo(-Errno.ENFILE);
    }
  }

  @Test
  void onePeerHasNoMoreThanItsShare() throws Exception {
    try (Served served = served(limits -> limits.sessions(100).peerPercent(50))) {
      PortFactory ports = (s, c, old) -> new HeapPort(4096, 4, 0);
      Peer one = Peer.unix(1, 1, 1);
      for (int i = 0; i < 50; i++) {
        assertThat(served.sessions.open(one, null, 0, ports).error()).isZero();
      }
      assertThat(served.sessions.open(one, null, 0, ports).error()).isEqualTo(-Errno.EMFILE);
      assertThat(served.sessions.open(Peer.unix(1, 2, 3), null, 0, ports).error())
          .as("another group or process is the same user")
          .isEqualTo(-Errno.EMFILE);
      assertThat(served.sessions.open(Peer.unix(2, 1, 1), null, 0, ports).error()).isZero();
    }
  }

  @Test
  void thereIsRoomForEachCompletionBeforeItsCallStarts() throws Exception {
    try (Served served = served(limits -> limits)) {
      Client client = Client.open(served.sessions, Peer.unix(1, 1, 1), 4);
      int[] pipe = client.pipe(0);
      for (int i = 1; i <= 4; i++) {
        assertThat(client.start(i, Nr.READ, pipe[0], client.buffer, 1))
            .isEqualTo(-Syslet.ESYSLETPENDING);
      }
      assertThat(client.start(5, Nr.READ, pipe[0], client.buffer, 1)).isEqualTo(-Errno.EAGAIN);
      served.sessions.gone(client.opened);
      Client again = Client.resume(served.sessions, client, 0);
      assertThat(again.start(6, Nr.WRITE, pipe[1], again.buffer, 4)).isEqualTo(4);
      for (int i = 1; i <= 4; i++) {
        assertThat(again.next().status()).isEqualTo(1);
      }
    }
  }

  @Test
  void callsAreSoManyInASecond() throws Exception {
    try (Served served = served(limits -> limits.callsPerSecond(10))) {
      Client client = served.client();
      for (int i = 0; i < 20; i++) {
        client.set(i, i, Nr.GETPID);
      }
      assertThat(client.submit(20)).isBetween(1, 10);
      int accepted = client.submit(20);
      for (int i = 0; i < 3 && accepted > 0; i++) {
        accepted = client.submit(20);
      }
      assertThat(accepted).isEqualTo(-Errno.EAGAIN);
      assertThat(served.client().call(Nr.GETPID)).isEqualTo(4711);
    }
  }

  @Test
  void thereAreSoManySessions() throws Exception {
    try (Served served = served(limits -> limits.sessions(2))) {
      Client first = served.client();
      served.client();
      PortFactory ports = (s, c, old) -> new HeapPort(4096, 4, 0);
      Peer peer = Peer.unix(1, 1, 1);
      assertThat(served.sessions.open(peer, null, 0, ports).error()).isEqualTo(-Errno.EMFILE);
      served.sessions.end(first.session);
      while (served.sessions.views().size() > 1) {
        Thread.onSpinWait();
      }
      assertThat(served.sessions.open(peer, null, 0, ports).isOpen()).isTrue();
    }
  }

  @Test
  void aSlotThatAsksForMoreThanARingIsNotAccepted() throws Exception {
    try (Served served = served(limits -> limits)) {
      Client client = served.client();
      int[] params = {Params.COMPLETION_RING_PTR, Params.FRAME_IP, Params.FRAME_SP, 32};
      for (int offset : params) {
        client.set(0, 1, Nr.GETPID);
        client.set(1, 2, Nr.GETPID);
        long at = client.slot(1) + CallSlots.PARAMS + offset;
        Memory.putLong(at, offset == Params.COMPLETION_RING_PTR ? 0 : 1);
        assertThat(client.submit(2)).isEqualTo(1);
        assertThat(client.status(0)).isEqualTo(4711);
      }
      client.set(0, 1, Nr.GETPID);
      Memory.putLong(client.slot(0) + CallSlots.PARAMS, 0);
      assertThat(client.submit(1)).isEqualTo(-Errno.EINVAL);
    }
  }
}
