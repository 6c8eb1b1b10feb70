package io.syslet.server.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.syslet.Errno;
import io.syslet.Nr;
import io.syslet.Sys;
import io.syslet.Syslet;
import io.syslet.client.wire.Wire;
import io.syslet.ring.Memory;
import io.syslet.table.CallTable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Calls that wait: for a pipe, an eventfd, a descriptor, or for time to pass. */
class WaitingTest {
  private static final int EPOLLIN = 1;
  private static final short POLLIN = 1;
  private static final int EPOLL_EVENT =
      Objects.requireNonNull(CallTable.entry(Nr.EPOLL_CTL)).argument(3).unit();
  private static final int POLLNVAL = 0x20;

  @TempDir Path root;
  private Served served;
  private Client client;

  @BeforeEach
  void serve() throws Exception {
    Files.writeString(root.resolve("file"), "text");
    served = new Served(root);
    client = served.client();
  }

  @AfterEach
  void stop() {
    served.close();
  }

  private void assertPending(long status) {
    assertThat(status).isEqualTo(-Syslet.ESYSLETPENDING);
  }

  @Test
  void aFullPipeHoldsItsWriterUntilSomebodyReads() throws Exception {
    int[] pipe = client.pipe(0);
    long written = 0;
    long next = client.start(1, Nr.WRITE, pipe[1], client.buffer, 65536);
    while (next > 0) {
      written += next;
      next = client.start(1, Nr.WRITE, pipe[1], client.buffer, 4096);
    }
    assertPending(next);
    assertThat(client.start(2, Nr.READ, pipe[0], client.buffer, 65536)).isPositive();
    assertThat(client.await(1)).isEqualTo(4096);
    assertThat(written).isPositive();
  }

  @Test
  void whoWaitsHoldsNoWorkerOfTheServer() throws Exception {
    int many = 100;
    int[] pipe = client.pipe(0);
    long before = served.kernel.stats().withoutWorker();
    for (int i = 0; i < many; i++) {
      assertPending(client.start(i, Nr.READ, pipe[0], client.buffer, 1));
    }
    while (served.kernel.stats().withoutWorker() < before + many) {
      Thread.sleep(1);
    }
    assertThat(served.kernel.stats().workers()).isLessThan(many / 2);
    for (int i = 0; i < many; i++) {
      assertThat(client.start(many, Nr.WRITE, pipe[1], client.path("x"), 1)).isEqualTo(1);
    }
    boolean[] seen = new boolean[many];
    for (int i = 0; i < many; i++) {
      HeapPort.Completion ended = client.next();
      assertThat(ended.status()).isEqualTo(1);
      assertThat(seen[(int) ended.callerData()]).as("once").isFalse();
      seen[(int) ended.callerData()] = true;
    }
  }

  @Test
  void aPipeThatDoesNotBlockSaysSo() throws Exception {
    int[] pipe = client.pipe(Sys.O_NONBLOCK);
    assertThat(client.start(1, Nr.READ, pipe[0], client.buffer, 1)).isEqualTo(-Errno.EAGAIN);
    assertThat(client.close(pipe[1])).isZero();
    assertThat(client.call(Nr.READ, pipe[0], client.buffer, 1)).isZero();
  }

  @Test
  void aPipeThatNobodyReadsIsBrokenAndHarmsNobody() throws Exception {
    int[] pipe = client.pipe(0);
    assertThat(client.close(pipe[0])).isZero();
    assertThat(client.call(Nr.WRITE, pipe[1], client.buffer, 1)).isEqualTo(-Errno.EPIPE);
  }

  @Test
  void anEventfdCounts() throws Exception {
    long fd = client.call(Nr.EVENTFD2, 0, 0);
    assertPending(client.start(1, Nr.READ, fd, client.buffer, 8));
    long number = client.port.allocate(8);
    Memory.putLong(HeapPort.here(number), 5);
    assertThat(client.start(2, Nr.WRITE, fd, number, 8)).isEqualTo(8);
    assertThat(client.await(1)).isEqualTo(8);
    assertThat(Memory.getLong(client.here())).isEqualTo(5);
  }

