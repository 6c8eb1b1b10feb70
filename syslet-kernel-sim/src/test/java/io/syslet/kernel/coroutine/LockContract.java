package io.syslet.kernel.coroutine;

import static io.syslet.kernel.coroutine.OnStacks.refused;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** The locks of coroutines, whatever their stacks are. Rows of QEMU's test-coroutine.c. */
abstract class LockContract extends EventLoopRig {
  LockContract(StackSwitch stacks) {
    super(stacks);
  }

  @Test
  void coMutex() {
    CoMutex mutex = new CoMutex();
    int[] done = {0};
    Runnable entry =
        () -> {
          mutex.lock();
          Coroutine.yield();
          mutex.unlock();
          done[0]++;
        };
    Coroutine first = start("first", entry);
    assertThat(mutex.isLocked()).isTrue();
    Coroutine second = start("second", entry);
    first.enter();
    assertThat(done[0]).isEqualTo(1);
    assertThat(mutex.isLocked()).isTrue();
    loop.runUntilIdle();
    second.enter();
    assertThat(done[0]).isEqualTo(2);
    assertThat(mutex.isLocked()).isFalse();
  }

  @Test
  void rwlockUpgrade() {
    CoRwLock lock = new CoRwLock();
    Coroutine reader =
        start(
            "reader",
            () -> {
              lock.rdlock();
              Coroutine.yield();
              lock.upgrade();
              seen.add("upgraded");
              lock.unlock();
            });
    Coroutine writer =
        start(
            "writer",
            () -> {
              lock.wrlock();
              seen.add("written");
              lock.unlock();
            });
    reader.enter();
    assertThat(seen).isEmpty();
    loop.runUntilIdle();
    assertThat(seen).containsExactly("written", "upgraded");
    assertThat(reader.isFinished() && writer.isFinished()).isTrue();
    assertThat(lock.owners()).isZero();
  }

  @Test
  void rwlockUpgradeAtOnceIfAlone() {
    CoRwLock lock = new CoRwLock();
    Coroutine reader =
        start(
            "reader",
            () -> {
              lock.rdlock();
              lock.upgrade();
              seen.add("owners " + lock.owners());
              lock.unlock();
            });
    assertThat(reader.isFinished()).isTrue();
    assertThat(seen).containsExactly("owners -1");
  }

  @Test
  void rwlockDowngrade() {
    CoRwLock lock = new CoRwLock();
    Coroutine c1 = start("c1", () -> readYieldUnlock(lock));
    Coroutine c2 =
        start(
            "c2",
            () -> {
              lock.wrlock();
              lock.downgrade();
              seen.add("c2 reads, owners " + lock.owners()); // and c3, which waited;
              Coroutine.yield();
              lock.unlock();
            });
    Coroutine c3 = start("c3", () -> readYieldUnlock(lock));
    Coroutine c4 =
        start(
            "c4",
            () -> {
              lock.wrlock();
              seen.add("c4 writes");
              lock.unlock();
            });
    c1.enter();
    loop.runUntilIdle();
    assertThat(seen).containsExactly("c2 reads, owners 2");
    assertThat(lock.owners()).isEqualTo(2);
    c2.enter();
    c3.enter();
    loop.runUntilIdle();
    assertThat(List.of(c1, c2, c3, c4)).allMatch(Coroutine::isFinished);
    assertThat(lock.owners()).isZero();
  }

  private static void readYieldUnlock(CoRwLock lock) {
    lock.rdlock();
    Coroutine.yield();
    lock.unlock();
  }

  @Test
  void aWriterThatWaitsIsNotPassedByReaders() {
    CoRwLock lock = new CoRwLock();
    Coroutine early = start("early reader", () -> readYieldUnlock(lock));
    start(
        "writer",
        () -> {
          lock.wrlock();
          seen.add("writer");
          lock.unlock();
        });
    start(
        "late reader",
        () -> {
          lock.rdlock();
          seen.add("late reader");
          lock.unlock();
        });
    early.enter();
    loop.runUntilIdle();
    assertThat(seen).containsExactly("writer", "late reader");
  }

  @Test
  void mutexIsHandedOverInOrder() {
    CoMutex mutex = new CoMutex();
    Coroutine holder = start("holder", () -> lockYieldUnlock(mutex));
    for (int i = 0; i < 10; i++) {
      String name = "waiter " + i;
      start(
          name,
          () -> {
            mutex.lock();
            seen.add(name);
            mutex.unlock();
          });
    }
    holder.enter();
    loop.runUntilIdle();
    assertThat(seen).hasSize(10).isSorted();
  }

  private static void lockYieldUnlock(CoMutex mutex) {
    mutex.lock();
    Coroutine.yield();
    mutex.unlock();
  }

  @Test
  void misuseOfAMutexIsAnErrorThatNamesBoth() {
    CoMutex mutex = new CoMutex();
    start("holder", () -> lockYieldUnlock(mutex));
    start("thief", () -> refused(mutex::unlock, "'thief'", "'holder'"));
    start(
        "twice",
        () -> {
          CoMutex own = new CoMutex();
          own.lock();
          refused(own::lock, "'twice'", "that it holds");
          own.unlock();
        });
    refused(mutex::lock, "runs in no coroutine");
  }

  @Test
  void locksStillHeldAtTheEndAreAnError() {
    CoMutex mutex = new CoMutex();
    Coroutine forgetful = create("forgetful", mutex::lock);
    refused(forgetful::enter, "'forgetful'", "1 locks held");
    assertThat(forgetful.isFinished()).isTrue();
  }

  @Test
  void enteringOneThatWaitsForALockIsAnError() {
    CoMutex mutex = new CoMutex();
    start("holder", () -> lockYieldUnlock(mutex));
    Coroutine waiter = start("waiter", () -> lockYieldUnlock(mutex));
    refused(waiter::enter, "'waiter' (suspended)", "waits in a queue or for a lock");
  }

  @Test
  void oneThatIsClosedWhileItWaitsForAMutexDoesNotGetIt() {
    CoMutex mutex = new CoMutex();
    Coroutine holder = start("holder", () -> lockYieldUnlock(mutex));
    Coroutine closed = start("closed", () -> lockYieldUnlock(mutex));
    Coroutine last = start("last", () -> lockYieldUnlock(mutex));
    closed.close();
    holder.enter();
    loop.runUntilIdle();
    assertThat(mutex.isLocked()).isTrue();
    last.enter();
    assertThat(mutex.isLocked()).isFalse();
    start("next", () -> lockYieldUnlock(mutex)).enter();
    assertThat(mutex.isLocked()).isFalse();
  }

  @Test
  void theOnlyOneThatWaitsForAMutexIsClosed() {
    CoMutex mutex = new CoMutex();
    Coroutine holder = start("holder", () -> lockYieldUnlock(mutex));
    start("closed", () -> lockYieldUnlock(mutex)).close();
    holder.enter();
    assertThat(mutex.isLocked()).isFalse();
  }
}
