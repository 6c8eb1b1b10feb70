package io.syslet.kernel.poller;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.syslet.Errno;
import io.syslet.kernel.coroutine.Coroutine;
import io.syslet.kernel.coroutine.StackSwitch;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** barebox's bthreads, completions and stacks of their own, where stacks can be switched. */
abstract class BthreadContract extends MainLoopRig {
  BthreadContract(StackSwitch stacks) {
    super(stacks);
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
