package io.syslet.kernel.sim.ipc;

import static org.assertj.core.api.Assertions.assertThat;

import io.syslet.Errno;
import io.syslet.Kernel;
import io.syslet.Nr;
import io.syslet.Program;
import io.syslet.Sys;
import io.syslet.Syslet;
import io.syslet.Task;
import io.syslet.kernel.contract.Rig;
import io.syslet.kernel.sim.SimKernel;
import io.syslet.kernel.sim.SimOptions;
import io.syslet.ring.Memory;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Waiting in the simulated machine for several files, for words of memory, and for timers. */
class IpcTest {
  private static final int IN = 1;
  private static final int OUT = 4;
  private static final int HUNG_UP = 0x10;
  private static final int INVALID = 0x20;
  private static final int EDGE = 1 << 31;
  private static final int ONE_SHOT = 1 << 30;
  private static final int ADD = 1;
  private static final int DELETE = 2;
  private static final int MODIFY = 3;
  private static final int WAIT = 0;
  private static final int WAKE = 1;
  private static final int CMP_REQUEUE = 4;
  private static final int WAIT_BITSET = 9;
  private static final int WAKE_BITSET = 10;
  private static final long MILLI = 1_000_000;
  private static final int FOREVER = -1;

  private final SimKernel kernel = SimKernel.boot(SimOptions.defaults());

  @AfterEach
  void close() {
    kernel.close();
  }

  private void run(Program program) throws Exception {
    kernel.run(program);
  }

  private long memory(long length) {
    return kernel.arena().allocate(length, 16).address();
  }

  private static void pollfd(long at, int fd, int events) {
    Memory.putInt(at, fd);
    Memory.putInt(at + 4, events);
  }

  private static int revents(long at) {
    return Memory.getUnsignedShort(at + 6);
  }

