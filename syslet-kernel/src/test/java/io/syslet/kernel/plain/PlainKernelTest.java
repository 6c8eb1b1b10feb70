package io.syslet.kernel.plain;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.syslet.Atoms;
import io.syslet.CallSlots;
import io.syslet.Errno;
import io.syslet.Kernel;
import io.syslet.KernelProvider;
import io.syslet.Nr;
import io.syslet.Prep;
import io.syslet.Sys;
import io.syslet.Syslet;
import io.syslet.Task;
import io.syslet.kernel.contract.Rig;
import io.syslet.ring.Memory;
import java.nio.file.Path;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the plain kernel is beyond the contract. */
class PlainKernelTest {
  private static final long PENDING = -Syslet.ESYSLETPENDING;
  private static final int POLLIN = 1;

  @TempDir private Path temp;

  private static PlainKernel boot(Duration grace) {
    Duration drain = Duration.ofMillis(100);
    return PlainKernel.boot(PlainOptions.defaults().grace(grace).drain(drain).reactor(false));
  }

  @Test
  void itIsTheOneThatIsAlwaysThere() {
    assertThat(KernelProvider.best().name()).isEqualTo("plain");
    try (Kernel kernel = Kernel.open()) {
      assertThat(kernel).isInstanceOf(PlainKernel.class);
      assertThat(kernel.name()).isEqualTo("plain");
      assertThat(kernel.stats().detector()).isEqualTo("pool");
    }
  }

  @Test
  void itsTimesMayBeLongerThanThereAreNanoseconds() throws Exception {
    Duration forever = ChronoUnit.FOREVER.getDuration();
    try (Kernel booted =
        PlainKernel.boot(PlainOptions.defaults().idleTimeout(forever).drain(forever))) {
      booted.run(
          kernel -> {
            Rig rig = new Rig(kernel);
            rig.feed(1);
            assertThat(rig.settled(rig.read(1))).isEqualTo(1);
          });
      assertThat(booted.close(forever)).isEmpty();
    }
  }

  @Test
  void aCallThatNeverSleepsNeedsNoWorker() throws Exception {
    try (Kernel booted = boot(Duration.ZERO)) {
      booted.run(
          kernel -> {
            Rig rig = new Rig(kernel);
            assertThat(rig.call(1, Nr.GETPPID, 0, 0, 0)).isPositive();
            assertThat(kernel.stats().workers()).isZero();
            rig.feed(1);
            assertThat(rig.settled(rig.read(2))).isEqualTo(1);
            assertThat(kernel.stats().workers()).isEqualTo(1);
          });
    }
  }

  /** A worker whose program goes on is in a call again, and perhaps for good. */
  @Test
  void nobodyWaitsForAWorkerWhoseProgramGoesOn() throws Exception {
    Path fifo = temp.resolve("fifo");
    try (Kernel booted = boot(Duration.ZERO)) {
      assertThat(booted.maxWorkers(1)).isEqualTo(256);
      booted.run(
          kernel -> {
            Rig rig = new Rig(kernel);
            long name = kernel.arena().allocateFrom(fifo.toString()).address();
            assertThat(kernel.syscall(Nr.MKNODAT, Sys.AT_FDCWD, name, 0010600)).isZero();
            Atoms atoms = Atoms.allocate(kernel.arena(), 2, 8, rig.ring);
            atoms.set(0, 1, Nr.NANOSLEEP, rig.timespec(20_000), 0, 0, 0, 0, 0);
            atoms.then(0, 0, 1, 0);
            Prep.openat(atoms.slots(), 1, 2, Sys.AT_FDCWD, name, Sys.O_RDONLY, 0);
            assertThat(kernel.exec(atoms, 0, 2, 0)).isEqualTo(PENDING);
            rig.nap(100_000);
            assertThat(rig.call(3, Nr.OPENAT, Sys.AT_FDCWD, name, Sys.O_WRONLY)).isPositive();
            assertThat(rig.await()).isPositive();
          });
    }
  }