  /** It says that it can be written to, since a smaller number would have room. */
  @Test
  void whoWaitsForAnEventfdWithoutRoomHoldsUpNobody() throws Exception {
    Client other = served.client();
    long fd = client.call(Nr.EVENTFD2, 1, 0);
    long number = client.port.allocate(8);
    Memory.putLong(HeapPort.here(number), -2);
    assertPending(client.start(1, Nr.WRITE, fd, number, 8));
    assertPending(client.start(2, Nr.WRITE, fd, number, 8));
    assertThat(other.call(Nr.GETPID)).isEqualTo(4711);
    assertThat(client.call(Wire.CANCEL, Wire.CANCEL_ID, 2)).isZero();
    assertThat(client.await(2)).isEqualTo(-Errno.ECANCELED);
    assertThat(client.start(3, Nr.READ, fd, client.buffer, 8)).isEqualTo(8);
    assertThat(client.await(1)).isEqualTo(8);
    assertThat(Memory.getLong(client.here())).isEqualTo(1);
  }

  @Test
  void pollTellsWhatIsReadyAndWhatIsNone() throws Exception {
    int[] pipe = client.pipe(0);
    long fds = client.port.allocate(32);
    long here = HeapPort.here(fds);
    Memory.putInt(here, pipe[0]);
    Memory.putInt(here + 4, POLLIN);
    Memory.putInt(here + 8, -7);
    Memory.putInt(here + 12, 0x55_0000);
    assertPending(client.start(1, Nr.PPOLL, fds, 2, 0, 0, 8));
    assertThat(client.start(2, Nr.WRITE, pipe[1], client.path("x"), 1)).isEqualTo(1);
    assertThat(client.await(1)).isEqualTo(1);
    assertThat(Memory.getUnsignedShort(here + 6)).isEqualTo(POLLIN);
    assertThat(Memory.getInt(here)).isEqualTo(pipe[0]);
    assertThat(Memory.getUnsignedShort(here + 14)).isZero();
    Memory.putInt(here, 999);
    assertThat(client.start(3, Nr.PPOLL, fds, 1, 0, 0, 8)).isEqualTo(1);
    assertThat(Memory.getUnsignedShort(here + 6)).isEqualTo(POLLNVAL);
    assertThat(client.start(4, Nr.PPOLL, fds, 1025, 0, 0, 8)).isEqualTo(-Errno.EINVAL);
  }

  @Test
  void pollAndSleepEndWhenTheirTimeIsOver() throws Exception {
    long time = client.port.allocate(16);
    Memory.putLong(HeapPort.here(time), 0);
    Memory.putLong(HeapPort.here(time) + 8, 20_000_000);
    long before = System.nanoTime();
    assertThat(client.call(Nr.PPOLL, 0, 0, time, 0, 8)).isZero();
    assertThat(client.call(Nr.NANOSLEEP, time, 0)).isZero();
    assertThat(client.call(Nr.CLOCK_NANOSLEEP, 1, 0, time, 0)).isZero();
    assertThat(System.nanoTime() - before).isGreaterThanOrEqualTo(60_000_000);
    assertThat(client.call(Nr.CLOCK_NANOSLEEP, 0, 1, time, 0)).isZero();
    assertThat(client.call(Nr.CLOCK_NANOSLEEP, 3, 0, time, 0)).isEqualTo(-Errno.EINVAL);
    Memory.putLong(HeapPort.here(time) + 8, 1_000_000_000);
    assertThat(client.call(Nr.NANOSLEEP, time, 0)).isEqualTo(-Errno.EINVAL);
    assertThat(client.call(Nr.NANOSLEEP, 0, 0)).isEqualTo(-Errno.EFAULT);
  }

  @Test
  void whatWaitsForLongIsOneCallOfTheHostsKernel() throws Exception {
    int[] pipe = client.pipe(0);
    long time = seconds(2);
    long before = System.nanoTime();
    assertPending(client.start(1, Nr.READ, pipe[0], client.buffer, 1));
    assertPending(client.start(2, Nr.NANOSLEEP, time, 0));
    long pending = served.kernel.stats().pending();
    assertThat(client.await(2)).isZero();
    assertThat(System.nanoTime() - before).isGreaterThanOrEqualTo(2_000_000_000L);
    assertThat(served.kernel.stats().pending()).as("no other call waits").isEqualTo(pending);
  }

