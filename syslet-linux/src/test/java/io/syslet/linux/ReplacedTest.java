package io.syslet.linux;

import static org.assertj.core.api.Assertions.assertThat;

import io.syslet.Kernel;
import io.syslet.Syslet;
import io.syslet.Task;
import io.syslet.kernel.contract.Rig;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Activity that is taken from a carrier at any instruction, also just before it makes a call that
 * blocks: the call is handed over all the same.
 *
 * <pre>
 *   carrier:  looks whether it is active | publishes seq | the call sleeps until the user goes on
 *   test:                                ^ passes activity on, here or anywhere
 * </pre>
 */
class ReplacedTest {
  @Test
  @Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD, unit = TimeUnit.SECONDS)
  void aCallThatBeginsAsItsCarrierIsReplacedIsHandedOver() throws Exception {
    try (LinuxKernel kernel = LinuxKernel.boot(Linux.options().sentinel(false))) {
      Thread replacer = Thread.ofPlatform().daemon().start(() -> replace(kernel));
      Task[] tasks = new Task[8];
      AtomicLong ended = new AtomicLong();
      for (int i = 0; i < tasks.length; i++) {
        tasks[i] = kernel.start(k -> blockOften(k, ended));
      }
      for (Task task : tasks) {
        task.join();
      }
      replacer.interrupt();
      replacer.join();
      assertThat(ended.get()).isEqualTo(40L * tasks.length);
      assertThat(kernel.stats().inFlight()).isZero();
    }
  }

  private static void blockOften(Kernel kernel, AtomicLong ended) {
    Rig rig = new Rig(kernel);
    for (int i = 0; i < 40; i++) {
      assertThat(rig.read(i)).isEqualTo(-Syslet.ESYSLETPENDING);
      rig.feed(1);
      assertThat(rig.await()).isEqualTo(1);
      assertThat(rig.consume()).isEqualTo(i);
      ended.incrementAndGet();
    }
    rig.close();
  }

  private static void replace(LinuxKernel kernel) {
    Scheduler scheduler = kernel.scheduler();
    while (!Thread.currentThread().isInterrupted()) {
      for (Cpu cpu : scheduler.queues.cpus()) {
        long record = CpuRecord.active(cpu.record);
        if (!CpuRecord.isFree(record)) {
          replace(scheduler, cpu, record);
        }
      }
    }
  }

  private static void replace(Scheduler scheduler, Cpu cpu, long record) {
    if (CpuRecord.passActive(cpu.record, record, 0)) {
      cpu.replaced().add(new Replaced(record));
      boolean _ = scheduler.spares.kick(cpu);
    }
  }
}
