package io.syslet.server.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.syslet.Errno;
import io.syslet.Nr;
import io.syslet.Syslet;
import io.syslet.ring.Memory;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How long poll, epoll and their kin wait, in each form in which they are told. */
class TimeoutsTest {
  private static final int POLLIN = 1;
  private static final long MILLI = 1_000_000;

  @TempDir Path root;
  private Served served;
  private Client client;
  private int[] pipe;
  private long fds;
  private long epoll;
  private long events;
  private long time;

  @BeforeEach
  void serve() throws Exception {
    served = new Served(root);
    client = served.client();
    pipe = client.pipe(0);
    fds = client.pollFd(pipe[0], POLLIN);
    time = client.port.allocate(16);
    events = client.port.allocate(160);
    epoll = client.call(Nr.EPOLL_CREATE1, 0);
    Memory.putInt(HeapPort.here(events), POLLIN);
    assertThat(client.call(Nr.EPOLL_CTL, epoll, 1, pipe[0], events)).isZero();
  }

  @AfterEach
  void stop() {
    served.close();
  }

  private long timespec(long seconds, long nanos) {
    Memory.putLong(HeapPort.here(time), seconds);
    Memory.putLong(HeapPort.here(time) + 8, nanos);
    return time;
  }

  private void write() throws Exception {
    assertThat(client.start(99, Nr.WRITE, pipe[1], client.path("x"), 1)).isEqualTo(1);
  }

  @Test
  void withoutTimeAWaitOnlyLooks() throws Exception {
    for (int ready = 0; ready <= 1; ready++) {
      assertThat(client.start(1, Nr.POLL, fds, 1, 0)).isEqualTo(ready);
      assertThat(client.start(1, Nr.PPOLL, fds, 1, timespec(0, 0), 0, 8)).isEqualTo(ready);
      assertThat(client.start(1, Nr.EPOLL_WAIT, epoll, events, 10, 0)).isEqualTo(ready);
      assertThat(client.start(1, Nr.EPOLL_PWAIT, epoll, events, 10, 0, 0)).isEqualTo(ready);
      assertThat(client.start(1, Nr.EPOLL_PWAIT2, epoll, events, 10, timespec(0, 0), 0))
          .isEqualTo(ready);
      write();
    }
  }

  @Test
  void noWaitEndsBeforeItsTime() throws Exception {
    assertLasts(20 * MILLI, Nr.POLL, fds, 1, 20);
    assertLasts(20 * MILLI, Nr.PPOLL, fds, 1, timespec(0, 20 * MILLI), 0, 8);
    assertLasts(20 * MILLI, Nr.EPOLL_WAIT, epoll, events, 10, 20);
    assertLasts(20 * MILLI, Nr.EPOLL_PWAIT, epoll, events, 10, 20, 0);
    assertLasts(20 * MILLI + 1, Nr.EPOLL_PWAIT2, epoll, events, 10, timespec(0, 20 * MILLI + 1), 0);
    assertLasts(20 * MILLI, Nr.NANOSLEEP, timespec(0, 20 * MILLI), 0);
    assertLasts(20 * MILLI, Nr.CLOCK_NANOSLEEP, 0, 0, timespec(0, 20 * MILLI), 0);
    long end = System.nanoTime() + 20 * MILLI;
    timespec(end / 1_000_000_000, end % 1_000_000_000);
    assertThat(client.call(Nr.CLOCK_NANOSLEEP, 1, 1, time, 0)).isZero();
    assertThat(System.nanoTime() - end).isNotNegative();
  }

  private void assertLasts(long nanos, long nr, long... arguments) throws Exception {
    long before = System.nanoTime();
    assertThat(client.call(nr, arguments)).isZero();
    assertThat(System.nanoTime() - before).as("call %d", nr).isGreaterThanOrEqualTo(nanos);
  }