  /** More of them in calls that sleep than there are carriers in the JVM. */
  @Test
  void aForeignVirtualThreadHoldsNoCarrier() throws Exception {
    try (PlainKernel kernel = boot(Duration.ZERO)) {
      Rig rig = new Rig(kernel);
      int many = 2 * Runtime.getRuntime().availableProcessors() + 1;
      CountDownLatch read = new CountDownLatch(many);
      AtomicLong sum = new AtomicLong();
      for (int i = 0; i < many; i++) {
        Thread.startVirtualThread(
            () -> {
              Rig own = new Rig(kernel);
              sum.addAndGet(own.call(1, Nr.READ, rig.in, own.buffer, 1));
              read.countDown();
            });
      }
      while (kernel.stats().workers() < many) {
        Thread.sleep(1);
      }
      rig.feed(many);
      read.await();
      assertThat(sum).hasValue(many);
      assertThat(kernel.stats().foreign()).isEqualTo(many);
      assertThat(kernel.stats().pending()).isZero();
    }
  }

  @Test
  void workersThatAreNotNeededLeave() throws Exception {
    PlainOptions options =
        PlainOptions.defaults().idleTimeout(Duration.ofMillis(20)).reactor(false);
    try (PlainKernel kernel = PlainKernel.boot(options)) {
      kernel.run(
          k -> {
            Rig rig = new Rig(k);
            assertThat(rig.read(1)).isEqualTo(PENDING);
            assertThat(rig.read(2)).isEqualTo(PENDING);
            rig.feed(2);
          });
      while (kernel.workers.all().length > 0) {
        Thread.sleep(1);
      }
      assertThat(kernel.stats().workers()).isEqualTo(2);
      kernel.run(k -> assertThat(new Rig(k).read(1)).isEqualTo(PENDING));
    }
  }

  /** Its memory is the call's until it returns: nothing is overwritten, nothing faults. */
  @Test
  void aCallThatCannotBeEndedOutlivesItsKernel() throws Exception {
    PlainKernel kernel = boot(Duration.ZERO);
    AtomicLong address = new AtomicLong();
    Rig[] rig = new Rig[1];
    kernel.run(
        k -> {
          rig[0] = new Rig(k);
          address.set(rig[0].buffer);
          assertThat(deafWait(rig[0])).isEqualTo(PENDING);
        });
    kernel.close();
    assertThat(kernel.arena().scope().isAlive()).isTrue();
    try (PlainKernel other = boot(Duration.ZERO)) {
      assertThat(other.syscall(Nr.WRITE, rig[0].out, address.get(), 1)).isEqualTo(1);
      while (kernel.arena().scope().isAlive()) {
        Thread.sleep(1);
      }
    }
  }

  /** Waits for the pipe, and lets no signal end that. */
  private static long deafWait(Rig rig) {
    Memory.putLong(rig.buffer, rig.in | (long) POLLIN << 32);
    Memory.putLong(rig.buffer + 8, -1);
    CallSlots slots = rig.slots(1);
    slots.set(0, 1, Nr.PPOLL, rig.buffer, 1, 0, rig.buffer + 8, 8, 0);
    assertThat(rig.kernel.indirect(slots, 0, 1, 0)).isEqualTo(1);
    return slots.status(0);
  }

  /** A kernel of another system: no flag, and no call that it has. */
  @ParameterizedTest
  @CsvSource({"Linux, true", "Plan 9, false"})
  void runsWithoutAFlag(String system, boolean calls) throws Exception {
    Process process =
        new ProcessBuilder(
                System.getProperty("java.home") + "/bin/java",
                "-Dos.name=" + system,
                "-cp",
                System.getProperty("java.class.path"),
                AnywhereMain.class.getName())
            .redirectErrorStream(true)
            .start();
    String said = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor()).as(said).isZero();
    assertThat(said).endsWith(calls ? "plain: true\n" : "plain: -" + Errno.ENOSYS + "\n");
  }

  /** Runs a task that makes a call. */
  static final class AnywhereMain {
    private AnywhereMain() {}

    public static void main(String[] arguments) throws Exception {
      try (Kernel kernel = Kernel.open()) {
        Task task = kernel.start(AnywhereMain::call);
        task.join();
      }
    }

    private static void call(Kernel kernel) {
      long parent = kernel.syscall(Nr.GETPPID, 0, 0, 0);
      long self = kernel.syscall(Nr.GETTID, 0, 0, 0);
      if (self <= 0) {
        throw new IllegalStateException("gettid: " + self);
      }
      System.out.println(kernel.name() + ": " + (parent < 0 ? parent : parent > 0));
    }
  }
}
