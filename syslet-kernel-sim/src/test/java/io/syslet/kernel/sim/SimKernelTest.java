package io.syslet.kernel.sim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.syslet.Errno;
import io.syslet.Nr;
import io.syslet.Program;
import io.syslet.Syslet;
import io.syslet.Task;
import io.syslet.kernel.contract.Rig;
import io.syslet.kernel.sim.ipc.Ipc;
import io.syslet.ring.CompletionRing;
import io.syslet.table.CallTable;
import java.lang.foreign.Arena;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/** The machine and the world outside: host threads, Java's own locks, dead ends, the end. */
class SimKernelTest {
  private static final long PENDING = -Syslet.ESYSLETPENDING;

  private static SimKernel boot() {
    return SimKernel.boot(SimOptions.defaults());
  }

  @Test
  void aDeadlockIsAnErrorThatSaysWhoWaitsForWhat() {
    try (SimKernel kernel = boot()) {
      Program stuck =
          k -> {
            Rig rig = new Rig(k);
            assertThat(rig.read(1)).isEqualTo(PENDING);
            k.ringWait(rig.ring, 0);
          };
      assertThatThrownBy(() -> kernel.run(stuck))
          .isInstanceOf(DeadlockException.class)
          .hasMessageContaining("task 1: worker 2 waits for a ring")
          .hasMessageContaining("worker 1, in pending call 1, waits for a pipe's bytes");
    }
  }

  @Test
  void timePassesOnlyInTheMachine() throws Exception {
    try (SimKernel kernel = boot()) {
      kernel.run(k -> new Rig(k).nap(3_600_000_000L));
      assertThat(kernel.virtualNanos()).isBetween(3_600_000_000_000L, 3_600_001_000_000L);
      long now = kernel.virtualNanos();
      LockSupport.parkNanos(1_000_000);
      assertThat(kernel.virtualNanos()).isEqualTo(now);
    }
  }

  @Test
  void aHostThreadCallsFromOutsideEvenWithAMonitorHeld() throws Exception {
    try (SimKernel kernel = boot()) {
      Rig rig = new Rig(kernel);
      synchronized (this) {
        assertThat(kernel.syscall(Nr.GETPPID, 0, 0, 0)).isEqualTo(SimProcess.PARENT);
        rig.feed(2);
        assertThat(rig.read(1)).isEqualTo(1);
      }
      Thread virtual = Thread.ofVirtual().start(() -> assertThat(rig.read(2)).isEqualTo(1));
      virtual.join();
      long id = kernel.syscall(Nr.GETTID, 0, 0, 0);
      assertThat(kernel.syscall(Nr.GETTID, 0, 0, 0)).isEqualTo(id);
      assertThat(kernel.stats().foreign()).isEqualTo(2);
      assertThat(kernel.stats().pending()).isZero();
    }
  }

  @Test
  void aCallFromOutsideThatCannotEndIsADeadlock() {
    try (SimKernel kernel = boot()) {
      Rig rig = new Rig(kernel);
      assertThatThrownBy(() -> rig.read(1)).isInstanceOf(DeadlockException.class);
    }
  }

  @Test
  void aTaskWaitsForAnother() throws Exception {
    try (SimKernel kernel = boot()) {
      kernel.run(
          k -> {
            Task other = k.start(o -> new Rig(o).nap(1000));
            other.join();
            assertThat(kernel.virtualNanos()).isGreaterThan(1_000_000);
            Task failing =
                k.start(
                    o -> {
                      throw new IllegalStateException("its own");
                    });
            assertThatThrownBy(failing::join)
                .isInstanceOf(ExecutionException.class)
                .hasRootCauseMessage("its own");
          });
    }
  }

  @Test
  void tasksMayWaitForEachOtherByJavasOwnMeans() throws Exception {
    try (SimKernel kernel = boot()) {
      SynchronousQueue<String> queue = new SynchronousQueue<>();
      CountDownLatch taken = new CountDownLatch(1);
      Task taker =
          kernel.start(
              k -> {
                assertThat(List.of(queue.take(), queue.take()))
                    .containsExactlyInAnyOrder("from a task", "from outside");
                taken.countDown();
              });
      Thread outside = Thread.ofPlatform().start(() -> offer(queue, "from outside"));
      kernel.run(k -> queue.put("from a task"));
      taker.join();
      outside.join();
      assertThat(taken.getCount()).isZero();
    }
  }

