package io.syslet.kernel.coroutine;

import static io.syslet.kernel.coroutine.OnStacks.refused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.syslet.Errno;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * Queues, sleeps, timeouts and shared resources of coroutines, whatever their stacks are. Rows of
 * QEMU's test-coroutine.c.
 */
abstract class WaitContract extends EventLoopRig {
  WaitContract(StackSwitch stacks) {
    super(stacks);
  }

  @Test
  void queueWakesOneAndTellsWhetherThereWasOne() {
    CoQueue queue = new CoQueue();
    assertThat(queue.next()).isFalse();
    startWaiters(queue, 2);
    assertThat(queue.next()).isTrue();
    assertThat(seen).as("next does not run the woken").isEmpty();
    loop.runUntilIdle();
    assertThat(seen).containsExactly("waiter 0");
    assertThat(queue.isEmpty()).isFalse();
  }

  private void startWaiters(CoQueue queue, int count) {
    for (int i = 0; i < count; i++) {
      String name = "waiter " + i;
      start(
          name,
          () -> {
            queue.await();
            seen.add(name);
          });
    }
  }

  @Test
  void queueInsertsAtTheHead() {
    CoQueue queue = new CoQueue();
    startWaiters(queue, 2);
    start(
        "urgent",
        () -> {
          queue.awaitAtHead();
          seen.add("urgent");
        });
    queue.restartAll();
    loop.runUntilIdle();
    assertThat(seen).containsExactly("urgent", "waiter 0", "waiter 1");
  }

  @Test
  void theWokenRunAlsoWhenTheQueueIsGone() {
    wakeThreeOfAQueueThatIsForgotten();
    loop.runUntilIdle();
    assertThat(seen).containsExactly("waiter 0", "waiter 1", "waiter 2");
  }

  private void wakeThreeOfAQueueThatIsForgotten() {
    CoQueue queue = new CoQueue();
    startWaiters(queue, 3);
    queue.restartAll();
    assertThat(queue.isEmpty()).isTrue();
    startWaiters(queue, 1);
    seen.clear();
  }

  @Test
  void enterNextAndEnterAllRunThemNow() {
    CoQueue queue = new CoQueue();
    startWaiters(queue, 3);
    assertThat(queue.enterNext()).isTrue();
    assertThat(seen).containsExactly("waiter 0");
    queue.enterAll();
    assertThat(seen).containsExactly("waiter 0", "waiter 1", "waiter 2");
    assertThat(queue.enterNext()).isFalse();
  }

  @Test
  void queueLetsGoOfTheLockWhileOneWaits() {
    CoMutex mutex = new CoMutex();
    CoQueue queue = new CoQueue();
    start(
        "consumer",
        () -> {
          mutex.lock();
          queue.await(mutex);
          seen.add("consumed");
          mutex.unlock();
        });
    start(
        "producer",
        () -> {
          mutex.lock();
          seen.add("produced");
          queue.next();
          mutex.unlock();
        });
    loop.runUntilIdle();
    assertThat(seen).containsExactly("produced", "consumed");
  }

  @Test
  void coroutinesAreWokenInTheLoopWhereTheyLive() {
    EventLoop other = new EventLoop("other", Time.virtual());
    CoQueue queue = new CoQueue();
    startWaiters(queue, 1);
    Coroutine foreign =
        create(
            "foreign",
            () -> {
              queue.await();
              seen.add("foreign in " + Context.current());
            });
    other.inside(foreign::enter);
    queue.restartAll();
    loop.runUntilIdle();
    assertThat(seen).containsExactly("waiter 0");
    other.runUntilIdle();
    assertThat(seen).containsExactly("waiter 0", "foreign in event loop 'other'");
  }

  @Test
  void doubleSchedulingIsAnError() {
    Coroutine coroutine = start("popular", Coroutine::yield);
    loop.schedule(coroutine);
    refused(() -> loop.schedule(coroutine), "'popular' (suspended) twice");
    refused(coroutine::enter, "'popular' (suspended)", "about to enter");
    loop.runUntilIdle();
    assertThat(coroutine.isFinished()).isTrue();
  }

  @Test
  void waitingWithoutAContextIsAnError() {
    CoQueue queue = new CoQueue();
    create("stray", () -> refused(queue::await, "'stray'", "no context")).enter();
  }

