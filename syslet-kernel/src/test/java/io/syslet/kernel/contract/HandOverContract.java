package io.syslet.kernel.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.syslet.Kernel;
import io.syslet.KernelStats;
import io.syslet.Nr;
import io.syslet.Task;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import org.junit.jupiter.api.Test;

/** A call that blocks is handed over, and one that does not is not; the program stays who it is. */
public abstract class HandOverContract extends KernelContract {
  /** Of the kernels that the booter makes. */
  protected HandOverContract(Booter booter) {
    super(booter);
  }

  @Test
  void aReadFromAnEmptyPipeIsPendingAndFromAFullOneIsNot() throws Exception {
    needsHandOver();
    try (Kernel booted = boot()) {
      AtomicLong blocked = new AtomicLong();
      booted.run(
          kernel -> {
            Rig rig = new Rig(kernel);
            assertThat(rig.read(77)).isEqualTo(PENDING);
            assertThat(rig.ring.isEmpty()).isTrue();
            rig.feed(1);
            assertThat(rig.await()).isEqualTo(1);
            assertThat(rig.consume()).isEqualTo(77);
            rig.feed(1);
            long second = rig.read(78);
            blocked.set(second == PENDING ? 2 : 1);
            assertThat(rig.settled(second)).isEqualTo(1);
            assertThat(rig.ring.isEmpty()).isTrue();
            rig.close();
          });
      KernelStats stats = booted.stats();
      assertThat(stats.calls()).isEqualTo(2);
      assertThat(stats.pending()).isEqualTo(blocked.get());
      assertThat(stats.completedInline()).isEqualTo(2 - blocked.get());
      assertThat(stats.inFlight()).isZero();
    }
  }

  @Test
  void identityThreadLocalsAndMonitorsSurviveTheMove() throws Exception {
    needsHandOver();
    ThreadLocal<String> local = new ThreadLocal<>();
    ReentrantLock lock = new ReentrantLock();
    Object monitor = new Object();
    run(
        kernel -> {
          Rig rig = new Rig(kernel);
          Thread before = Thread.currentThread();
          local.set("mine");
          lock.lock();
          try {
            synchronized (monitor) {
              assertThat(rig.read(1)).isEqualTo(PENDING);
              assertThat(Thread.holdsLock(monitor)).isTrue();
            }
            assertThat(lock.isHeldByCurrentThread()).isTrue();
          } finally {
            lock.unlock();
          }
          assertThat(Thread.currentThread()).isSameAs(before);
          assertThat(local.get()).isEqualTo("mine");
          rig.feed(1);
          assertThat(rig.await()).isEqualTo(1);
          rig.close();
        });
  }

  @Test
  void manyCallsOfOneTaskAreInFlightAtOnceAndEachEndsOnce() throws Exception {
    needsHandOver();
    run(
        kernel -> {
          int many = 300;
          Rig rig = new Rig(kernel, 512);
          for (int i = 0; i < many; i++) {
            assertThat(rig.read(i)).isEqualTo(PENDING);
          }
          assertThat(kernel.stats().inFlight()).isEqualTo(many);
          rig.feed(many);
          boolean[] seen = new boolean[many];
          for (int i = 0; i < many; i++) {
            assertThat(rig.await()).isEqualTo(1);
            int which = (int) rig.consume();
            assertThat(seen[which]).isFalse();
            seen[which] = true;
          }
          assertThat(kernel.stats().maxInFlight()).isEqualTo(many);
          rig.close();
        });
  }

  @Test
  void theCompletionMayBeSeenBeforeTheSubmitterGoesOn() throws Exception {
    needsHandOver();
    run(
        kernel -> {
          Rig rig = new Rig(kernel);
          for (int micros = 1; micros < 200; micros += 3) {
            long result = rig.call(micros, Nr.NANOSLEEP, rig.timespec(micros), 0, 0);
            if (result == PENDING) {
              assertThat(rig.await()).isZero();
              assertThat(rig.consume()).isEqualTo(micros);
            } else {
              assertThat(result).isZero();
            }
          }
          assertThat(rig.ring.isEmpty()).isTrue();
          rig.close();
        });
  }

  @Test
  void aCompletionCanBeSeenByAnotherTask() throws Exception {
    needsHandOver();
    run(
        kernel -> {
          Rig rig = new Rig(kernel);
          Task other =
              kernel.start(
                  k -> {
                    assertThat(k.ringWait(rig.ring, rig.ring.tail())).isZero();
                    assertThat(rig.consume()).isEqualTo(5);
                  });
          assertThat(rig.read(5)).isEqualTo(PENDING);
          rig.feed(1);
          other.join();
          assertThat(rig.ring.isEmpty()).isTrue();
        });
  }

  @Test
  void manyTasksBlockAndGoOnSideBySide() throws Exception {
    needsHandOver();
    try (Kernel kernel = boot()) {
      Task[] tasks = new Task[64];
      AtomicLong completed = new AtomicLong();
      for (int t = 0; t < tasks.length; t++) {
        tasks[t] = kernel.start(k -> pingPong(k, completed));
      }
      for (Task task : tasks) {
        task.join();
      }
      assertThat(completed.get()).isEqualTo(5L * tasks.length);
    }
  }

  private static void pingPong(Kernel kernel, AtomicLong completed) {
    Rig rig = new Rig(kernel);
    for (int i = 0; i < 5; i++) {
      assertThat(rig.read(i)).isEqualTo(PENDING);
      rig.feed(1);
      assertThat(rig.await()).isEqualTo(1);
      assertThat(rig.consume()).isEqualTo(i);
      completed.incrementAndGet();
    }
    rig.close();
  }
}