  @Test
  void aWaitWithoutAnEndEndsWhenSomethingIsReady() throws Exception {
    assertPending(client.start(0, Nr.POLL, fds, 1, -1));
    assertPending(client.start(1, Nr.PPOLL, fds, 1, 0, 0, 8));
    assertPending(client.start(2, Nr.EPOLL_WAIT, epoll, events, 10, -1));
    assertPending(client.start(3, Nr.EPOLL_PWAIT2, epoll, events, 10, 0, 0));
    assertPending(client.start(4, Nr.PPOLL, fds, 1, timespec(Long.MAX_VALUE, 0), 0, 8));
    assertPending(client.start(5, Nr.POLL, fds, 1, Integer.MAX_VALUE));
    write();
    boolean[] seen = new boolean[6];
    for (int i = 0; i < seen.length; i++) {
      HeapPort.Completion ended = client.next();
      assertThat(ended.status()).as("call %d", ended.callerData()).isEqualTo(1);
      seen[(int) ended.callerData()] = true;
    }
    assertThat(seen).containsOnly(true);
  }

  private static void assertPending(long status) {
    assertThat(status).isEqualTo(-Syslet.ESYSLETPENDING);
  }

  @Test
  void whatIsNoTimeIsRefused() throws Exception {
    long[][] wrong = {{0, 1000 * MILLI}, {0, -1}, {-1, 0}, {-1, 5}};
    for (long[] each : wrong) {
      timespec(each[0], each[1]);
      assertThat(client.start(1, Nr.PPOLL, fds, 1, time, 0, 8)).isEqualTo(-Errno.EINVAL);
      assertThat(client.start(1, Nr.EPOLL_PWAIT2, epoll, events, 10, time, 0))
          .isEqualTo(-Errno.EINVAL);
      assertThat(client.start(1, Nr.NANOSLEEP, time, 0)).isEqualTo(-Errno.EINVAL);
      assertThat(client.start(1, Nr.CLOCK_NANOSLEEP, 1, 1, time, 0)).isEqualTo(-Errno.EINVAL);
    }
    long behind = client.port.end() - 8;
    assertThat(client.start(1, Nr.PPOLL, fds, 1, behind, 0, 8)).isEqualTo(-Errno.EFAULT);
    assertThat(client.start(1, Nr.EPOLL_PWAIT2, epoll, events, 10, behind, 0))
        .isEqualTo(-Errno.EFAULT);
    assertThat(client.start(1, Nr.CLOCK_NANOSLEEP, 1, 0, behind, 0)).isEqualTo(-Errno.EFAULT);
  }

  @Test
  void arraysAreTheClientsAndSignalMasksAreNot() throws Exception {
    long behind = client.port.end() - 8;
    assertThat(client.start(1, Nr.POLL, 0, 1, 0)).isEqualTo(-Errno.EFAULT);
    assertThat(client.start(1, Nr.POLL, behind, 2, 0)).isEqualTo(-Errno.EFAULT);
    assertThat(client.start(1, Nr.POLL, fds, -1, 0)).isEqualTo(-Errno.EINVAL);
    assertThat(client.start(1, Nr.EPOLL_WAIT, epoll, 0, 1, 0)).isEqualTo(-Errno.EFAULT);
    assertThat(client.start(1, Nr.EPOLL_WAIT, 77, events, 1, 0)).isEqualTo(-Errno.EBADF);
    assertThat(client.start(1, Nr.EPOLL_WAIT, epoll, events, -1, 0)).isEqualTo(-Errno.EINVAL);
    assertThat(client.start(1, Nr.PPOLL, fds, 1, timespec(0, 0), events, 8))
        .isEqualTo(-Errno.EINVAL);
    assertThat(client.start(1, Nr.EPOLL_PWAIT, epoll, events, 1, 0, events))
        .isEqualTo(-Errno.EINVAL);
    assertThat(client.start(1, Nr.EPOLL_PWAIT2, epoll, events, 1, time, events))
        .isEqualTo(-Errno.EINVAL);
    assertThat(client.start(1, Nr.EPOLL_WAIT, epoll, events, 1, 0, events)).isZero();
  }
}