  @Test
  void moveGoesOnInTheOtherLoop() {
    EventLoop other = new EventLoop("other", Time.virtual());
    start(
        "hopper",
        () -> {
          other.moveHere();
          seen.add("in " + Context.current());
        });
    loop.runUntilIdle();
    assertThat(seen).isEmpty();
    other.runUntilIdle();
    assertThat(seen).containsExactly("in event loop 'other'");
  }

  @Test
  void sleepNsTakesThatLong() {
    start(
        "late",
        () -> {
          CoSleep.forNs(loop, 2_000);
          seen.add("late at " + loop.now());
        });
    start(
        "early",
        () -> {
          CoSleep.forNs(loop, 1_000);
          seen.add("early at " + loop.now());
        });
    start(
        "at once",
        () -> {
          CoSleep.forNs(loop, -5);
          seen.add("at once at " + loop.now());
        });
    assertThat(seen).as("sleeping yields in any case").isEmpty();
    loop.runUntilIdle();
    assertThat(seen).containsExactly("at once at 0", "early at 1000", "late at 2000");
  }

  @Test
  void aSleepCanBeCancelled() {
    CoSleep sleep = new CoSleep();
    assertThat(sleep.wake()).isFalse();
    start("sleeper", () -> seen.add("slept to the end: " + sleep.sleepNs(loop, 1_000_000)));
    assertThat(sleep.wake()).isTrue();
    loop.runUntilIdle();
    assertThat(seen).containsExactly("slept to the end: false");
    assertThat(loop.now()).as("the alarm is gone").isZero();
  }

  @Test
  void twoInOneBedAreAnError() {
    CoSleep sleep = new CoSleep();
    start("first", sleep::sleep);
    start("second", () -> refused(sleep::sleep, "'second'", "'first'"));
  }

  @Test
  void aTimeoutReturns0WhenTheEntryEndsInTime() {
    start("waiter", () -> seen.add("" + CoTimeout.run(loop, 100, "work", this::workFor50)));
    loop.runUntilIdle();
    assertThat(seen).containsExactly("worked until 50", "0");
  }

  @Test
  void aTimeoutReturnsEtimedoutAndTheEntryGoesOn() {
    start("waiter", () -> seen.add("" + CoTimeout.run(loop, 10, "work", this::workFor50)));
    loop.runUntilIdle();
    assertThat(seen).containsExactly("" + -Errno.ETIMEDOUT, "worked until 50");
  }

  @Test
  void aTimeoutOf0IsForEver() {
    start("waiter", () -> seen.add("" + CoTimeout.run(loop, 0, "work", this::workFor50)));
    loop.runUntilIdle();
    assertThat(seen).containsExactly("worked until 50", "0");
  }

  @Test
  void whatTheEntryOfATimeoutThrowsReachesItsWaiter() {
    IllegalArgumentException thrown = new IllegalArgumentException("as a test");
    CoroutineEntry failing =
        argument -> {
          CoSleep.forNs(loop, 5);
          throw thrown;
        };
    start(
        "waiter",
        () -> assertThatThrownBy(() -> CoTimeout.run(loop, 10, "work", failing)).isSameAs(thrown));
    loop.runUntilIdle();
  }

  private void workFor50(@Nullable Object argument) {
    CoSleep.forNs(loop, 50);
    seen.add("worked until " + loop.now());
  }

  @Test
  void aSharedResourceIsWaitedForUntilThereIsEnough() {
    SharedResource memory = new SharedResource(10);
    assertThat(memory.tryGet(8)).isTrue();
    assertThat(memory.tryGet(3)).isFalse();
    start("greedy", () -> getAndSay(memory, 10));
    start("modest", () -> getAndSay(memory, 4));
    memory.put(2);
    loop.runUntilIdle();
    assertThat(seen).containsExactly("got 4");
    memory.put(6);
    memory.put(4);
    loop.runUntilIdle();
    assertThat(seen).containsExactly("got 4", "got 10");
    assertThat(memory.available()).isZero();
    memory.put(10);
    refused(() -> memory.put(1), "1 units are put back, but only 0 are out");
    assertThatIllegalArgumentException().isThrownBy(() -> memory.tryGet(11));
  }

  private void getAndSay(SharedResource resource, int units) {
    resource.get(units);
    seen.add("got " + units);
  }
}
