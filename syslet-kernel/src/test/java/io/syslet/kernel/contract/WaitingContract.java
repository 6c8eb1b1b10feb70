package io.syslet.kernel.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.syslet.Errno;
import io.syslet.Kernel;
import io.syslet.KernelStats;
import io.syslet.Nr;
import io.syslet.ring.CompletionRing;
import io.syslet.ring.Memory;
import java.lang.foreign.Arena;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Calls that wait for a time, or for some of several: pending at once, and ended once, by whatever
 * the kernel has for that.
 */
public abstract class WaitingContract extends WaitingRigContract {
  private static final long HOUR = 3_600_000_000_000L;
  private static final long CLOCK_MONOTONIC = 1;
  private static final long TIMER_ABSTIME = 1;
  private static final int MANY = 1000;

  /** Of the kernels that the booter makes. */
  protected WaitingContract(Booter booter) {
    super(booter);
  }

  // ---- times

  @Test
  void aSleepIsPendingAtOnceAndEndsInItsTime() throws Exception {
    onARig(
        rig -> {
          assertThat(rig.call(1, Nr.NANOSLEEP, rig.time(HOUR), 0, 0)).isEqualTo(PENDING);
          assertThat(rig.cancel(1)).isZero();
          assertThat(rig.ended(-Errno.ECANCELED)).isEqualTo(1);
          long begun = rig.now();
          long status = rig.call(2, Nr.NANOSLEEP, rig.time(20 * MILLI), 0, 0);
          assertThat(rig.settled(status)).isZero();
          assertThat(rig.now() - begun).isGreaterThanOrEqualTo(20 * MILLI);
        });
  }

  @Test
  void sleepsEndInTheOrderOfTheirTimes() throws Exception {
    assertInOrder(0, 7, 2, 9, 4, 1, 8, 3, 6, 5);
  }

  /** Whatever takes its place among those that wait is due before, or after, its neighbours. */
  @Test
  void aSleepThatIsTakenBackLeavesTheOthersInTheirOrder() throws Exception {
    assertInOrder(13, 1, 10, 2, 11, 12, 3, 20, 13, 14, 15, 16, 6);
    assertInOrder(1, 1, 10, 2, 11, 12, 3, 20, 13, 14, 15, 16, 6);
  }

  private void assertInOrder(int canceled, int... order) throws Exception {
    onARig(
        rig -> {
          long first = 50 * MILLI;
          while (!sleepInOrder(rig, first, canceled, order)) {
            first *= 4;
          }
        });
  }

  /** Sleeps until some times; whether the machine was fast enough to begin all before the first. */
  private boolean sleepInOrder(WaitRig rig, long first, int canceled, int... order) {
    long begun = rig.now();
    int pending = 0;
    for (int i : order) {
      long end = rig.time(begun + first + i * MILLI);
      long status = rig.call(i, Nr.CLOCK_NANOSLEEP, CLOCK_MONOTONIC, TIMER_ABSTIME, end, 0, 0, 0);
      assertThat(status).isIn(PENDING, 0L);
      pending += status == PENDING ? 1 : 0;
    }
    boolean all = pending == order.length && rig.now() < begun + first;
    boolean isCanceled = canceled != 0 && rig.cancel(canceled) == 0;
    List<Long> ended = new ArrayList<>();
    for (int i = 0; i < pending; i++) {
      long status = rig.await();
      long which = rig.consume();
      assertThat(status).isEqualTo(isCanceled && which == canceled ? -Errno.ECANCELED : 0);
      if (which != canceled) {
        ended.add(which);
      }
    }
    if (all && !booter.waitsAtWorkers()) {
      assertThat(ended).isSorted();
    }
    return all;
  }

  @Test
  void aSleepMayHaveAnAbsoluteEnd() throws Exception {
    onARig(
        rig -> {
          long end = rig.now() + 20 * MILLI;
          long status =
              rig.call(
                  1, Nr.CLOCK_NANOSLEEP, CLOCK_MONOTONIC, TIMER_ABSTIME, rig.time(end), 0, 0, 0);
          assertThat(rig.settled(status)).isZero();
          assertThat(rig.now()).isGreaterThanOrEqualTo(end);
          status =
              rig.call(1, Nr.CLOCK_NANOSLEEP, CLOCK_MONOTONIC, 0, rig.time(5 * MILLI), 0, 0, 0);
          assertThat(rig.settled(status)).isZero();
          assertThat(rig.now()).isGreaterThanOrEqualTo(end + 5 * MILLI);
        });
  }

  @Test
  void timesThatAreNoneAreRefused() throws Exception {
    onARig(
        rig -> {
          assertThat(rig.call(1, Nr.NANOSLEEP, rig.time(-5), 0, 0)).isEqualTo(-Errno.EINVAL);
          for (long nowhere : new long[] {0, 16}) {
            assertThat(rig.call(1, Nr.NANOSLEEP, nowhere, 0, 0)).isEqualTo(-Errno.EFAULT);
            assertThat(rig.call(1, Nr.CLOCK_NANOSLEEP, CLOCK_MONOTONIC, 0, nowhere, 0, 0, 0))
                .isEqualTo(-Errno.EFAULT);
          }
          long negative = rig.time(-5 * 1_000_000_000L);
          assertThat(rig.call(1, Nr.NANOSLEEP, negative, 0, 0)).isEqualTo(-Errno.EINVAL);
          assertThat(rig.ring.isEmpty()).isTrue();
        });
  }

