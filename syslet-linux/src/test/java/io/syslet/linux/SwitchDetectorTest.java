package io.syslet.linux;

import static org.assertj.core.api.Assertions.assertThat;

import io.syslet.Kernel;
import io.syslet.Nr;
import io.syslet.Syslet;
import io.syslet.Task;
import io.syslet.kernel.contract.Rig;
import io.syslet.ring.Memory;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Beside a program that loops on each CPU, the kernel's records tell of who sleeps. */
@Timeout(120)
class SwitchDetectorTest {
  private static final long PENDING = -Syslet.ESYSLETPENDING;
  private static final int CALLS = 100;
  private static final long SHORT_NANOS = 900_000;

  private static LinuxKernel boot() {
    SwitchRecords records = SwitchRecordsTest.open(Native.syscall(Nr.GETTID, 0, 0, 0, 0, 0, 0));
    records.close();
    return LinuxKernel.boot(LinuxOptions.defaults().reactor(false));
  }

  /** Reads an empty pipe until the kernel's records are what tells that a read blocks. */
  private static Rig readUntilRecorded(LinuxKernel kernel, Kernel k) {
    Rig rig = new Rig(k);
    long end = System.nanoTime() + Duration.ofSeconds(90).toNanos();
    while (!kernel.stats().detector().equals("switch records")) {
      assertThat(System.nanoTime()).as("still looking: %s", kernel.stats()).isLessThan(end);
      readOne(rig);
    }
    return rig;
  }

  private static void readMany(LinuxKernel kernel, Kernel k) {
    Rig rig = readUntilRecorded(kernel, k);
    for (int i = 0; i < CALLS; i++) {
      readOne(rig);
    }
  }

  private static void readOne(Rig rig) {
    assertThat(rig.read(7)).isEqualTo(PENDING);
    rig.feed(1);
    assertThat(rig.await()).isEqualTo(1);
    assertThat(rig.consume()).isEqualTo(7);
  }

  @Test
  void eachBlockedCallCompletesOnce() throws Exception {
    try (BusyMachine _ = BusyMachine.start();
        LinuxKernel kernel = boot()) {
      Task first = kernel.start(k -> readMany(kernel, k));
      Task second = kernel.start(k -> readMany(kernel, k));
      first.join();
      second.join();
      assertThat(kernel.stats().inFlight()).isZero();
    }
  }

  /** The sysmon looks every millisecond, and believes what it has seen twice. */
  @Test
  void aSleepTooShortForTheLooksIsHandedOver() throws Exception {
    try (BusyMachine _ = BusyMachine.start();
        LinuxKernel kernel = boot()) {
      kernel.run(
          k -> {
            Rig rig = readUntilRecorded(kernel, k);
            long time = k.arena().allocate(16, 8).address();
            Memory.putLong(time + 8, SHORT_NANOS);
            int pending = 0;
            for (int i = 0; i < CALLS; i++) {
              if (rig.call(i, Nr.NANOSLEEP, time, 0, 0) == PENDING) {
                pending++;
                assertThat(rig.await()).isZero();
                assertThat(rig.consume()).isEqualTo(i);
              }
            }
            assertThat(pending).isPositive();
          });
    }
  }

  @Test
  void itGivesBackWhatItHasOpened() throws Exception {
    try (BusyMachine _ = BusyMachine.start()) {
      try (LinuxKernel kernel = boot()) {
        kernel.run(k -> readUntilRecorded(kernel, k));
        assertThat(perfDescriptors()).isPositive();
      }
      assertThat(perfDescriptors()).isZero();
    }
  }

  /** Of those that one look reports, the first may add the successor of the second. */
  @Test
  void whoHasLeftIsClosedOnceThoughItsSuccessorWasAdded() throws Exception {
    SwitchRecordsTest.open(Native.syscall(Nr.GETTID, 0, 0, 0, 0, 0, 0)).close();
    SchedulerOptions one = SchedulerOptions.defaults().processors(1).maxBlocked(0);
    try (Scheduler scheduler = Scheduler.open(one);
        Arena arena = Arena.ofConfined()) {
      SwitchWatch watch = new SwitchWatch(arena);
      Carrier gone = Threads.takeSpare(scheduler);
      watch.add(gone);
      gone.go(null, 0);
      gone.join();
      Carrier successor = scheduler.carriers.make();
      successor.start();
      assertThat(Threads.takeSpare(scheduler).record).as("the same record").isEqualTo(gone.record);
      watch.await(
          Duration.ofSeconds(60).toNanos(),
          stale -> {
            watch.add(successor);
            watch.close(stale);
          });
      assertThat(perfDescriptors()).as("the successor's").isEqualTo(1);
      watch.close();
      assertThat(perfDescriptors()).isZero();
      successor.go(null, 0);
    }
  }

  private static long perfDescriptors() throws Exception {
    try (Stream<Path> all = Files.list(Path.of("/proc/self/fd"))) {
      return all.filter(SwitchDetectorTest::isPerf).count();
    }
  }

  /** Whether a descriptor in /proc is one of perf_event_open(2). */
  static boolean isPerf(Path descriptor) {
    try {
      return Files.readSymbolicLink(descriptor).toString().contains("perf_event");
    } catch (IOException e) {
      return false;
    }
  }
}