  private long timespec(long nanos) {
    long at = memory(16);
    Timespec.write(at, nanos);
    return at;
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

  // ---- futex

  private long futex(Kernel k, long word, int op, int value, long a3, long a4, long a5) {
    return k.syscall(Nr.FUTEX, word, op, value, a3, a4, a5);
  }

  @Test
  void aFutexWaitEndsWithAWakeAndNotBefore() throws Exception {
    run(
        k -> {
          Rig rig = new Rig(k);
          long word = memory(4);
          assertThat(futex(k, word, WAIT, 1, 0, 0, 0)).isEqualTo(-Errno.EAGAIN);
          assertThat(futex(k, word, WAKE, 1, 0, 0, 0)).isZero();
          assertThat(rig.call(1, Nr.FUTEX, word, WAIT, 0)).isEqualTo(-Syslet.ESYSLETPENDING);
          assertThat(rig.call(2, Nr.FUTEX, word, WAIT, 0)).isEqualTo(-Syslet.ESYSLETPENDING);
          assertThat(futex(k, word, WAKE, 1, 0, 0, 0)).isEqualTo(1);
          assertThat(rig.await()).isZero();
          assertThat(rig.consume()).isEqualTo(1);
          assertThat(futex(k, word, WAKE, 5, 0, 0, 0)).isEqualTo(1);
          assertThat(rig.await()).isZero();
        });
  }

  @Test
  void aFutexWaitEndsAtItsTime() throws Exception {
    run(
        k -> {
          long word = memory(8);
          long before = kernel.virtualNanos();
          long waited = futex(k, word, WAIT, 0, timespec(3 * MILLI), 0, 0);
          assertThat(waited).isEqualTo(-Errno.ETIMEDOUT);
          assertThat(kernel.virtualNanos() - before).isBetween(3 * MILLI, 4 * MILLI);
          long absolute = timespec(kernel.virtualNanos() + 2 * MILLI);
          assertThat(futex(k, word, WAIT_BITSET, 0, absolute, 0, 1)).isEqualTo(-Errno.ETIMEDOUT);
          assertThat(futex(k, word, WAIT, 0, 4096, 0, 0)).isEqualTo(-Errno.EFAULT);
          assertThat(futex(k, word + 1, WAIT, 0, 0, 0, 0)).isEqualTo(-Errno.EINVAL);
        });
  }

  @Test
  void aFutexWakesByBitsAndMovesWaitersToAnotherWord() throws Exception {
    run(
        k -> {
          Rig rig = new Rig(k);
          long word = memory(4);
          long other = memory(4);
          Task first = k.start(task -> assertThat(waitForBits(task, word, 1)).isZero());
          Task second = k.start(task -> assertThat(waitForBits(task, word, 2)).isZero());
          rig.nap(10);
          assertThat(futex(k, word, WAKE_BITSET, 5, 0, 0, 2)).isEqualTo(1);
          second.join();
          assertThat(futex(k, word, CMP_REQUEUE, 0, 5, other, 9)).isEqualTo(-Errno.EAGAIN);
          assertThat(futex(k, word, CMP_REQUEUE, 0, 5, other, 0)).isEqualTo(1);
          assertThat(futex(k, word, WAKE, 5, 0, 0, 0)).isZero();
          assertThat(futex(k, other, WAKE, 5, 0, 0, 0)).isEqualTo(1);
          first.join();
        });
  }

  private long waitForBits(Kernel k, long word, int bits) {
    return futex(k, word, WAIT_BITSET, 0, 0, 0, bits);
  }

  // ---- timerfd

  @Test
  void aTimerCountsWhatWasNotRead() throws Exception {
    run(
        k -> {
          Rig rig = new Rig(k);
          int timer = (int) k.syscall(Nr.TIMERFD_CREATE, 1, 0, 0);
          long setting = memory(32);
          Timespec.write(setting, 2 * MILLI);
          Timespec.write(setting + 16, MILLI);
          assertThat(k.syscall(Nr.TIMERFD_SETTIME, timer, 0, setting, 0, 0, 0)).isZero();
          assertThat(k.syscall(Nr.READ, timer, rig.buffer, 8)).isEqualTo(8);
          assertThat(Memory.getLong(rig.buffer)).isEqualTo(1);
          rig.nap(5000);
          assertThat(k.syscall(Nr.READ, timer, rig.buffer, 8)).isEqualTo(8);
          assertThat(Memory.getLong(rig.buffer)).isEqualTo(2);
          assertThat(rig.call(6, Nr.READ, timer, rig.buffer, 8)).isEqualTo(-Syslet.ESYSLETPENDING);
          assertThat(rig.await()).isEqualTo(8);
        });
  }

  @Test
  void aTimerIsDisarmedAndTellsWhatIsLeft() throws Exception {
    run(
        k -> {
          Rig rig = new Rig(k);
          int timer = (int) k.syscall(Nr.TIMERFD_CREATE, 1, Sys.O_NONBLOCK, 0);
          long setting = memory(32);
          Timespec.write(setting + 16, 50 * MILLI);
          k.syscall(Nr.TIMERFD_SETTIME, timer, 0, setting, 0, 0, 0);
          long left = memory(32);
          assertThat(k.syscall(Nr.TIMERFD_GETTIME, timer, left, 0)).isZero();
          assertThat(Timespec.read(left + 16)).isBetween(49 * MILLI, 50 * MILLI);
          Timespec.write(setting + 16, 0);
          assertThat(k.syscall(Nr.TIMERFD_SETTIME, timer, 0, setting, left, 0, 0)).isZero();
          rig.nap(60_000);
          assertThat(k.syscall(Nr.READ, timer, rig.buffer, 8)).isEqualTo(-Errno.EAGAIN);
          assertThat(k.syscall(Nr.TIMERFD_SETTIME, rig.in, 0, setting, 0, 0, 0))
              .isEqualTo(-Errno.EINVAL);
        });
  }
}
