package io.syslet.kernel.poller;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.syslet.Errno;
import io.syslet.kernel.coroutine.CoSleep;
import io.syslet.kernel.coroutine.StackSwitch;
import org.junit.jupiter.api.Test;

/** barebox's pollers, slices and work, where stacks can be switched. */
abstract class PollerContract extends MainLoopRig {
  PollerContract(StackSwitch stacks) {
    super(stacks);
  }

  @Test
  void pollerRegisterTwiceIsEbusy() {
    PollerJob poller = poller("serial", () -> seen.add("polled"));
    assertThat(loop.pollers().register(poller)).isEqualTo(-Errno.EBUSY);
    loop.resched();
    assertThat(seen).containsExactly("polled");
  }

  @Test
  void pollerUnregisterUnknownIsEnodev() {
    PollerJob poller = poller("serial", () -> seen.add("polled"));
    assertThat(loop.pollers().unregister(poller)).isZero();
    assertThat(loop.pollers().unregister(poller)).isEqualTo(-Errno.ENODEV);
    loop.resched();
    assertThat(seen).isEmpty();
  }

  @Test
  void pollerUnregistersItself() {
    PollerJob[] self = new PollerJob[1];
    self[0] = poller("once", () -> seen.add("" + loop.pollers().unregister(self[0])));
    poller("other", () -> seen.add("other"));
    rounds(2);
    assertThat(seen).containsExactly("0", "other", "other");
  }

  @Test
  void pollerAsyncRunsOnceAfterItsDelay() {
    loop.callAfter(10 * MS, () -> seen.add("late"));
    loop.callAfter(5 * MS, () -> seen.add("early"));
    loop.callAfter(7 * MS, () -> seen.add("never")).cancel();
    loop.resched();
    assertThat(seen).isEmpty();
    time = 5 * MS;
    loop.resched();
    assertThat(seen).containsExactly("early");
    time = 20 * MS;
    rounds(2);
    assertThat(seen).containsExactly("early", "late");
  }

  @Test
  void pollerOvertimeOf20MsIsCountedAndWarnedOfOnTheThird() {
    PollerJob slow = poller("slow", () -> time += 21 * MS);
    poller("quick", () -> time += 20 * MS);
    rounds(2);
    assertThat(slow.overtime()).isEqualTo(2);
    assertThat(warnings).isEmpty();
    rounds(3);
    assertThat(warnings).containsExactly("poller 'slow' took too long 3 times, now 21 ms");
  }

  @Test
  void pollerYieldsAnywhereAndGoesOnThereInTheNextRound() {
    poller("first", () -> seen.add("first"));
    poller(
        "deep",
        () -> {
          for (int i = 0; i < 2; i++) {
            seen.add("deep " + i);
            loop.pause();
          }
        });
    poller("last", () -> seen.add("last"));
    rounds(4);
    assertThat(seen)
        .containsExactly(
            "first", "deep 0", "last", //
            "first", "deep 1", "last", //
            "first", "last", // where deep returns
            "first", "deep 0", "last");
  }

  @Test
  void allPollersPauseAtOnceAndAllGoOn() {
    for (int i = 0; i < 300; i++) {
      String name = "p" + i;
      poller(
          name,
          () -> {
            loop.pause();
            seen.add(name);
          });
    }
    loop.resched();
    assertThat(seen).isEmpty();
    loop.resched();
    assertThat(seen).hasSize(300);
    rounds(2);
    assertThat(seen).hasSize(600);
  }

  @Test
  void whatAPollerThrowsReachesTheMainLoopAndTheOthersGoOn() {
    int[] calls = {0};
    poller(
        "bad",
        () -> {
          if (calls[0]++ == 0) {
            loop.pause();
            throw new IllegalArgumentException("as a test");
          }
        });
    poller("good", () -> seen.add("good"));
    loop.resched();
    assertThatIllegalArgumentException().isThrownBy(loop::resched);
    loop.resched();
    assertThat(seen).containsExactly("good", "good");
    assertThat(calls[0]).isEqualTo(2);
  }

  @Test
  void timeOfAPauseIsNobodysTime() {
    PollerJob patient =
        poller(
            "patient",
            () -> {
              time += MS;
              loop.pause();
              time += MS;
            });
    loop.resched();
    time += 1000 * MS;
    loop.resched();
    assertThat(patient.longest()).isEqualTo(MS);
  }

