package io.syslet.linux;

import static org.assertj.core.api.Assertions.assertThat;

import io.syslet.Errno;
import io.syslet.Kernel;
import io.syslet.KernelStats;
import io.syslet.Nr;
import io.syslet.Syslet;
import java.util.concurrent.locks.ReentrantLock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A call that blocks is handed over, and one that does not is not; the program stays who it is. */
class HandOverTest {
  private static final long PENDING = -Syslet.ESYSLETPENDING;

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aReadFromAnEmptyPipeIsPendingAndFromAFullOneIsNot(boolean sentinel) throws Exception {
    LinuxOptions options = LinuxOptions.defaults().sentinel(sentinel);
    try (LinuxKernel linux = LinuxKernel.boot(options)) {
      linux.run(
          kernel -> {
            Rig rig = new Rig(kernel);
            assertThat(rig.read(77)).isEqualTo(PENDING);
            assertThat(rig.ring.isEmpty()).isTrue();
            rig.feed(1);
            assertThat(rig.await()).isEqualTo(1);
            assertThat(rig.consume()).isEqualTo(77);
            rig.feed(1);
            assertThat(rig.read(78)).isEqualTo(1);
            assertThat(rig.ring.isEmpty()).isTrue();
            rig.close();
          });
      KernelStats stats = linux.stats();
      assertThat(stats.pending()).isEqualTo(1);
      assertThat(stats.completedInline()).isEqualTo(1);
      assertThat(stats.calls()).isEqualTo(2);
      assertThat(stats.inFlight()).isZero();
      assertThat(stats.detector()).isEqualTo(sentinel ? "sentinel" : "sysmon");
    }
  }

  @Test
  void identityThreadLocalsAndMonitorsSurviveTheMove() throws Exception {
    ThreadLocal<String> local = new ThreadLocal<>();
    ReentrantLock lock = new ReentrantLock();
    Object monitor = new Object();
    Rig.run(
        kernel -> {
          Rig rig = new Rig(kernel);
          Thread before = Thread.currentThread();
          long id = kernel.syscall(Nr.GETTID, 0, 0, 0);
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
          assertThat(kernel.syscall(Nr.GETTID, 0, 0, 0)).isEqualTo(id);
          assertThat(rig.call(2, Nr.GETTID, 0, 0, 0)).isEqualTo(id);
          rig.feed(1);
          assertThat(rig.await()).isEqualTo(1);
          rig.close();
        });
  }

  @Test
  void manyCallsOfOneTaskAreInFlightAtOnce() throws Exception {
    Rig.run(
        LinuxOptions.defaults().maxWorkers(400),
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
    Rig.run(HandOverTest::naps);
  }

  private static void naps(Kernel kernel) {
    Rig rig = new Rig(kernel);
    long timespec = rig.buffer;
    io.syslet.ring.Memory.putLong(timespec, 0);
    for (int micros = 1; micros < 200; micros += 3) {
      io.syslet.ring.Memory.putLong(timespec + 8, micros * 1000L);
      long result = rig.call(micros, Nr.NANOSLEEP, timespec, 0, 0);
      if (result == PENDING) {
        assertThat(rig.await()).isZero();
        assertThat(rig.consume()).isEqualTo(micros);
      } else {
        assertThat(result).isZero();
      }
    }
    assertThat(rig.ring.isEmpty()).isTrue();
    rig.close();
  }

  @Test
  void aFullRingIsRefusedAtSubmitAndNothingIsLost() throws Exception {
    Rig.run(
        kernel -> {
          Rig rig = new Rig(kernel, 4);
          for (int i = 0; i < 4; i++) {
            assertThat(rig.read(i)).isEqualTo(PENDING);
          }
          assertThat(rig.read(4)).isEqualTo(-Errno.EAGAIN);
          rig.feed(4);
          for (int i = 0; i < 4; i++) {
            assertThat(kernel.ringWait(rig.ring, rig.ring.tail(), i + 1, Long.MAX_VALUE)).isZero();
          }
          assertThat(rig.read(5)).as("completed, not consumed").isEqualTo(-Errno.EAGAIN);
          boolean[] seen = new boolean[4];
          for (int i = 0; i < 4; i++) {
            seen[(int) rig.consume()] = true;
          }
          assertThat(seen).containsOnly(true);
          rig.feed(1);
          assertThat(rig.read(6)).isEqualTo(1);
          rig.close();
        });
  }
}
