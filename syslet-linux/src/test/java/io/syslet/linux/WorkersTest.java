package io.syslet.linux;

import static org.assertj.core.api.Assertions.assertThat;

import io.syslet.Errno;
import io.syslet.Params;
import io.syslet.Syslet;
import io.syslet.kernel.contract.Rig;
import io.syslet.ring.CompletionRing;
import io.syslet.ring.Memory;
import java.lang.foreign.Arena;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.Test;

/** Limits of workers, and the end of a kernel. */
class WorkersTest {
  private static final long PENDING = -Syslet.ESYSLETPENDING;

  @Test
  void idleWorkersLeave() throws Exception {
    LinuxOptions options = Linux.options().idleTimeout(Duration.ofMillis(20));
    try (LinuxKernel kernel = LinuxKernel.boot(options)) {
      kernel.run(
          k -> {
            Rig rig = new Rig(k, 64);
            for (int i = 0; i < 40; i++) {
              assertThat(rig.read(i)).isEqualTo(PENDING);
            }
            rig.feed(40);
            assertThat(k.ringWait(rig.ring, rig.ring.tail(), 40, Long.MAX_VALUE)).isZero();
          });
      int left = workers();
      for (int i = 0; i < 500 && left > 3; i++) {
        Thread.sleep(10);
        left = workers();
      }
      assertThat(left).isLessThanOrEqualTo(3);
    }
  }

  private static int workers() {
    return (int)
        Thread.getAllStackTraces().keySet().stream().filter(t -> t instanceof Carrier).count();
  }

  @Test
  void callsStillBlockedAtTheEndAreCompletedAndInterrupted() throws Exception {
    CompletionRing ring = CompletionRing.allocate(Arena.global(), 8, 1);
    LinuxKernel kernel = LinuxKernel.boot(Linux.options().drain(Duration.ofMillis(30)));
    kernel.run(
        k -> {
          Rig rig = new Rig(k);
          Params.put(rig.params.address(), ring.address(), 0);
          assertThat(rig.read(5)).isEqualTo(PENDING);
          assertThat(rig.read(6)).isEqualTo(PENDING);
        });
    kernel.close();
    assertThat(ring.head() - ring.tail()).isEqualTo(2);
    assertThat(ring.statusAt(ring.tail())).isEqualTo(-Errno.ECANCELED);
    assertThat(ring.callerDataAt(ring.tail()) + ring.callerDataAt(ring.tail() + 1)).isEqualTo(11);
    ring.advanceTo(ring.tail() + 2);
    assertThat(kernel.syscall(io.syslet.Nr.GETPPID, 0, 0, 0)).isEqualTo(-Errno.ESHUTDOWN);
    assertThat(kernel.stats().inFlight()).as("interrupted, and really returned").isZero();
    assertThat(ring.isEmpty()).as("exactly one completion each").isTrue();
  }

  @Test
  void itsTimesMayBeLongerThanThereAreNanoseconds() throws Exception {
    Duration forever = ChronoUnit.FOREVER.getDuration();
    LinuxOptions options = LinuxOptions.defaults().idleTimeout(forever).drain(forever);
    for (boolean byOptions : new boolean[] {true, false}) {
      LinuxKernel kernel = LinuxKernel.boot(options);
      kernel.run(
          k -> {
            Rig rig = new Rig(k);
            assertThat(rig.read(1)).isEqualTo(PENDING);
            rig.feed(1);
            assertThat(rig.await()).isEqualTo(1);
          });
      if (byOptions) {
        kernel.close();
      } else {
        assertThat(kernel.close(forever)).isEmpty();
      }
    }
  }

  /** Who may not leave looks again after the time-out, and must not be busy with that. */
  @Test
  void aSpareSleepsAlsoWithoutAnIdleTime() {
    SchedulerOptions options = SchedulerOptions.defaults().idleTimeout(Duration.ZERO);
    try (Scheduler scheduler = Scheduler.open(options)) {
      long timespec = scheduler.idleTimeout();
      assertThat(Memory.getLong(timespec)).isZero();
      assertThat(Memory.getLong(timespec + Long.BYTES)).isGreaterThanOrEqualTo(1_000_000);
    }
  }

  @Test
  void aHundredKernelsLeaveNoThreadsBehind() throws Exception {
    var before = Thread.getAllStackTraces().keySet();
    for (int i = 0; i < 100; i++) {
      Linux.run(
          kernel -> {
            Rig rig = new Rig(kernel);
            assertThat(rig.read(1)).isEqualTo(PENDING);
            rig.feed(1);
            assertThat(rig.await()).isEqualTo(1);
            rig.close();
          });
    }
    assertThat(Thread.getAllStackTraces().keySet())
        .noneMatch(t -> t instanceof Carrier && !before.contains(t));
  }
}