  @Test
  void unregisteringUnwindsAPausedPoller() {
    PollerJob paused =
        poller(
            "paused",
            () -> {
              try {
                loop.pause();
              } finally {
                seen.add("unwound");
              }
            });
    loop.resched();
    assertThat(loop.pollers().unregister(paused)).isZero();
    assertThat(seen).containsExactly("unwound");
  }

  @Test
  void aPollerMaySleepInTheLoopAndIsNotPolledMeanwhile() {
    poller(
        "sleeper",
        () -> {
          CoSleep.forNs(loop, 3 * MS);
          seen.add("awake at " + time / MS);
        });
    for (time = 0; time < 5 * MS; time += MS) {
      loop.resched();
    }
    assertThat(seen).containsExactly("awake at 4");
  }

  @Test
  void sliceIsNeverNegative() {
    Slice slice = new Slice(loop, "mmc0");
    slice.acquire();
    slice.acquire();
    slice.release();
    assertThat(slice.isAcquired()).isTrue();
    slice.release();
    assertThat(slice.isAcquired()).isFalse();
    assertThatIllegalStateException()
        .isThrownBy(slice::release)
        .withMessage("slice 'mmc0' is released, but nobody has it");
  }

  @Test
  void sliceDependsOnOthersButNotOnItself() {
    Slice bus = new Slice(loop, "bus");
    Slice device = new Slice(loop, "device");
    Slice disk = new Slice(loop, "disk");
    device.dependOn(bus);
    disk.dependOn(device);
    bus.acquire();
    assertThat(disk.isAcquired()).isTrue();
    assertThat(disk.tryAcquire()).isFalse();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> bus.dependOn(disk))
        .withMessageContaining("recursive dependency");
    assertThatIllegalArgumentException().isThrownBy(() -> bus.dependOn(bus));
  }

  @Test
  void sliceIsAMutexForOneWhoMayPause() {
    Slice slice = new Slice(loop, "mmc0");
    slice.acquire();
    Bthread.run(
        loop,
        "writer",
        () -> {
          slice.await();
          seen.add("has it");
          slice.release();
          return 0;
        });
    rounds(3);
    assertThat(seen).isEmpty();
    slice.release();
    loop.resched();
    assertThat(seen).containsExactly("has it");
  }

  @Test
  void reschedRunsPollersAlwaysTheRestOnlyWhenTheCommandSliceIsFree() {
    poller("poller", () -> seen.add("poller"));
    loop.workQueue().queue(() -> seen.add("work"));
    Bthread.run(
        loop,
        "thread",
        () -> {
          seen.add("bthread");
          return 0;
        });
    loop.command().acquire();
    rounds(2);
    assertThat(seen).containsExactly("poller", "poller");
    loop.command().release();
    loop.resched();
    assertThat(seen).containsExactly("poller", "poller", "poller", "work", "bthread");
  }

  @Test
  void workThatDelaysDoesNotRunOtherWorkWithin() {
    poller("poller", () -> seen.add("poller"));
    loop.workQueue()
        .queue(
            () -> {
              loop.pause();
              seen.add("first work");
            });
    loop.workQueue().queue(() -> seen.add("second work"));
    loop.resched();
    assertThat(seen).containsExactly("poller", "poller", "first work", "second work");
  }

  @Test
  void aPollerWaitsUntilItIsInCommandContext() {
    loop.command().acquire();
    poller(
        "writer",
        () -> {
          loop.command().await();
          seen.add("in command context");
          loop.command().release();
          assertThat(loop.pollers().unregister(loop.pollers().registered().get(0))).isZero();
        });
    rounds(2);
    assertThat(seen).isEmpty();
    loop.command().release();
    rounds(2);
    assertThat(seen).containsExactly("in command context");
  }

  @Test
  void theCommandShowsAndTimesAndReportsBlocking() {
    poller("quick", () -> time += 10 * MS);
    assertThat(loop.roundsIn(1000 * MS)).isEqualTo(100);
    Bthread.run(
        loop,
        "hog",
        () -> {
          time += 1001 * MS;
          loop.pause();
          return 0;
        });
    loop.resched();
    assertThat(loop.show())
        .containsExactly(
            "poller 'quick': longest 10,000 us, overtime 0",
            "bthread 'hog': longest 1,001,000 us, overtime 1, BLOCKS");
    assertThat(warnings).containsExactly("bthread 'hog' blocked for 1001 ms");
  }
}
