package io.syslet.linux;

import static org.assertj.core.api.Assertions.assertThat;

import io.syslet.Kernel;
import io.syslet.Nr;
import io.syslet.Syslet;
import io.syslet.kernel.contract.Rig;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Calls from threads that are no tasks of the kernel, and from frames that cannot be moved. */
class ForeignCallersTest {
  @Test
  void aPlatformThreadBlocksInItsCall() throws Exception {
    try (LinuxKernel kernel = LinuxKernel.boot(Linux.options())) {
      assertThat(readThroughThread(kernel, Thread.ofPlatform())).isEqualTo(1);
      assertThat(kernel.stats().foreign()).isEqualTo(1);
      assertThat(kernel.stats().calls()).isEqualTo(1);
    }
  }

  @Test
  void aForeignVirtualThreadIsParkedMeanwhile() throws Exception {
    try (LinuxKernel kernel = LinuxKernel.boot(Linux.options())) {
      assertThat(readThroughThread(kernel, Thread.ofVirtual())).isEqualTo(1);
      assertThat(kernel.stats().foreign()).isEqualTo(1);
    }
  }

  private static long readThroughThread(Kernel kernel, Thread.Builder builder) throws Exception {
    Rig rig = new Rig(kernel);
    AtomicLong result = new AtomicLong();
    Thread reader = builder.start(() -> result.set(rig.read(1)));
    Thread.sleep(50);
    assertThat(reader.isAlive()).isTrue();
    rig.feed(1);
    reader.join();
    assertThat(rig.ring.isEmpty()).isTrue();
    return result.get();
  }

  @Test
  void aChildOfATaskRunsAndMayCall() throws Exception {
    Linux.run(
        kernel -> {
          Rig rig = new Rig(kernel);
          AtomicLong result = new AtomicLong();
          Thread child = Thread.startVirtualThread(() -> result.set(rig.read(1)));
          rig.feed(1);
          child.join();
          assertThat(result.get()).isEqualTo(1);
          assertThat(kernel.stats().foreign()).isEqualTo(1);
        });
  }

  private static final AtomicReference<@Nullable Rig> CLINIT_RIG = new AtomicReference<>();

  private static final class InInitializer {
    static final long RESULT = call();

    private static long call() {
      Rig rig = java.util.Objects.requireNonNull(CLINIT_RIG.get());
      return rig.call(1, Nr.READ, rig.in, rig.buffer, 1);
    }
  }

  @Test
  void aClassInitialiserPinsAndTheCallIsMadeInline() throws Exception {
    Linux.run(
        kernel -> {
          Rig rig = new Rig(kernel);
          CLINIT_RIG.set(rig);
          rig.feed(1);
          assertThat(InInitializer.RESULT).isEqualTo(1);
          assertThat(kernel.stats().pinned()).isEqualTo(1);
          assertThat(rig.read(2)).isEqualTo(-Syslet.ESYSLETPENDING);
          rig.feed(1);
          assertThat(rig.await()).isEqualTo(1);
        });
  }

  @Test
  void tasksRunSideBySideOnEachProcessor() throws Exception {
    try (LinuxKernel kernel = LinuxKernel.boot(Linux.options())) {
      int many = 4 * kernel.processors();
      io.syslet.Task[] tasks = new io.syslet.Task[many];
      AtomicLong completed = new AtomicLong();
      for (int t = 0; t < many; t++) {
        tasks[t] = kernel.start(k -> pingPong(k, completed));
      }
      for (io.syslet.Task task : tasks) {
        task.join();
      }
      assertThat(completed.get()).isEqualTo(200L * many);
    }
  }

  private static void pingPong(Kernel kernel, AtomicLong completed) {
    Rig rig = new Rig(kernel);
    for (int i = 0; i < 200; i++) {
      assertThat(rig.read(i)).isEqualTo(-Syslet.ESYSLETPENDING);
      rig.feed(1);
      assertThat(rig.await()).isEqualTo(1);
      assertThat(rig.consume()).isEqualTo(i);
      completed.incrementAndGet();
    }
    rig.close();
  }

  @Test
  void aCarrierThatSleepsOutsideACallHandsOverTheQueue() throws Exception {
    try (LinuxKernel kernel = LinuxKernel.boot(Linux.options())) {
      Rig rig = new Rig(kernel);
      AtomicLong progress = new AtomicLong();
      io.syslet.Task[] sleepers = new io.syslet.Task[kernel.processors()];
      for (int i = 0; i < sleepers.length; i++) {
        sleepers[i] = kernel.start(k -> plainRead(k, rig, progress));
      }
      io.syslet.Task[] others = new io.syslet.Task[kernel.processors()];
      for (int i = 0; i < others.length; i++) {
        others[i] = kernel.start(k -> pingPong(k, progress));
      }
      for (io.syslet.Task other : others) {
        other.join();
      }
      assertThat(progress.get()).isEqualTo(200L * others.length);
      assertThat(kernel.scheduler().stats().replacements()).isGreaterThanOrEqualTo(sleepers.length);
      rig.feed(sleepers.length);
      for (io.syslet.Task sleeper : sleepers) {
        sleeper.join();
      }
      assertThat(progress.get()).isEqualTo(201L * others.length);
    }
  }

  private static void plainRead(Kernel kernel, Rig rig, AtomicLong progress) {
    Rig own = new Rig(kernel);
    assertThat(kernel.syscall(Nr.READ, rig.in, own.buffer, 1)).isEqualTo(1);
    assertThat(own.read(3)).isEqualTo(-Syslet.ESYSLETPENDING);
    own.feed(1);
    assertThat(own.await()).isEqualTo(1);
    progress.incrementAndGet();
  }
}
