package io.syslet.linux;

import static org.assertj.core.api.Assertions.assertThat;

import io.syslet.CString;
import io.syslet.CallSlots;
import io.syslet.Kernel;
import io.syslet.Nr;
import io.syslet.Sys;
import io.syslet.Syslet;
import io.syslet.Task;
import io.syslet.kernel.contract.Rig;
import java.util.concurrent.CountDownLatch;
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
  private static final int BATCH = 21;
  private static final int LONG_READ = 64 << 20;

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

  /** The sysmon parks while nobody holds a processor, and would not see the call. */
  @Test
  @Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD, unit = TimeUnit.SECONDS)
  void aCallAtTheEndOfABatchIsHandedOverThoughTheProcessorWasLent() throws Exception {
    try (LinuxKernel kernel = LinuxKernel.boot(Linux.options().sentinel(false))) {
      CountDownLatch begins = new CountDownLatch(1);
      Task task = kernel.start(k -> blockAtTheEnd(k, begins));
      begins.await();
      while (!lendOne(kernel.scheduler())) {
        Thread.onSpinWait();
      }
      task.join();
    }
  }

  private static boolean lendOne(Scheduler scheduler) {
    for (Cpu cpu : scheduler.queues.cpus()) {
      long record = CpuRecord.active(cpu.record);
      if (!CpuRecord.isFree(record) && cpu.retake(record)) {
        return true;
      }
    }
    return false;
  }

  /** A batch of calls that take long but do not sleep, and one that does. */
  private static void blockAtTheEnd(Kernel kernel, CountDownLatch begins) {
    Rig rig = new Rig(kernel, 32);
    CallSlots slots = CallSlots.allocate(kernel.arena(), BATCH, rig.ring);
    long path = CString.allocate(kernel.arena(), "/dev/zero");
    long zeroes = Sys.openat(kernel, Sys.AT_FDCWD, path, Sys.O_RDONLY | Sys.O_CLOEXEC, 0);
    long buffer = kernel.arena().allocate(LONG_READ).address();
    for (int i = 0; i < BATCH - 1; i++) {
      slots.set(i, i, Nr.READ, zeroes, buffer, LONG_READ, 0, 0, 0);
    }
    slots.set(BATCH - 1, BATCH - 1, Nr.READ, rig.in, rig.buffer, 1, 0, 0, 0);
    begins.countDown();
    assertThat(kernel.indirect(slots, 0, BATCH, 0)).isEqualTo(BATCH);
    assertThat(slots.status(0)).isEqualTo(LONG_READ);
    assertThat(slots.status(BATCH - 1)).isEqualTo(-Syslet.ESYSLETPENDING);
    rig.feed(1);
    assertThat(rig.await()).isEqualTo(1);
    Sys.close(kernel, (int) zeroes);
    rig.close();
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
