package io.syslet.kernel.cpu;

import static org.assertj.core.api.Assertions.assertThat;

import io.syslet.Errno;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

/** Many threads at one processor. */
class CpuStressTest {
  private static final int THREADS = 64;
  private static final int CALLS = Boolean.getBoolean("syslet.long") ? 100_000 : 2_000;

  private final RealHost host = new RealHost();
  private final AtomicInteger freed = new AtomicInteger();
  private final AtomicInteger afterFree = new AtomicInteger();
  private final AtomicInteger handled = new AtomicInteger();
  private final HostedCpu cpu =
      new HostedCpu(host, irq -> handled.incrementAndGet(), freed::incrementAndGet);
  private final List<CpuHost.HostThread> threads = new ArrayList<>();

  /** Guarded by the processor. */
  private long counter;

  private void startAll(Runnable body) {
    for (int i = 0; i < THREADS; i++) {
      threads.add(host.start("t" + i, body));
    }
  }

  @Test
  void threads64EnterAtOnceAndEachCallCounts() {
    startAll(
        () -> {
          for (int i = 0; i < CALLS; i++) {
            enter(i);
          }
        });
    threads.forEach(CpuHost.HostThread::join);
    assertThat(counter).isEqualTo((long) THREADS * CALLS);
    assertThat(cpu.stats().entries()).isEqualTo((long) THREADS * CALLS);
  }

  private void enter(int call) {
    assertThat(cpu.get()).isEqualTo(1);
    boolean nested = call % 4 == 0;
    if (nested) {
      assertThat(cpu.tryGet()).isEqualTo(1);
    }
    counter++;
    if (nested) {
      cpu.put();
    }
    cpu.put();
  }

  @Test
  void noInterruptIsLostOrHandledTwice() {
    AtomicInteger raised = new AtomicInteger();
    for (int i = 0; i < 8; i++) {
      int mine = i;
      threads.add(host.start("raiser " + i, () -> raiseEachOnce(mine, raised)));
      threads.add(host.start("caller " + i, () -> callUntil(raised)));
    }
    threads.forEach(CpuHost.HostThread::join);
    assertThat(cpu.tryGet()).isEqualTo(1);
    cpu.put();
    assertThat(handled).hasValue(raised.get());
  }

  /** Each raiser has an interrupt of its own, and waits until it has been handled. */
  private void raiseEachOnce(int irq, AtomicInteger raised) {
    for (int i = 0; i < CALLS / 10; i++) {
      while (cpu.get() != 1) {
        Thread.onSpinWait();
      }
      cpu.put();
      raised.incrementAndGet();
      cpu.tryRunIrq(irq);
      // Our own get and put come after whatever was left to another owner.
      cpu.get();
      cpu.put();
    }
  }

  private void callUntil(AtomicInteger raised) {
    while (raised.get() < 8 * (CALLS / 10)) {
      cpu.get();
      counter++;
      cpu.put();
    }
  }

  @RepeatedTest(50)
  void shutdownDrainsAllAndFreesOnceAfterTheLastHasLeft() {
    AtomicInteger refused = new AtomicInteger();
    startAll(
        () -> {
          while (cpu.get() == 1) {
            afterFree.addAndGet(freed.get());
            counter++;
            cpu.put();
          }
          refused.incrementAndGet();
        });
    host.start("shutdown", cpu::shutdown);
    cpu.awaitShutdown();
    assertThat(freed).hasValue(1);
    threads.forEach(CpuHost.HostThread::join);
    assertThat(refused).hasValue(THREADS);
    assertThat(afterFree).hasValue(0);
    assertThat(cpu.tryGet()).isEqualTo(-Errno.ESHUTDOWN);
    assertThat(freed).hasValue(1);
  }
}
