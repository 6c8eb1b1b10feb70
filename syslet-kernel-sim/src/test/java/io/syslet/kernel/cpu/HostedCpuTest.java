package io.syslet.kernel.cpu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.syslet.Errno;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** LKL's processor, call by call. */
class HostedCpuTest {
  private final RealHost host = new RealHost();
  private final List<String> seen = new ArrayList<>();
  private final HostedCpu cpu =
      new HostedCpu(host, irq -> seen.add("irq " + irq), () -> seen.add("freed"));

  private void inAnotherThread(Runnable body) {
    host.start("another", body).join();
  }

  @Test
  void tryGetIs1WhenFreeAndAgainForTheOwner() {
    assertThat(cpu.tryGet()).isEqualTo(1);
    assertThat(cpu.tryGet()).isEqualTo(1);
    cpu.put();
    inAnotherThread(() -> seen.add("busy: " + cpu.tryGet()));
    cpu.put();
    inAnotherThread(() -> seen.add("free: " + cpu.tryGet()));
    assertThat(seen).containsExactly("busy: 0", "free: 1");
  }

  @Test
  void tryGetIsNegativeAfterShutdown() {
    cpu.shutdown();
    assertThat(cpu.tryGet()).isEqualTo(-Errno.ESHUTDOWN);
    assertThat(cpu.get()).isEqualTo(-Errno.ESHUTDOWN);
    assertThat(cpu.tryRunIrq(1)).isEqualTo(-Errno.ESHUTDOWN);
    assertThat(seen).containsExactly("freed");
  }

  @Test
  void anUnbalancedPutIsReported() {
    assertThatIllegalStateException().isThrownBy(cpu::put).withMessageContaining("unbalanced put");
    cpu.get();
    inAnotherThread(
        () ->
            assertThatIllegalStateException()
                .isThrownBy(cpu::put)
                .withMessageContaining(Thread.currentThread().getName())
                .withMessageContaining("another"));
    cpu.put();
    assertThatIllegalStateException().isThrownBy(cpu::put).withMessageContaining("free");
  }

  @Test
  void putWakesOneSleeper() throws InterruptedException {
    cpu.get();
    CountDownLatch done = new CountDownLatch(3);
    List<CpuHost.HostThread> threads = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      threads.add(host.start("sleeper " + i, () -> enterAndLeave(done)));
    }
    assertThat(done.getCount()).isEqualTo(3);
    cpu.put();
    done.await();
    threads.forEach(CpuHost.HostThread::join);
    assertThat(cpu.stats().entries()).isEqualTo(4);
  }

  private void enterAndLeave(CountDownLatch done) {
    cpu.get();
    done.countDown();
    cpu.put();
  }

  @Test
  void anInterruptRunsAtOnceIfTheProcessorIsFree() {
    assertThat(cpu.tryRunIrq(5)).isEqualTo(1);
    assertThat(seen).containsExactly("irq 5");
    assertThat(cpu.tryGet()).isEqualTo(1);
  }

  @Test
  void anInterruptIsLeftToTheOwnersPut() {
    cpu.get();
    cpu.get();
    inAnotherThread(() -> assertThat(cpu.tryRunIrq(0)).isZero());
    inAnotherThread(() -> assertThat(cpu.tryRunIrq(63)).isZero());
    inAnotherThread(() -> assertThat(cpu.tryRunIrq(63)).isZero());
    cpu.put();
    assertThat(seen).isEmpty();
    cpu.put();
    assertThat(seen).containsExactly("irq 0", "irq 63");
    assertThat(cpu.stats().leftToOwner()).isEqualTo(2);
  }

  @Test
  void anInterruptWaitsUntilInterruptsAreOn() {
    cpu.get();
    cpu.irqsOff();
    assertThat(cpu.tryRunIrq(3)).isZero();
    assertThat(seen).isEmpty();
    cpu.irqsOn();
    assertThat(seen).containsExactly("irq 3");
    assertThat(cpu.tryRunIrq(4)).isEqualTo(1);
    assertThat(seen).containsExactly("irq 3", "irq 4");
    cpu.put();
  }

  @Test
  void aPutWithInterruptsOffLeavesThemToTheNextOneWithInterruptsOn() {
    cpu.get();
    cpu.irqsOff();
    assertThat(cpu.tryRunIrq(3)).isZero();
    cpu.put();
    cpu.get();
    assertThat(seen).isEmpty();
    cpu.irqsOn();
    cpu.put();
    assertThat(seen).containsExactly("irq 3");
  }

  @Test
  void thereAre64Interrupts() {
    assertThatIllegalArgumentException().isThrownBy(() -> cpu.tryRunIrq(64));
    assertThatIllegalArgumentException().isThrownBy(() -> cpu.tryRunIrq(-1));
  }

  @Test
  void changeOwnerHandsOverToAnotherThread() throws InterruptedException {
    CountDownLatch given = new CountDownLatch(1);
    Thread other =
        new Thread(
            () -> {
              awaitQuietly(given);
              cpu.put();
            });
    other.start();
    cpu.get();
    cpu.changeOwner(other);
    assertThat(cpu.tryGet()).isZero();
    given.countDown();
    other.join();
    assertThat(cpu.tryGet()).isEqualTo(1);
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void changeOwnerWantsANestingOf1() {
    cpu.get();
    cpu.get();
    assertThatIllegalStateException()
        .isThrownBy(() -> cpu.changeOwner(new Thread()))
        .withMessageContaining("2 times");
    cpu.put();
    cpu.put();
    assertThatIllegalStateException()
        .isThrownBy(() -> cpu.changeOwner(new Thread()))
        .withMessageContaining("free");
  }

  @Test
  void shutdownLetsTheOwnerFinishAndThenFrees() {
    cpu.get();
    cpu.shutdown();
    assertThat(cpu.get()).as("the owner is inside already").isEqualTo(1);
    cpu.put();
    assertThat(seen).isEmpty();
    cpu.put();
    assertThat(seen).containsExactly("freed");
    cpu.shutdown();
    cpu.awaitShutdown();
    assertThat(seen).containsExactly("freed");
  }

  @Test
  void shutdownFreesAlsoWhenAnInterruptWasNeverRun() {
    cpu.get();
    cpu.irqsOff();
    assertThat(cpu.tryRunIrq(3)).isZero();
    cpu.shutdown();
    cpu.put();
    cpu.awaitShutdown();
    assertThat(seen).containsExactly("freed");
  }

  @Test
  void theStatsSayWhatWasAvoided() {
    for (int i = 0; i < 10; i++) {
      cpu.get();
      cpu.get();
      cpu.put();
      cpu.put();
    }
    assertThat(cpu.stats()).isEqualTo(new CpuStats(10, 10, 0, 0, 0));
    assertThat(cpu.stats().switchesAvoided()).isEqualTo(20);
    assertThat(cpu.stats().switchesDone()).isZero();
  }
}
