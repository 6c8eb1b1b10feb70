package io.syslet.server.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import io.syslet.CallSlots;
import io.syslet.Errno;
import io.syslet.Nr;
import io.syslet.Syslet;
import io.syslet.client.wire.Wire;
import io.syslet.ring.Memory;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Calls that wait and end before what they wait for: taken back by their client, or timed. */
class EndedEarlyTest {
  private static final long CANCELED = -Errno.ECANCELED;
  private static final long HOUR = 3600;
  private static final long MILLI = 1_000_000;

  @TempDir Path root;
  private Served served;
  private Client client;
  private int[] pipe;
  private int[] second;
  private long epoll;
  private long fds;
  private long time;

  @BeforeEach
  void serve() throws Exception {
    served = new Served(root);
    client = served.client();
    pipe = client.pipe(0);
    second = client.pipe(0);
    epoll = client.call(Nr.EPOLL_CREATE1, 0);
    fds = client.pollFd(second[0], 1);
    time = client.port.allocate(16);
    Memory.putLong(HeapPort.here(time), HOUR);
  }

  @AfterEach
  void stop() {
    served.close();
  }

  private void start(int i, long nanos) throws Exception {
    switch (i) {
      case 1 -> client.set(0, i, Nr.READ, pipe[0], client.buffer, 1);
      case 2 -> client.set(0, i, Nr.NANOSLEEP, time, 0);
      case 3 -> client.set(0, i, Nr.POLL, fds, 1, -1);
      case 4 -> client.set(0, i, Nr.EPOLL_WAIT, epoll, client.buffer, 1, -1);
      case 5 -> client.set(0, i, Nr.CLOCK_NANOSLEEP, 1, 0, time, 0);
      default -> client.set(0, i, Nr.READ, second[0], client.buffer, 1);
    }
    if (nanos >= 0) {
      CallSlots.setDeadline(client.slot(0), nanos);
    }
    assertThat(client.submit(1)).isEqualTo(1);
    assertThat(client.status(0)).as("call %d", i).isEqualTo(-Syslet.ESYSLETPENDING);
  }

  private void startAll(long nanos) throws Exception {
    for (int i = 1; i <= 6; i++) {
      start(i, nanos);
    }
  }

  private Map<Long, Long> ended(int count) throws Exception {
    Map<Long, Long> ended = new HashMap<>();
    for (int i = 0; i < count; i++) {
      HeapPort.Completion next = client.next();
      ended.put(next.callerData(), next.status());
    }
    assertThat(client.port.completions).isEmpty();
    return ended;
  }

  @Test
  void eachWaitCanBeTakenBackByItsCallerData() throws Exception {
    startAll(-1);
    for (long i = 6; i > 0; i--) {
      assertThat(client.start(99, Wire.CANCEL, Wire.CANCEL_ID, i)).isZero();
      assertThat(ended(1)).containsExactly(entry(i, CANCELED));
      assertThat(client.start(99, Wire.CANCEL, Wire.CANCEL_ID, i)).isEqualTo(-Errno.ENOENT);
    }
  }

  @Test
  void waitsCanBeTakenBackByTheirDescriptor() throws Exception {
    startAll(-1);
    start(7, -1);
    assertThat(client.start(99, Wire.CANCEL, Wire.CANCEL_FD, second[0])).isZero();
    assertThat(ended(2)).containsOnly(entry(6L, CANCELED), entry(7L, CANCELED));
    assertThat(client.start(99, Wire.CANCEL, Wire.CANCEL_FD, epoll)).isZero();
    assertThat(ended(1)).containsOnly(entry(4L, CANCELED));
    assertThat(client.start(99, Wire.CANCEL, Wire.CANCEL_FD, pipe[1])).isEqualTo(-Errno.ENOENT);
    assertThat(client.start(98, Nr.WRITE, pipe[1], client.path("x"), 1)).isEqualTo(1);
    assertThat(ended(1)).containsOnly(entry(1L, 1L));
  }

  @Test
  void allWaitsOfTheSessionCanBeTakenBackAndNoOthers() throws Exception {
    startAll(-1);
    Client other = served.client();
    assertThat(other.start(99, Wire.CANCEL, Wire.CANCEL_ALL, 0)).isEqualTo(-Errno.ENOENT);
    assertThat(other.start(99, Wire.CANCEL, Wire.CANCEL_ID, 1)).isEqualTo(-Errno.ENOENT);
    for (int form : new int[] {-1, 3}) {
      assertThat(client.start(99, Wire.CANCEL, form, 1)).isEqualTo(-Errno.EINVAL);
    }
    assertThat(client.port.completions).isEmpty();
    assertThat(client.start(99, Wire.CANCEL, Wire.CANCEL_ALL, 0)).isZero();
    assertThat(ended(6))
        .hasSize(6)
        .allSatisfy((data, status) -> assertThat(status).isEqualTo(CANCELED));
    assertThat(served.sessions.inFlight()).isZero();
  }

  @Test
  void aCallEndsAtItsDeadlineAndNotBefore() throws Exception {
    long before = System.nanoTime();
    startAll(20 * MILLI);
    Map<Long, Long> ended = ended(6);
    assertThat(System.nanoTime() - before).isGreaterThanOrEqualTo(20 * MILLI);
    assertThat(ended)
        .hasSize(6)
        .allSatisfy((data, status) -> assertThat(status).isEqualTo(-Errno.ETIMEDOUT));
  }

  @Test
  void aDeadlineThatIsNotReachedChangesNothing() throws Exception {
    start(1, 3600_000 * MILLI);
    client.set(0, 9, Nr.GETPID);
    CallSlots.setDeadline(client.slot(0), 0);
    assertThat(client.submit(1)).isEqualTo(1);
    assertThat(client.status(0)).isEqualTo(4711);
    client.set(0, 9, Nr.GETPID);
    CallSlots.setDeadline(client.slot(0), 0);
    Memory.putLong(client.slot(0) + CallSlots.DEADLINE, -1);
    assertThat(client.submit(1)).isEqualTo(-Errno.EINVAL);
    assertThat(client.start(98, Nr.WRITE, pipe[1], client.path("x"), 1)).isEqualTo(1);
    assertThat(ended(1)).containsOnly(entry(1L, 1L));
    start(1, -1);
    assertThat(client.start(99, Wire.CANCEL, Wire.CANCEL_ID, 1)).as("used again").isZero();
    assertThat(ended(1)).containsOnly(entry(1L, CANCELED));
  }
}
