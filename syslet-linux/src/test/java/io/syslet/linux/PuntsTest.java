package io.syslet.linux;

import static org.assertj.core.api.Assertions.assertThat;

import io.syslet.CString;
import io.syslet.CallSlots;
import io.syslet.Calls;
import io.syslet.Errno;
import io.syslet.Kernel;
import io.syslet.Nr;
import io.syslet.Program;
import io.syslet.Sys;
import io.syslet.Syslet;
import io.syslet.Task;
import io.syslet.kernel.LookTable;
import io.syslet.kernel.contract.Rig;
import io.syslet.ring.CompletionRing;
import java.lang.foreign.Arena;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Calls that helpers make from their beginning. What blocks here is flock(2). */
class PuntsTest {
  private static final long PENDING = -Syslet.ESYSLETPENDING;
  private static final long LONG = Duration.ofHours(1).toNanos();
  private static final int LOCK_EX = 2;
  private static final int LOCK_UN = 8;
  private static final int PUNTED = 64;

  @TempDir Path work;

  private static LinuxKernel punting() {
    LinuxKernel kernel =
        LinuxKernel.boot(LinuxOptions.defaults().punts(true).idleTimeout(Duration.ofMillis(50)));
    kernel.punts.puntFor(LONG);
    return kernel;
  }

  private int open(Kernel kernel) throws Exception {
    Path file = work.resolve("lock");
    if (!Files.exists(file)) {
      Files.createFile(file);
    }
    long path = CString.allocate(kernel.arena(), CString.bytes(file));
    return (int) Sys.openat(kernel, Sys.AT_FDCWD, path, 0, 0);
  }

  @Test
  void everyCallOfTwoTasksCompletesOnce() throws Exception {
    AtomicLong ends = new AtomicLong();
    Program program =
        k -> {
          try (Calls calls = Calls.of(k)) {
            for (int i = 0; i < 20_000; i++) {
              calls.lstat(work).then(status -> ends.addAndGet(status == 0 ? 1 : 1 << 30));
            }
            assertThat(calls.awaitAll()).isZero();
          }
        };
    try (LinuxKernel kernel = punting()) {
      Task first = kernel.start(program);
      Task second = kernel.start(program);
      first.join();
      second.join();
      assertThat(ends.get()).isEqualTo(40_000);
      assertThat(kernel.stats().pending()).isPositive();
      assertThat(kernel.stats().inFlight()).isZero();
      assertThat(kernel.stats().detector()).contains("punting");
    }
  }

  @Test
  void whoFindsAllInProgressMakesItsCallsItself() throws Exception {
    try (LinuxKernel kernel = punting()) {
      kernel.run(
          k -> {
            Rig rig = new Rig(k, 128);
            int holder = open(k);
            assertThat(k.syscall(Nr.FLOCK, holder, LOCK_EX, 0)).isZero();
            for (int i = 0; i < PUNTED; i++) {
              assertThat(batch(rig, i, Nr.FLOCK, open(k), LOCK_EX)).isEqualTo(PENDING);
            }
            assertThat(batch(rig, 99, Nr.FCNTL, holder, 1)).isNotNegative();
            assertThat(batch(rig, 99, Nr.LSEEK, holder, 0)).isZero();
            assertThat(k.cancelAll()).isZero();
            assertThat(k.ringWait(rig.ring, rig.ring.tail(), PUNTED, Long.MAX_VALUE)).isZero();
            for (int i = 0; i < PUNTED; i++) {
              assertThat(rig.ring.statusAt(rig.ring.tail() + i)).isEqualTo(-Errno.ECANCELED);
            }
          });
    }
  }

  @Test
  void aCallThatBlocksGoesOnAsAnyOther() throws Exception {
    try (LinuxKernel kernel = punting()) {
      kernel.run(
          k -> {
            Rig rig = new Rig(k);
            int holder = open(k);
            int waiter = open(k);
            assertThat(k.syscall(Nr.FLOCK, holder, LOCK_EX, 0)).isZero();
            assertThat(batch(rig, 7, Nr.FLOCK, waiter, LOCK_EX)).isEqualTo(PENDING);
            assertThat(k.syscall(Nr.FLOCK, holder, LOCK_UN, 0)).isZero();
            assertThat(rig.await()).isZero();
            assertThat(rig.consume()).isEqualTo(7);
          });
    }
  }

  @Test
  void aCallThatIsMadeAloneIsPendingOnlyIfItBlocks() throws Exception {
    try (LinuxKernel kernel = punting()) {
      kernel.run(
          k -> {
            Rig rig = new Rig(k);
            int file = open(k);
            for (int i = 0; i < 1000; i++) {
              assertThat(rig.call(i, Nr.LSEEK, file, 0, 0)).isZero();
            }
          });
    }
  }

