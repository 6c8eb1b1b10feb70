package io.syslet.kernel.sim.ipc;

import static org.assertj.core.api.Assertions.assertThat;

import io.syslet.Errno;
import io.syslet.Kernel;
import io.syslet.Nr;
import io.syslet.Sys;
import io.syslet.Syslet;
import io.syslet.Task;
import io.syslet.kernel.contract.Rig;
import io.syslet.ring.Memory;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Waiting in the simulated machine for several files. */
class PollCallsTest extends OnSimKernel {
  private static final int IN = 1;
  private static final int OUT = 4;
  private static final int HUNG_UP = 0x10;
  private static final int INVALID = 0x20;
  private static final int EDGE = 1 << 31;
  private static final int ONE_SHOT = 1 << 30;
  private static final int ADD = 1;
  private static final int DELETE = 2;
  private static final int MODIFY = 3;
  private static final int FOREVER = -1;

  private static void pollfd(long at, int fd, int events) {
    Memory.putInt(at, fd);
    Memory.putInt(at + 4, events);
  }

  private static int revents(long at) {
    return Memory.getUnsignedShort(at + 6);
  }

  // ---- poll

  @Test
  void pollWaitsForWhicheverFileIsReadyFirst() throws Exception {
    run(
        k -> {
          Rig quiet = new Rig(k);
          Rig fed = new Rig(k);
          Task feeder = k.start(other -> feedAfter(other, fed, 5));
          long fds = memory(16);
          pollfd(fds, quiet.in, IN);
          pollfd(fds + 8, fed.in, IN);
          assertThat(k.syscall(Nr.PPOLL, fds, 2, 0, 0, 0, 0)).isEqualTo(1);
          assertThat(revents(fds)).isZero();
          assertThat(revents(fds + 8)).isEqualTo(IN);
          feeder.join();
        });
  }

  private static void feedAfter(Kernel k, Rig rig, long micros) {
    Rig own = new Rig(k);
    own.nap(micros);
    assertThat(k.syscall(Nr.WRITE, rig.out, own.buffer, 1)).isEqualTo(1);
  }

  @Test
  void pollEndsAtItsDeadlineInVirtualTime() throws Exception {
    run(
        k -> {
          Rig rig = new Rig(k);
          long fds = memory(8);
          pollfd(fds, rig.in, IN);
          long before = kernel.virtualNanos();
          assertThat(k.syscall(Nr.PPOLL, fds, 1, timespec(7 * MILLI), 0, 0, 0)).isZero();
          assertThat(kernel.virtualNanos() - before).isBetween(7 * MILLI, 8 * MILLI);
        });
  }

  @Test
  void pollTellsOfEveryDescriptorWhatItIs() throws Exception {
    run(
        k -> {
          Rig rig = new Rig(k);
          long fds = memory(32);
          pollfd(fds, rig.out, OUT);
          pollfd(fds + 8, 999, IN);
          pollfd(fds + 16, -1, IN);
          assertThat(k.syscall(Nr.PPOLL, fds, 3, 0, 0, 0, 0)).isEqualTo(2);
          assertThat(revents(fds)).isEqualTo(OUT);
          assertThat(revents(fds + 8)).isEqualTo(INVALID);
          assertThat(revents(fds + 16)).isZero();
          Sys.close(k, rig.out);
          pollfd(fds, rig.in, IN);
          assertThat(k.syscall(Nr.PPOLL, fds, 1, 0, 0, 0, 0)).isEqualTo(1);
          assertThat(revents(fds) & HUNG_UP).isEqualTo(HUNG_UP);
        });
  }

  @Test
  void aPollThatBlocksIsHandedOver() throws Exception {
    run(
        k -> {
          Rig rig = new Rig(k);
          long fds = memory(8);
          pollfd(fds, rig.in, IN);
          assertThat(rig.call(9, Nr.PPOLL, fds, 1, 0)).isEqualTo(-Syslet.ESYSLETPENDING);
          rig.feed(1);
          assertThat(rig.await()).isEqualTo(1);
          assertThat(rig.consume()).isEqualTo(9);
        });
  }

  @Test
  void aPollThatMustNotBlockIsUndone() throws Exception {
    run(
        k -> {
          Rig rig = new Rig(k);
          long fds = memory(8);
          pollfd(fds, rig.in, IN);
          assertThat(rig.call(9, Syslet.NONBLOCK, Nr.PPOLL, fds, 1, 0)).isEqualTo(-Errno.EAGAIN);
        });
  }

  // ---- epoll

  private int epoll(Kernel k) {
    return (int) k.syscall(Nr.EPOLL_CREATE1, 0, 0, 0);
  }

