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
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Who has slept outside of a call and goes on, has lent its processor in the middle of a turn. The
 * sysmon, which parks while nobody holds one, sees what it sleeps in next all the same.
 */
class LentProcessorTest {
  private static final int BATCH = 21;
  private static final int LONG_READ = 64 << 20;

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

  @Test
  @Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD, unit = TimeUnit.SECONDS)
  void whoIsGivenItsProcessorBackAndSleepsAgainDoesNotHoldUpOthers() throws Exception {
    SchedulerOptions options = SchedulerOptions.defaults().name("lent").processors(1);
    try (NativePipe first = new NativePipe();
        NativePipe second = new NativePipe();
        Scheduler scheduler = Scheduler.open(options, false, 4, RecordMemory.ofThreads(options))) {
      Cpu cpu = scheduler.queues.cpus()[0];
      AtomicBoolean isAwake = new AtomicBoolean();
      AtomicBoolean sleepsAgain = new AtomicBoolean();
      List<Thread> sleeper =
          Threads.start(scheduler, 1, () -> sleepTwice(first, isAwake, sleepsAgain, second));
      Threads.until(() -> scheduler.stats().blocked() == 1, "it sleeps, and has lent");
      first.feed(1);
      Threads.until(isAwake::get, "it goes on");
      Threads.until(() -> isParked(options.name() + "-sysmon"), "nobody is watched");
      List<Thread> other = Threads.start(scheduler, 1, () -> second.feed(1));
      Threads.until(() -> !cpu.isFree(), "a spare has come and given the processor back");
      sleepsAgain.set(true);
      Threads.join(other);
      Threads.join(sleeper);
    }
  }

  private static void sleepTwice(
      NativePipe first, AtomicBoolean isAwake, AtomicBoolean sleepsAgain, NativePipe second) {
    first.await();
    isAwake.set(true);
    while (!sleepsAgain.get()) {
      Thread.onSpinWait();
    }
    second.await();
  }

  private static boolean isParked(String thread) {
    return Thread.getAllStackTraces().keySet().stream()
        .anyMatch(t -> t.getName().equals(thread) && t.getState() == Thread.State.WAITING);
  }
}