  private static void offer(SynchronousQueue<String> queue, String text) {
    try {
      queue.put(text);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void aRingThatAHostThreadCompletesWakesATask() throws Exception {
    try (SimKernel kernel = boot()) {
      CompletionRing ring = CompletionRing.allocate(Arena.global(), 8, 77);
      CountDownLatch waits = new CountDownLatch(1);
      Thread outside =
          Thread.ofPlatform()
              .start(
                  () -> {
                    awaitUninterruptibly(waits);
                    ring.producer().complete(ring.producer().reserve(), 1, 2);
                  });
      kernel.run(
          k -> {
            Task other = k.start(o -> new Rig(o).nap(1_000_000_000_000L));
            waits.countDown();
            outside.join();
            assertThat(k.ringWait(ring, 0)).isZero();
            kernel.kill(other);
          });
    }
  }

  private static void awaitUninterruptibly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void aTaskMayCloseItsKernel() throws Exception {
    CompletionRing ring = CompletionRing.allocate(Arena.global(), 8, 1);
    SimKernel kernel = boot();
    kernel.run(
        k -> {
          Rig rig = new Rig(k, ring);
          assertThat(rig.read(5)).isEqualTo(PENDING);
          k.close();
          assertThat(k.syscall(Nr.GETPPID, 0, 0, 0)).isEqualTo(-Errno.ESHUTDOWN);
          assertThat(ring.head()).isEqualTo(1);
          assertThat(ring.statusAt(0)).isEqualTo(-Errno.ECANCELED);
        });
    kernel.close();
    kernel.close();
    assertThat(ring.head()).as("exactly one completion").isEqualTo(1);
  }

  @Test
  void theEndInterruptsWhoIsParkedElsewhere() throws Exception {
    CountDownLatch never = new CountDownLatch(1);
    AtomicBoolean interrupted = new AtomicBoolean();
    try (SimKernel kernel = boot()) {
      Task _ =
          kernel.start(
              k -> {
                try {
                  never.await();
                } catch (InterruptedException e) {
                  interrupted.set(true);
                }
              });
      kernel.run(k -> new Rig(k).nap(1));
    }
    assertThat(interrupted).isTrue();
  }

  @Test
  void theEndWaitsForTheCallsThatEndInTime() throws Exception {
    CompletionRing ring = CompletionRing.allocate(Arena.global(), 8, 1);
    try (SimKernel kernel = boot()) {
      kernel.run(
          k -> {
            Rig rig = new Rig(k, ring);
            long soon = rig.timespec(500_000);
            assertThat(rig.call(1, Nr.NANOSLEEP, soon, 0, 0)).isEqualTo(PENDING);
          });
    }
    assertThat(ring.head()).isEqualTo(1);
    assertThat(ring.statusAt(0)).isZero();
  }

  @Test
  void noThreadIsLeftBehind() throws Exception {
    for (int i = 0; i < 50; i++) {
      try (SimKernel kernel = boot()) {
        kernel.run(k -> assertThat(new Rig(k).read(1)).isEqualTo(PENDING));
      }
    }
    assertThat(Thread.getAllStackTraces().keySet())
        .noneMatch(thread -> thread.getName().startsWith("syslet-sim"));
  }

  @Test
  void aBugInTheMachineIsAnErrorOfWhoWaits() throws Exception {
    try (SimKernel kernel =
        SimKernel.boot(
            SimOptions.defaults(),
            (machine, process, calls) -> {
              new Ipc().install(machine, process, calls);
              calls.put(
                  Nr.GETPPID,
                  (p, a, b, c, d, e, f) -> {
                    throw new IllegalStateException("a bug in the machine");
                  });
            })) {
      assertThatThrownBy(() -> kernel.run(k -> k.syscall(Nr.GETPPID, 0, 0, 0)))
          .isInstanceOf(ExecutionException.class)
          .hasRootCauseMessage("a bug in the machine");
      assertThatThrownBy(() -> kernel.run(k -> new Rig(k).call(1, Nr.GETPPID, 0, 0, 0)))
          .hasStackTraceContaining("a bug in the machine");
    }
  }

  @Test
  void everyPointerOfEveryCallIsChecked() throws Exception {
    try (SimKernel kernel = boot()) {
      kernel.run(
          k -> {
            Rig rig = new Rig(k);
            long bad = 8;
            assertThat(k.syscall(Nr.WRITE, rig.out, bad, 1)).isEqualTo(-Errno.EFAULT);
            assertThat(k.syscall(Nr.WRITE, rig.out, rig.buffer + Rig.BUFFER - 1, 2))
                .as("beyond the end")
                .isEqualTo(-Errno.EFAULT);
            assertThat(k.syscall(Nr.WRITE, rig.out, 0, 1)).isEqualTo(-Errno.EFAULT);
            assertThat(k.syscall(Nr.WRITE, rig.out, bad, 0)).as("no bytes").isZero();
            assertThat(k.syscall(Nr.PIPE2, bad, 0, 0)).isEqualTo(-Errno.EFAULT);
            assertThat(k.syscall(Nr.NANOSLEEP, bad, 0, 0)).isEqualTo(-Errno.EFAULT);
            assertThat(k.syscall(Nr.NANOSLEEP, 0, 0, 0)).isEqualTo(-Errno.EFAULT);
            assertThat(k.syscall(Nr.NANOSLEEP, rig.timespec(1), bad, 0)).isEqualTo(-Errno.EFAULT);
            long random = CallTable.number("getrandom");
            assertThat(k.syscall(random, bad, 8, 0)).isEqualTo(-Errno.EFAULT);
            assertThat(k.syscall(random, rig.buffer, Long.MAX_VALUE, 0)).isEqualTo(-Errno.EFAULT);
            assertThat(rig.call(1, Nr.READ, rig.in, bad, 1)).isEqualTo(-Errno.EFAULT);
          });
    }
  }
}
