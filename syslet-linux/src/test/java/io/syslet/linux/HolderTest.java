package io.syslet.linux;

import static org.assertj.core.api.Assertions.assertThat;

import io.syslet.Kernel;
import io.syslet.Nr;
import io.syslet.Syslet;
import io.syslet.Task;
import io.syslet.kernel.CallRecord;
import io.syslet.kernel.contract.Rig;
import io.syslet.ring.Memory;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Who may make calls, and who may stand by: only a carrier that holds a processor, or has ended.
 */
class HolderTest {
  private static final long PENDING = -Syslet.ESYSLETPENDING;

  @Test
  void aCarrierThatLostItsProcessorMakesNoCall() throws Exception {
    Linux.run(
        kernel -> {
          Rig rig = new Rig(kernel);
          Carrier before = Objects.requireNonNull(Carrier.current());
          Cpu lost = processorOf(before);
          assertThat(CpuRecord.passActive(lost.record, before.record, 0)).isTrue();
          rig.feed(1);
          assertThat(rig.read(1)).isEqualTo(1);
          Carrier after = Objects.requireNonNull(Carrier.current());
          assertThat(processorOf(after)).as("the processor of who made the call").isNotNull();
        });
  }

  /** The processor that a carrier of the current task holds. */
  private static Cpu processorOf(Carrier carrier) {
    return Objects.requireNonNull(carrier.held(carrier.scheduler()), "holds none");
  }

  /**
   * A claimed call ends before who takes over has woken up: its worker must not stand by, since the
   * other one still has to take the task and the slot from it.
   */
  @Test
  @Timeout(value = 60, unit = TimeUnit.SECONDS)
  void aWorkerStandsByOnlyWhenItsTaskWasTakenOver() throws Exception {
    try (LinuxKernel kernel = LinuxKernel.boot(Linux.options().maxWorkers(2))) {
      AtomicReference<@Nullable Rig> made = new AtomicReference<>();
      AtomicReference<@Nullable Carrier> maker = new AtomicReference<>();
      AtomicBoolean ready = new AtomicBoolean();
      Task task = kernel.start(k -> readWhenReady(k, made, maker, ready));
      Threads.until(() -> made.get() != null, "the task runs");
      Carrier blocked = Objects.requireNonNull(maker.get());
      Carrier spare = Threads.takeSpare(kernel.scheduler());
      ready.set(true);
      Threads.until(() -> claims(blocked), "its call is claimed, in the place of a detector");
      Objects.requireNonNull(made.get()).feed(1);
      Threads.until(() -> (seq(blocked) & 1) == 0, "the call has ended");
      Thread.sleep(50);
      assertThat(blocked.mounted()).as("still there to be taken").isNotNull();
      spare.go(kernel.scheduler().queues.cpus()[0], blocked.record);
      task.join();
    }
  }

  private static void readWhenReady(
      Kernel kernel,
      AtomicReference<@Nullable Rig> made,
      AtomicReference<@Nullable Carrier> maker,
      AtomicBoolean ready) {
    Rig rig = new Rig(kernel);
    maker.set(Carrier.current());
    made.set(rig);
    while (!ready.get()) {
      Thread.onSpinWait();
    }
    assertThat(rig.read(5)).isEqualTo(PENDING);
    assertThat(rig.await()).isEqualTo(1);
    assertThat(rig.consume()).isEqualTo(5);
  }

  private static boolean claims(Carrier carrier) {
    long seq = seq(carrier);
    return (seq & 1) != 0
        && Memory.compareAndSetLong(carrier.record + CallRecord.SEQ, seq, seq | CallRecord.CLAIMED);
  }

  private static long seq(Carrier carrier) {
    return Memory.getLongAcquire(carrier.record + CallRecord.SEQ);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aCallThatComputesIsNotHandedOver(boolean sentinel) throws Exception {
    LinuxOptions options = Linux.options().sentinel(sentinel);
    AtomicBoolean stop = new AtomicBoolean();
    Thread rival = Thread.ofPlatform().daemon().start(() -> computeNowAndThen(stop));
    try (LinuxKernel kernel = LinuxKernel.boot(options)) {
      kernel.run(
          k -> {
            Rig rig = new Rig(k);
            long length = 32 << 20;
            long buffer = k.arena().allocate(length, 64).address();
            Memory.clear(buffer, length);
            for (int i = 0; i < 5; i++) {
              assertThat(rig.call(i, Nr.GETRANDOM, buffer, length, 0)).isPositive();
            }
          });
      assertThat(kernel.stats().falseHandOvers()).isZero();
    } finally {
      stop.set(true);
      rival.join();
    }
  }

  /** Takes processors from others, and leaves them again. */
  private static void computeNowAndThen(AtomicBoolean stop) {
    while (!stop.get()) {
      for (long end = System.nanoTime() + 300_000; System.nanoTime() < end; ) {
        Thread.onSpinWait();
      }
      LockSupport.parkNanos(200_000);
    }
  }

  @Test
  @Timeout(value = 60, unit = TimeUnit.SECONDS)
  void aCallAfterALongRestIsSeenToo() throws Exception {
    LinuxOptions options = Linux.options().sentinel(false);
    try (LinuxKernel kernel = LinuxKernel.boot(options)) {
      for (int i = 0; i < 3; i++) {
        kernel.run(
            k -> {
              Rig rig = new Rig(k);
              assertThat(rig.read(1)).isEqualTo(PENDING);
              rig.feed(1);
              assertThat(rig.await()).isEqualTo(1);
            });
        Thread.sleep(300);
      }
    }
  }

  @Test
  void aTaskGivesItsCreditBackWhenItEnds() throws Exception {
    try (LinuxKernel kernel = LinuxKernel.boot(Linux.options())) {
      Rig shared = new Rig(kernel, 8);
      for (int i = 0; i < 20; i++) {
        kernel.run(
            k -> assertThat(new Rig(k, shared.ring).call(1, Nr.LSEEK, -1, 0, 0)).isNegative());
      }
      for (int i = 0; i < 8; i++) {
        assertThat(shared.ring.producer().reserve()).as("slot %d", i).isNotNegative();
      }
    }
  }
}