  @Test
  void whatWaitsEndsWithItsSession() throws Exception {
    int[] pipe = client.pipe(0);
    long epoll = client.call(Nr.EPOLL_CREATE1, 0);
    long before = served.kernel.stats().inFlight();
    assertPending(client.start(1, Nr.READ, pipe[0], client.buffer, 1));
    assertPending(client.start(2, Nr.NANOSLEEP, seconds(3600), 0));
    assertPending(client.start(3, Nr.PPOLL, 0, 0, 0, 0, 8));
    assertPending(client.start(4, Nr.EPOLL_PWAIT, epoll, client.buffer, 10, -1, 0));
    assertPending(client.start(5, Nr.EPOLL_PWAIT, epoll, client.buffer, 10, Integer.MAX_VALUE, 0));
    assertThat(served.kernel.stats().inFlight()).isEqualTo(before + 5);
    client.sessions.end(client.session);
    while (served.kernel.stats().inFlight() > before) {
      Thread.sleep(1);
    }
  }

  private long seconds(long seconds) {
    long time = client.port.allocate(16);
    Memory.putLong(HeapPort.here(time), seconds);
    Memory.putLong(HeapPort.here(time) + 8, 0);
    return time;
  }

  @Test
  void epollTellsTheClientsOwnData() throws Exception {
    long epoll = client.call(Nr.EPOLL_CREATE1, 0);
    int[] pipe = client.pipe(0);
    long event = client.port.allocate(EPOLL_EVENT);
    long here = HeapPort.here(event);
    Memory.putInt(here, EPOLLIN);
    Memory.putLong(here + EPOLL_EVENT - 8, 0x1122_3344_5566_7788L);
    assertThat(client.call(Nr.EPOLL_CTL, epoll, 1, pipe[0], event)).isZero();
    assertThat(client.call(Nr.EPOLL_CTL, epoll, 1, 77, event)).isEqualTo(-Errno.EBADF);
    assertThat(client.start(1, Nr.EPOLL_PWAIT, epoll, client.buffer, 10, 0, 0)).isZero();
    assertPending(client.start(2, Nr.EPOLL_PWAIT, epoll, client.buffer, 10, -1, 0));
    assertThat(client.start(3, Nr.WRITE, pipe[1], client.path("x"), 1)).isEqualTo(1);
    assertThat(client.await(2)).isEqualTo(1);
    assertThat(Memory.getInt(client.here())).isEqualTo(EPOLLIN);
    assertThat(Memory.getLong(client.here() + EPOLL_EVENT - 8)).isEqualTo(0x1122_3344_5566_7788L);
    assertThat(client.call(Nr.EPOLL_PWAIT, epoll, client.buffer, 0, 0, 0)).isEqualTo(-Errno.EINVAL);
    assertThat(client.call(Nr.EPOLL_PWAIT, epoll, client.port.end() - 12, 2, 0, 0))
        .isEqualTo(-Errno.EFAULT);
  }

  @Test
  void theTimeOfTheMachineIsToldAndThatOfTheServersProcessesIsNot() throws Exception {
    assertThat(client.call(Nr.CLOCK_GETTIME, 1, client.buffer)).isZero();
    assertThat(Memory.getLong(client.here())).isPositive();
    for (long clock : new long[] {2, 3, -6, 12, ~1L << 3 | 2}) {
      assertThat(client.call(Nr.CLOCK_GETTIME, clock, client.buffer)).isEqualTo(-Errno.EINVAL);
    }
  }

  @Test
  void theNonBlockingFormOfACallNeverWaits() throws Exception {
    long fd = client.open("file", 0);
    assertThat(client.call(Nr.PREAD64, fd, client.buffer, 4, 0)).as("cached").isEqualTo(4);
    Memory.putInt(client.here(), 0);
    client.set(0, 1, Nr.PREAD64, fd, client.buffer, 3, 1);
    int accepted = client.submit(1, Syslet.NONBLOCK);
    if (accepted == 1) {
      assertThat(client.status(0)).isEqualTo(3);
      assertThat(Memory.getInt(client.here())).as("ext, at 1").isEqualTo(0x747865);
    } else {
      assertThat(accepted).as("a file system that always sleeps").isEqualTo(-Errno.EOPNOTSUPP);
    }
    int[] pipe = client.pipe(0);
    client.set(0, 1, Nr.READ, pipe[0], client.buffer, 4);
    assertThat(client.submit(1, Syslet.NONBLOCK)).isEqualTo(-Errno.EOPNOTSUPP);
    assertThat(client.submit(1, 64)).isEqualTo(-Errno.EINVAL);
  }
}