  @Test
  void whatOneClosesIsNotTakenForAFileAnyMore() throws Exception {
    try (LinuxKernel kernel = punting()) {
      kernel.run(
          k -> {
            Rig rig = new Rig(k);
            int file = open(k);
            LookTable.waiting().note(file, true);
            CallSlots read = rig.slots(1);
            read.set(0, 0, Nr.READ, file, 0, 0, 0, 0, 0);
            assertThat(LookTable.waiting().mayWait(read.slot(0))).isFalse();
            assertThat(batch(rig, 1, Nr.CLOSE, file, 0)).isEqualTo(PENDING);
            assertThat(rig.await()).isZero();
            assertThat(LookTable.waiting().mayWait(read.slot(0))).isTrue();
          });
    }
  }

  @Test
  void theEndOfTheKernelEndsThem() throws Exception {
    CompletionRing ring = CompletionRing.allocate(Arena.global(), 8, 1);
    LinuxKernel kernel = LinuxKernel.boot(LinuxOptions.defaults().drain(Duration.ofMillis(30)));
    kernel.punts.puntFor(LONG);
    kernel.run(
        k -> {
          Rig rig = new Rig(k, ring);
          int holder = open(k);
          assertThat(k.syscall(Nr.FLOCK, holder, LOCK_EX, 0)).isZero();
          assertThat(batch(rig, 3, Nr.FLOCK, open(k), LOCK_EX)).isEqualTo(PENDING);
        });
    kernel.close();
    assertThat(ring.head() - ring.tail()).isEqualTo(1);
    assertThat(ring.statusAt(ring.tail())).isEqualTo(-Errno.ECANCELED);
    assertThat(helpers()).isZero();
  }

  @Test
  void itBeginsWhereCallsAreSeenLateAndEndsByItself() throws Exception {
    AtomicLong late = new AtomicLong();
    try (LinuxKernel kernel = LinuxKernel.boot(LinuxOptions.defaults().punts(true))) {
      Punts punts = new Punts(kernel, late::get, () -> true);
      assertThat(punts.areOn()).isFalse();
      late.set(4);
      lookFor(punts, Duration.ofSeconds(20), true);
      assertThat(punts.areOn()).isTrue();
      lookFor(punts, Duration.ofSeconds(20), false);
      assertThat(punts.areOn()).isFalse();
    }
  }

  /** The VM's threads sleep in programs that make no call at all. */
  @Test
  void itDoesNotBeginWhereOnlySleepsAreMissed() throws Exception {
    AtomicLong late = new AtomicLong();
    try (LinuxKernel kernel = LinuxKernel.boot(LinuxOptions.defaults().punts(true))) {
      Punts punts = new Punts(kernel, late::get, () -> true);
      kernel.counters.missed.add(1000);
      late.set(3);
      lookFor(punts, Duration.ofMillis(200), true);
      assertThat(punts.areOn()).isFalse();
    }
  }

  /** Who is late because the program itself keeps the processors busy gains nothing. */
  @Test
  void itDoesNotBeginWhereNobodyElseUsesTheMachine() throws Exception {
    try (LinuxKernel kernel = LinuxKernel.boot(LinuxOptions.defaults().punts(true))) {
      Punts punts = new Punts(kernel, () -> 1000, () -> false);
      lookFor(punts, Duration.ofMillis(200), true);
      assertThat(punts.areOn()).isFalse();
    }
  }

  private static void lookFor(Punts punts, Duration time, boolean on) throws InterruptedException {
    long end = System.nanoTime() + time.toNanos();
    while (punts.areOn() != on && System.nanoTime() < end) {
      Thread.sleep(1);
      punts.look();
    }
  }

  @Test
  void itNeverBeginsWhereItIsNotWanted() throws Exception {
    try (LinuxKernel kernel = LinuxKernel.boot()) {
      Punts punts = new Punts(kernel, () -> 1000, () -> true);
      lookFor(punts, Duration.ofMillis(20), true);
      assertThat(punts.areOn()).isFalse();
    }
  }

  @Test
  void helpersLeaveWhenTheyAreIdle() throws Exception {
    try (LinuxKernel kernel = punting()) {
      kernel.run(
          k -> {
            Rig rig = new Rig(k);
            assertThat(batch(rig, 1, Nr.LSEEK, open(k), 0)).isIn(0L, PENDING);
          });
      for (int i = 0; i < 1000 && helpers() > 0; i++) {
        Thread.sleep(10);
      }
      assertThat(helpers()).isZero();
    }
  }

  /** Makes a call in a batch, with another behind it: its status, if the batch came so far. */
  private static long batch(Rig rig, long callerData, long nr, long a0, long a1) {
    CallSlots slots = rig.slots(2);
    slots.set(0, callerData, nr, a0, a1, 0, 0, 0, 0);
    slots.set(1, callerData, Nr.GETPPID, 0, 0, 0, 0, 0, 0);
    assertThat(rig.kernel.indirect(slots, 0, 2, 0)).isEqualTo(slots.status(0) == PENDING ? 1 : 2);
    return slots.status(0);
  }

  private static long helpers() {
    return Thread.getAllStackTraces().keySet().stream().filter(t -> t instanceof Helper).count();
  }
}
