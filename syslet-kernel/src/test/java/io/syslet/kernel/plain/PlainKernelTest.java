package io.syslet.kernel.plain;

import static java.nio.channels.FileChannel.MapMode.READ_ONLY;
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
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the plain kernel is beyond the contract. */
class PlainKernelTest {
  @TempDir private Path temp;

  private static final long PENDING = -Syslet.ESYSLETPENDING;
  private static final int POLLIN = 1;

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

  /** As the host does, also where no worker waits. */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aPollTellsWhatIsLeftOfItsTime(boolean reactor) throws Exception {
    try (Kernel booted = PlainKernel.boot(PlainOptions.defaults().reactor(reactor))) {
      booted.run(
          kernel -> {
            Rig rig = new Rig(kernel);
            long time = kernel.arena().allocate(24, 8).address();
            Memory.putLong(time, 3600);
            Memory.putInt(time + 16, rig.in);
            Memory.putInt(time + 20, POLLIN);
            assertThat(rig.call(1, Nr.PPOLL, time + 16, 1, time)).isEqualTo(PENDING);
            rig.feed(1);
            assertThat(rig.settled(PENDING)).isEqualTo(1);
            assertThat(Memory.getLong(time)).isBetween(3000L, 3599L);
            assertThat(Memory.getLong(time + 8)).isBetween(0L, 999_999_999L);
          });
    }
  }

  /** Which the host minds as little. */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aTimeThatCannotBeWrittenIsTime(boolean reactor) throws Exception {
    Path file = temp.resolve("time");
    byte[] second = {1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0};
    Files.write(file, second);
    try (FileChannel channel = FileChannel.open(file);
        Kernel booted = PlainKernel.boot(PlainOptions.defaults().reactor(reactor))) {
      MemorySegment time = channel.map(READ_ONLY, 0, second.length, Arena.global());
      booted.run(
          kernel -> {
            Rig rig = new Rig(kernel);
            long poll = kernel.arena().allocate(8, 8).address();
            Memory.putInt(poll, rig.in);
            Memory.putInt(poll + 4, POLLIN);
            assertThat(rig.call(1, Nr.PPOLL, poll, 1, time.address())).isEqualTo(PENDING);
            rig.feed(1);
            assertThat(rig.settled(PENDING)).isEqualTo(1);
          });
    }
  }

  private static final int MESSAGE = 56;
  private static final int CONTROL_LENGTH = 40;
  private static final int MSG_DONTWAIT = 0x40;

  /** A struct msghdr of one part, with room for one descriptor. */
  private static long message(Kernel kernel, long length) {
    long at = kernel.arena().allocate(MESSAGE + 40 + length, 8).address();
    Memory.putLong(at + 16, at + MESSAGE);
    Memory.putLong(at + 24, 1);
    Memory.putLong(at + 32, at + MESSAGE + 16);
    Memory.putLong(at + CONTROL_LENGTH, 24);
    Memory.putLong(at + MESSAGE, at + MESSAGE + 40);
    Memory.putLong(at + MESSAGE + 8, length);
    return at;
  }

  /** A message that goes in several parts, as its receiver makes room. */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void whatIsPassedWithAMessageIsPassedOnce(boolean reactor) throws Exception {
    long length = 4 << 20;
    try (Kernel booted = PlainKernel.boot(PlainOptions.defaults().reactor(reactor))) {
      booted.run(
          kernel -> {
            Rig rig = new Rig(kernel);
            long pair = kernel.arena().allocate(8, 8).address();
            assertThat(kernel.syscall(Nr.SOCKETPAIR, 1, 1, 0, pair, 0, 0)).isZero();
            long message = message(kernel, length);
            Memory.putLong(message + MESSAGE + 16, 20);
            Memory.putLong(message + MESSAGE + 24, 1L << 32 | 1); // SOL_SOCKET, SCM_RIGHTS
            Memory.putInt(message + MESSAGE + 32, rig.in);
            int out = Memory.getInt(pair);
            assertThat(rig.call(1, Nr.SENDMSG, out, message, 0)).isEqualTo(PENDING);
            long got = message(kernel, 65536);
            int passed = 0;
            for (boolean more = true; more; ) {
              boolean isSent = !rig.ring.isEmpty();
              Memory.putLong(got + CONTROL_LENGTH, 24);
              long read = kernel.syscall(Nr.RECVMSG, Memory.getInt(pair + 4), got, MSG_DONTWAIT);
              if (read > 0 && Memory.getLong(got + CONTROL_LENGTH) > 0) {
                passed++;
                kernel.syscall(Nr.CLOSE, Memory.getInt(got + MESSAGE + 32), 0, 0);
              }
              more = read > 0 || !isSent;
            }
            assertThat(rig.settled(PENDING)).isEqualTo(length);
            assertThat(passed).isEqualTo(1);
            kernel.syscall(Nr.CLOSE, out, 0, 0);
            kernel.syscall(Nr.CLOSE, Memory.getInt(pair + 4), 0, 0);
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