  // ---- some of several

  @Test
  void aPollEndsWhenOneOfItsDescriptorsIsReady() throws Exception {
    onARig(
        rig -> {
          WaitRig other = new WaitRig(rig.kernel);
          long array = rig.pollfds(rig.in, WaitRig.POLLIN, -1, 7, other.in, WaitRig.POLLIN);
          assertThat(rig.call(1, Nr.PPOLL, array, 3, 0, 0, 0, 0)).isEqualTo(PENDING);
          other.feed(1);
          assertThat(rig.ended(1)).isEqualTo(1);
          assertThat(WaitRig.revents(array, 0)).isZero();
          assertThat(WaitRig.revents(array, 1)).isZero();
          assertThat(WaitRig.revents(array, 2)).isEqualTo(WaitRig.POLLIN);
          assertThat(rig.call(2, Nr.PPOLL, array, 3, 0, 0, 0, 0)).as("at once").isEqualTo(1);
          other.take(1);
        });
  }

  @Test
  void aPollWhoseTimeIsOverFindsNothing() throws Exception {
    onARig(
        rig -> {
          long array = rig.pollfds(rig.in, WaitRig.POLLIN);
          Memory.putInt(array + 4, WaitRig.POLLIN | 0x7f << 16);
          long begun = rig.now();
          long status = rig.call(1, Nr.PPOLL, array, 1, rig.time(50 * MILLI), 0, 0, 0);
          assertThat(rig.settled(status)).isZero();
          assertThat(rig.now() - begun).isGreaterThanOrEqualTo(50 * MILLI);
          assertThat(WaitRig.revents(array, 0)).isZero();
          assertThat(rig.call(1, Nr.PPOLL, array, 1, rig.time(0), 0, 0, 0)).isZero();
          assertThat(rig.call(1, Nr.PPOLL, array, 1, rig.time(-1), 0, 0, 0))
              .isEqualTo(-Errno.EINVAL);
        });
  }

  @Test
  void anEpollWaitEndsWhenSomethingIsReported() throws Exception {
    onARig(
        rig -> {
          int epoll = rig.epoll(rig.in, 77);
          long events = rig.bytes(4L * WaitRig.EPOLL_EVENT);
          assertThat(rig.call(1, Nr.EPOLL_PWAIT, epoll, events, 4, -1, 0, 8)).isEqualTo(PENDING);
          rig.feed(1);
          assertThat(rig.ended(1)).isEqualTo(1);
          assertThat(WaitRig.data(events)).isEqualTo(77);
          assertThat(rig.call(2, Nr.EPOLL_PWAIT, epoll, events, 4, -1, 0, 8))
              .as("at once")
              .isEqualTo(1);
          rig.take(1);
          assertThat(rig.call(3, Nr.EPOLL_PWAIT, epoll, events, 4, 0, 0, 8)).isZero();
          assertThat(rig.settled(rig.call(4, Nr.EPOLL_PWAIT, epoll, events, 4, 50, 0, 8))).isZero();
          assertThat(rig.kernel.syscall(Nr.CLOSE, epoll, 0, 0)).isZero();
        });
  }

  // ---- many

  @Test
  void manyCallsWaitAndEachEndsOnce() throws Exception {
    onARig(
        rig -> {
          for (int i = 0; i < MANY; i++) {
            long nanos = MILLI * (1 + i % 7);
            assertThat(rig.call(i, Nr.NANOSLEEP, rig.time(nanos), 0, 0)).isIn(PENDING, 0L);
          }
          long pending = rig.kernel.stats().pending();
          boolean[] seen = new boolean[MANY];
          for (int i = 0; i < pending; i++) {
            int which = (int) rig.ended(0);
            assertThat(seen[which]).isFalse();
            seen[which] = true;
          }
          assertThat(rig.ring.isEmpty()).isTrue();
          KernelStats stats = rig.kernel.stats();
          assertThat(stats.inFlight()).isZero();
          assertThat(stats.withoutWorker()).isEqualTo(booter.waitsAtWorkers() ? 0 : pending);
        });
  }

  @Test
  void whoClosesEndsThemAllOnce() throws Exception {
    needsHandOver();
    CompletionRing ring = CompletionRing.allocate(Arena.global(), 1024, 1);
    int many = 200;
    try (Kernel kernel = boot()) {
      kernel.run(
          k -> {
            Rig rig = new Rig(k, ring);
            for (int i = 0; i < many; i++) {
              assertThat(rig.read(i)).isEqualTo(PENDING);
            }
          });
    }
    boolean[] seen = new boolean[many];
    for (int i = 0; i < many; i++) {
      assertThat(ring.statusAt(ring.tail())).isEqualTo(-Errno.ECANCELED);
      int which = (int) ring.callerDataAt(ring.tail());
      assertThat(seen[which]).isFalse();
      seen[which] = true;
      ring.advanceTo(ring.tail() + 1);
    }
    assertThat(ring.isEmpty()).isTrue();
  }
}
