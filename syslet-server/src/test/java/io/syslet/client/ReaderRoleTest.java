package io.syslet.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.syslet.Nr;
import io.syslet.Syslet;
import io.syslet.kernel.contract.Rig;
import io.syslet.server.Served;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who reads the connection to a server elsewhere. */
class ReaderRoleTest {
  private static final int CALLS = 150;
  private static final Set<Thread.State> RESTS =
      Set.of(Thread.State.WAITING, Thread.State.TIMED_WAITING);

  @TempDir private Path folder;

  /** That of the only client over TLS that there is. */
  private static Thread pump() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().equals("syslet-pump") && thread.isAlive())
        .findAny()
        .orElseThrow();
  }

  private static boolean eventually(BooleanSupplier condition) {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    boolean holds = condition.getAsBoolean();
    while (!holds && System.nanoTime() < deadline) {
      Thread.onSpinWait();
      holds = condition.getAsBoolean();
    }
    return holds;
  }

  private static boolean call(RemoteKernel kernel) {
    return kernel.syscall(Nr.GETPID, 0, 0, 0) > 0;
  }

  @Test
  void aTaskThatCallsAloneReadsItsAnswersItselfAndThePumpWhatElseComes() throws Exception {
    try (Served served = Served.in(folder);
        RemoteKernel kernel = served.connect("tls")) {
      Thread pump = pump();
      assertThat(eventually(() -> call(kernel) && RESTS.contains(pump.getState()))).isTrue();
      assertThat(eventually(() -> pump.getState() == Thread.State.RUNNABLE)).isTrue();
    }
  }

  @Test
  void whatEndsLaterIsHeardWhileATaskCallsAndWhenItHasStopped() throws Exception {
    try (Served served = Served.in(folder);
        RemoteKernel kernel = served.connect("tls")) {
      Rig rig = new Rig(kernel);
      for (int i = 0; i < CALLS; i++) {
        assertThat(rig.read(i)).isEqualTo(-Syslet.ESYSLETPENDING);
        for (int j = 0; j < i % 20; j++) {
          assertThat(call(kernel)).isTrue();
        }
        rig.feed(1);
        assertThat(rig.await()).isEqualTo(1);
        assertThat(rig.consume()).isEqualTo(i);
      }
    }
  }

  @Test
  void manyTasksCallAtOnce() throws Exception {
    try (Served served = Served.in(folder);
        RemoteKernel kernel = served.connect("tls")) {
      Thread[] tasks = new Thread[6];
      AtomicBoolean failed = new AtomicBoolean();
      for (int i = 0; i < tasks.length; i++) {
        Runnable calls =
            () -> {
              for (int j = 0; j < CALLS; j++) {
                failed.compareAndSet(false, !call(kernel));
              }
            };
        tasks[i] = i % 2 == 0 ? Thread.startVirtualThread(calls) : Thread.ofPlatform().start(calls);
      }
      for (Thread task : tasks) {
        task.join();
      }
      assertThat(failed).isFalse();
    }
  }

  /** The JDK closes a socket in which a virtual thread is interrupted while it reads. */
  @Test
  void anInterruptedVirtualThreadBreaksNoConnection() throws Exception {
    Duration patience = Duration.ofSeconds(30);
    try (Served served = Served.in(folder);
        RemoteKernel kernel =
            RemoteKernel.connect(
                served.tls(), served.client().times(patience, Duration.ZERO, patience))) {
      AtomicBoolean failed = new AtomicBoolean();
      Thread caller =
          Thread.startVirtualThread(
              () -> {
                for (int i = 0; i < CALLS; i++) {
                  failed.compareAndSet(false, !call(kernel));
                }
              });
      while (caller.isAlive()) {
        caller.interrupt();
        Thread.sleep(1);
      }
      assertThat(failed).isFalse();
    }
  }
}
