package io.syslet.linux;

import static org.assertj.core.api.Assertions.assertThat;

import io.syslet.Atoms;
import io.syslet.Errno;
import io.syslet.Kernel;
import io.syslet.Nr;
import io.syslet.Prep;
import io.syslet.Syslet;
import io.syslet.kernel.contract.Rig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Many calls while everything that can disturb a virtual thread disturbs it. */
class SoakTest {
  private static final int BLOCKED = 20_000;
  private static final int INLINE = 100_000;

  /** A waiter of the ring, 24 bytes, and a place in a run queue. */
  private static final int WAIT_BYTES = 32;

  @Test
  void nothingIsLostWhileOthersDumpInterruptAndUnpark() throws Exception {
    AtomicReference<@Nullable Thread> victim = new AtomicReference<>();
    Thread dumper = disturb(victim, SoakTest::dump);
    Thread interrupter = disturb(victim, Thread::interrupt);
    Thread unparker = disturb(victim, LockSupport::unpark);
    try {
      Linux.run(
          kernel -> {
            victim.set(Thread.currentThread());
            Rig rig = new Rig(kernel);
            blocked(rig, BLOCKED);
            inline(rig, INLINE);
            rig.close();
          });
    } finally {
      victim.set(null);
      dumper.interrupt();
      interrupter.interrupt();
      unparker.interrupt();
    }
  }

  @Test
  void handOversLeaveNothingBehindAndAllocateNothing() throws Exception {
    try (LinuxKernel kernel = LinuxKernel.boot(Linux.options())) {
      kernel.run(
          k -> {
            Rig rig = new Rig(k);
            blocked(rig, 10_000);
            int threads = Thread.activeCount();
            int descriptors = descriptors();
            long workers = k.stats().workers();
            assertThat(AllocatedBytes.leastPerCall(10_000, () -> blocked(rig, 10_000)))
                .as("bytes allocated per blocked call")
                .isLessThan(WAIT_BYTES);
            int more = (int) (k.stats().workers() - workers);
            assertThat(more).as("workers more, each with a file of its own").isLessThan(16);
            assertThat(descriptors()).isLessThanOrEqualTo(descriptors + more);
            assertThat(Thread.activeCount()).isLessThanOrEqualTo(threads + 2 + more);
            assertThat(AllocatedBytes.leastPerCall(50_000, () -> inline(rig, 50_000)))
                .as("bytes allocated per inline call")
                .isLessThan(AllocatedBytes.OBJECT);
            Atoms atoms = seekTwice(rig);
            assertThat(AllocatedBytes.leastPerCall(50_000, () -> programs(rig, atoms, 50_000)))
                .as("bytes allocated per program")
                .isLessThan(AllocatedBytes.OBJECT);
            rig.close();
          });
    }
  }

  private static void blocked(Rig rig, int calls) {
    for (int i = 0; i < calls; i++) {
      long result = rig.read(i);
      rig.feed(1);
      if (result != -Syslet.ESYSLETPENDING) {
        throw new AssertionError("call " + i + " was not handed over: " + result);
      }
      long status = rig.await();
      while (status == -Errno.ERESTARTSYS) {
        boolean _ = Thread.interrupted();
        status = rig.await();
      }
      if (status != 1 || rig.consume() != i) {
        throw new AssertionError("completion of call " + i + ": " + status);
      }
    }
  }

  private static void inline(Rig rig, int calls) {
    Kernel kernel = rig.kernel;
    long size = kernel.syscall(Nr.LSEEK, rig.in, 0, 0);
    for (int i = 0; i < calls; i++) {
      long result = rig.call(i, Nr.LSEEK, rig.in, 0, 0);
      if (result != size && result != -Syslet.ESYSLETPENDING) {
        throw new AssertionError("call " + i + ": " + result);
      }
      while (!rig.ring.isEmpty()) {
        long _ = rig.consume();
      }
    }
  }

  private static Atoms seekTwice(Rig rig) {
    Atoms atoms = Atoms.allocate(rig.kernel.arena(), 3, 8, rig.ring);
    Prep.lseek(atoms.slots(), 0, 0, rig.in, 0, 0);
    atoms.then(0, 0, 1, atoms.data());
    Prep.umemAdd(atoms.slots(), 1, 1, atoms.data(), 1);
    atoms.then(1, 0, 2, 0);
    Prep.lseek(atoms.slots(), 2, 2, rig.in, 0, 0);
    return atoms;
  }

  private static void programs(Rig rig, Atoms atoms, int times) {
    for (int i = 0; i < times; i++) {
      long result = rig.kernel.exec(atoms, 0, 3, 0);
      if (result == -Syslet.ESYSLETPENDING) {
        result = rig.await() == -Errno.ESPIPE ? rig.consume() : -1;
      }
      if (result != 2) {
        throw new AssertionError("program " + i + ": " + result);
      }
    }
  }

  private static Thread disturb(
      AtomicReference<@Nullable Thread> victim, java.util.function.Consumer<Thread> how) {
    return Thread.ofPlatform()
        .daemon()
        .start(
            () -> {
              while (!Thread.currentThread().isInterrupted()) {
                Thread thread = victim.get();
                if (thread != null) {
                  how.accept(thread);
                }
                LockSupport.parkNanos(300_000);
              }
            });
  }

  private static void dump(Thread thread) {
    StackTraceElement[] _ = thread.getStackTrace();
    Thread.getAllStackTraces();
  }

  /** Open ones, but the kernel's records, which come and go as the machine is crowded. */
  private static int descriptors() throws IOException {
    try (Stream<Path> all = Files.list(Path.of("/proc/self/fd"))) {
      return (int) all.filter(each -> !SwitchDetectorTest.isPerf(each)).count();
    }
  }
}