  private long control(Kernel k, int epoll, int op, int fd, int events, long data) {
    long event = memory(EpollEvent.LENGTH);
    EpollEvent.write(event, events, data);
    return k.syscall(Nr.EPOLL_CTL, epoll, op, fd, event, 0, 0);
  }

  /** The data of the events that are there within some milliseconds. */
  private List<Long> events(Kernel k, int epoll, int millis) {
    long at = memory(8L * EpollEvent.LENGTH);
    long found = k.syscall(Nr.EPOLL_PWAIT, epoll, at, 8, millis, 0, 8);
    assertThat(found).isNotNegative();
    List<Long> data = new ArrayList<>();
    for (int i = 0; i < found; i++) {
      data.add(EpollEvent.data(at + (long) i * EpollEvent.LENGTH));
    }
    return data;
  }

  @Test
  void epollLevelTriggeredTellsAsLongAsItIsSo() throws Exception {
    run(
        k -> {
          Rig rig = new Rig(k);
          int epoll = epoll(k);
          assertThat(control(k, epoll, ADD, rig.in, IN, 77)).isZero();
          assertThat(events(k, epoll, 1)).isEmpty();
          rig.feed(2);
          assertThat(events(k, epoll, FOREVER)).containsExactly(77L);
          rig.take(1);
          assertThat(events(k, epoll, FOREVER)).containsExactly(77L);
          rig.take(1);
          assertThat(events(k, epoll, 1)).isEmpty();
        });
  }

  @Test
  void epollEdgeTriggeredTellsOncePerChangeAndOneShotOnce() throws Exception {
    run(
        k -> {
          Rig edge = new Rig(k);
          Rig once = new Rig(k);
          int epoll = epoll(k);
          control(k, epoll, ADD, edge.in, IN | EDGE, 1);
          control(k, epoll, ADD, once.in, IN | ONE_SHOT, 2);
          edge.feed(1);
          once.feed(1);
          assertThat(events(k, epoll, FOREVER)).containsExactly(1L, 2L);
          assertThat(events(k, epoll, 1)).isEmpty();
          edge.feed(1);
          once.feed(1);
          assertThat(events(k, epoll, FOREVER)).containsExactly(1L);
          assertThat(control(k, epoll, MODIFY, once.in, IN | ONE_SHOT, 3)).isZero();
          assertThat(events(k, epoll, FOREVER)).containsExactly(3L);
        });
  }

  @Test
  void epollRefusesWhatMakesNoSense() throws Exception {
    run(
        k -> {
          Rig rig = new Rig(k);
          int epoll = epoll(k);
          assertThat(control(k, epoll, DELETE, rig.in, IN, 0)).isEqualTo(-Errno.ENOENT);
          assertThat(control(k, epoll, ADD, rig.in, IN, 0)).isZero();
          assertThat(control(k, epoll, ADD, rig.in, IN, 0)).isEqualTo(-Errno.EEXIST);
          assertThat(control(k, epoll, ADD, epoll, IN, 0)).isEqualTo(-Errno.EINVAL);
          assertThat(control(k, epoll, ADD, 999, IN, 0)).isEqualTo(-Errno.EBADF);
          assertThat(control(k, rig.in, ADD, rig.out, IN, 0)).isEqualTo(-Errno.EINVAL);
          assertThat(k.syscall(Nr.EPOLL_PWAIT, epoll, rig.buffer, 0, 0, 0, 8))
              .isEqualTo(-Errno.EINVAL);
          assertThat(k.syscall(Nr.EPOLL_PWAIT, epoll, 4096, 1, 0, 0, 8)).isEqualTo(-Errno.EFAULT);
        });
  }

  @Test
  void epollForgetsAFileThatIsClosedAndIsItselfAFileToPoll() throws Exception {
    run(
        k -> {
          Rig rig = new Rig(k);
          int inner = epoll(k);
          int outer = epoll(k);
          control(k, inner, ADD, rig.in, IN, 1);
          control(k, outer, ADD, inner, IN, 2);
          rig.feed(1);
          assertThat(events(k, outer, FOREVER)).containsExactly(2L);
          Sys.close(k, rig.in);
          assertThat(events(k, inner, 1)).isEmpty();
          assertThat(events(k, outer, 1)).isEmpty();
        });
  }

  @Test
  void anEpollWaitIsASysletLikeAnyOther() throws Exception {
    run(
        k -> {
          Rig rig = new Rig(k);
          int epoll = epoll(k);
          control(k, epoll, ADD, rig.in, IN, 5);
          long at = memory(EpollEvent.LENGTH);
          long forever = rig.call(4, Nr.EPOLL_PWAIT2, epoll, at, 1);
          assertThat(forever).isEqualTo(-Syslet.ESYSLETPENDING);
          rig.feed(1);
          assertThat(rig.await()).isEqualTo(1);
          assertThat(EpollEvent.data(at)).isEqualTo(5);
        });
  }
}
