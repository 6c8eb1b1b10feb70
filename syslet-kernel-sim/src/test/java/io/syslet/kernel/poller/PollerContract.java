package io.syslet.kernel.poller;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.syslet.Errno;
import io.syslet.kernel.coroutine.CoSleep;
import io.syslet.kernel.coroutine.Coroutine;
import io.syslet.kernel.coroutine.StackSwitch;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** barebox's pollers, bthreads, slices and completions, where stacks can be switched. */
abstract class PollerContract {
  private static final long MS = 1_000_000;

  private final List<String> seen = new ArrayList<>();
  private final List<String> warnings = new ArrayList<>();
  private long time;
  private final MainLoop loop;

  PollerContract(StackSwitch stacks) {
    loop = new MainLoop(() -> time, stacks, warnings::add);
  }

  private PollerJob poller(String name, Runnable function) {
    PollerJob poller = new PollerJob(name, function);
    assertThat(loop.pollers().register(poller)).isZero();
    return poller;
  }

  private void rounds(int count) {
    for (int i = 0; i < count; i++) {
      loop.resched();
    }
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
  void bthreadRunsWhenWokenAndSleepsWhenSuspended() {
    Bthread thread =
        Bthread.create(
            loop,
            "counter",
            () -> {
              for (int i = 0; ; i++) {
                seen.add("" + i);
                loop.pause();
              }
            });
    rounds(2);
    assertThat(seen).isEmpty();
    thread.wake();
    rounds(2);
    thread.suspend();
    rounds(2);
    assertThat(seen).containsExactly("0", "1");
    thread.wake();
    loop.resched();
    assertThat(seen).containsExactly("0", "1", "2");
  }

  @Test
  void bthreadCancelDoesNotBlockAndStopDoes() {
    Bthread cancelled = Bthread.run(loop, "cancelled", this::untilStopped);
    Bthread stopped = Bthread.run(loop, "stopped", this::untilStopped);
    rounds(2);
    cancelled.cancel();
    assertThat(cancelled.hasEnded()).isFalse();
    assertThat(stopped.stop()).isEqualTo(42);
    assertThat(stopped.hasEnded()).isTrue();
    assertThat(cancelled.hasEnded()).isTrue();
    assertThat(loop.threads()).isEmpty();
  }

  private int untilStopped() {
    while (!Bthread.shouldStop(loop)) {
      seen.add("works");
    }
    return 42;
  }

  @Test
  void bthreadStoppingItselfIsAnError() {
    Bthread[] self = new Bthread[1];
    self[0] = Bthread.run(loop, "suicidal", () -> self[0].stop());
    assertThatIllegalStateException()
        .isThrownBy(loop::resched)
        .withMessage("bthread 'suicidal' waits for its own end");
  }

  @Test
  void bthreadStopsAnother() {
    Bthread victim = Bthread.run(loop, "victim", this::untilStopped);
    Bthread killer = Bthread.run(loop, "killer", victim::stop);
    rounds(4);
    assertThat(killer.hasEnded()).isTrue();
    assertThat(killer.stop()).isEqualTo(42);
  }

  @Test
  void bthreadShouldStopIsFalseOutside() {
    assertThat(Bthread.shouldStop(loop)).isFalse();
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
  void completionLetsOneThroughForEachComplete() {
    Completion done = new Completion(loop);
    for (int i = 0; i < 3; i++) {
      Bthread.run(loop, "waiter " + i, () -> awaitAndSay(done));
    }
    rounds(2);
    done.complete();
    rounds(2);
    assertThat(seen).containsExactly("waiter 0");
    done.completeAll();
    rounds(1);
    assertThat(seen).containsExactly("waiter 0", "waiter 1", "waiter 2");
    assertThat(done.isDone()).isTrue();
    done.await();
    done.init();
    assertThat(done.isDone()).isFalse();
    assertThat(done.tryWait()).isFalse();
  }

  private int awaitAndSay(Completion done) {
    String name = String.valueOf(loop.running()).replaceAll(".*'(.*)'", "$1");
    done.await();
    seen.add(name);
    return 0;
  }

  @Test
  void completionIsWaitedForOutsideByRunningTheLoop() {
    Completion done = new Completion(loop);
    int[] polls = {0};
    poller(
        "device",
        () -> {
          if (++polls[0] == 5) {
            done.complete();
          }
        });
    done.await();
    assertThat(polls[0]).isEqualTo(5);
  }

  @Test
  void completionWaitWithTimeout() {
    Completion done = new Completion(loop);
    poller("clock", () -> time += MS);
    assertThat(done.await(10 * MS)).isZero();
    assertThat(time).isEqualTo(10 * MS);
    loop.callAfter(3 * MS, done::complete);
    assertThat(done.await(10 * MS)).isEqualTo(6 * MS);
    done.complete();
    assertThat(done.await(0)).isEqualTo(1);
  }

  @Test
  void completionInterruptibleWaitIsErestartsys() {
    Completion done = new Completion(loop);
    Bthread waiter = Bthread.run(loop, "waiter", done::awaitInterruptibly);
    loop.resched();
    assertThat(waiter.stop()).isEqualTo(-Errno.ERESTARTSYS);
    loop.interrupt();
    assertThat(done.awaitInterruptibly()).isEqualTo(-Errno.ERESTARTSYS);
    done.complete();
    assertThat(done.awaitInterruptibly()).isZero();
  }

  @Test
  void setjmpValue42() {
    poller("value", () -> seen.add("" + (loop.running() == null ? 0 : 42)));
    loop.resched();
    assertThat(seen).containsExactly("42");
  }

  @Test
  void setjmpLoopOf10() {
    Bthread thread =
        Bthread.run(
            loop,
            "loop",
            () -> {
              int i = 0;
              while (i < 10) {
                i++;
                loop.pause();
              }
              return i;
            });
    rounds(10);
    assertThat(thread.hasEnded()).isFalse();
    rounds(1);
    assertThat(thread.hasEnded()).isTrue();
    assertThat(thread.stop()).isEqualTo(10);
  }

  @Test
  void initjmpGivesAStackOfItsOwn() {
    Bthread.run(loop, "recursive", () -> recurse(1000));
    Bthread.run(loop, "other", () -> recurse(10));
    rounds(2);
    assertThat(seen).containsExactly("at the bottom of 1000", "at the bottom of 10");
    assertThat(loop.threads()).isEmpty();
  }

  private int recurse(int depth) {
    return depth == 0 ? pauseAtTheBottom() : recurse(depth - 1) + 1;
  }

  private int pauseAtTheBottom() {
    loop.pause();
    long depth = StackWalker.getInstance().walk(frames -> frames.filter(this::isOurs).count());
    seen.add("at the bottom of " + (depth - 1));
    return 0;
  }

  private boolean isOurs(StackWalker.StackFrame frame) {
    return frame.getMethodName().equals("recurse");
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

  @Test
  void errorsNameTheJobThatRuns() {
    Bthread.run(
        loop,
        "driver",
        () -> {
          Coroutine self = Objects.requireNonNull(Coroutine.self());
          assertThat(self).hasToString("coroutine 'driver' (running)");
          assertThatThrownBy(self::enter).hasMessageContaining("'driver'");
          return 0;
        });
    loop.resched();
  }
}
