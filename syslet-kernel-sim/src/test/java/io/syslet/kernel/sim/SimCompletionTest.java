package io.syslet.kernel.sim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.syslet.CallSlots;
import io.syslet.Nr;
import io.syslet.Params;
import io.syslet.Syslet;
import io.syslet.Task;
import io.syslet.kernel.contract.Rig;
import io.syslet.kernel.sim.ipc.Ipc;
import io.syslet.ring.Memory;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What comes of a pending call, and of who waits for it; on the simulated kernel. */
class SimCompletionTest {
  private static final long PENDING = -Syslet.ESYSLETPENDING;

  /** A call of the test's own: 503 returns −132. */
  private static void install(SimMachine machine, SimProcess process, SimCalls calls) {
    new Ipc().install(machine, process, calls);
    calls.put(503, (p, a, b, c, d, e, f) -> PENDING);
  }

  private static SimKernel boot() {
    return SimKernel.boot(SimOptions.defaults(), SimCompletionTest::install);
  }

  @Test
  void aCallWhoseResultIsMinus132IsCompleted() throws Exception {
    try (SimKernel kernel = boot()) {
      kernel.run(
          k -> {
            Rig rig = new Rig(k);
            assertThat(rig.call(9, 503, 0, 0, 0)).isEqualTo(PENDING);
            assertThat(rig.ring.isEmpty()).isFalse();
            assertThat(rig.await()).isEqualTo(PENDING);
            assertThat(rig.consume()).isEqualTo(9);
            CallSlots slots = rig.slots(2);
            slots.set(0, 1, 503, 0, 0, 0, 0, 0, 0);
            slots.set(1, 2, Nr.GETPPID, 0, 0, 0, 0, 0, 0);
            assertThat(k.indirect(slots, 0, 2, 0)).as("the last accepted one").isEqualTo(1);
            assertThat(slots.status(0)).isEqualTo(PENDING);
          });
    }
  }

  @Test
  void theFrameOfSuchACallIsEnteredToo() throws Exception {
    try (SimKernel kernel = boot()) {
      List<Long> entered = new ArrayList<>();
      long ip = kernel.frame(entered::add);
      kernel.run(
          k -> {
            Rig rig = new Rig(k);
            Memory.putLong(rig.params.address() + Params.FRAME_IP, ip);
            Memory.putLong(rig.params.address() + Params.FRAME_SP, 33);
            assertThat(rig.call(9, 503, 0, 0, 0)).isEqualTo(PENDING);
            rig.nap(100);
            assertThat(entered).containsExactly(33L);
            assertThat(rig.call(10, 503, 0, 0, 0)).as("its stack is free again").isEqualTo(PENDING);
            rig.nap(100);
            assertThat(entered).containsExactly(33L, 33L);
          });
    }
  }

  @ParameterizedTest
  @CsvSource({"1, completion", "100000, submitter"})
  void theCompletionIsSeenBeforeTheSubmitterGoesOnOrAfter(long nanos, String first)
      throws Exception {
    try (SimKernel kernel = boot()) {
      List<String> order = new ArrayList<>();
      Rig rig = new Rig(kernel);
      Task observer =
          kernel.start(
              k -> {
                assertThat(k.ringWait(rig.ring, 0)).isZero();
                order.add("completion");
              });
      kernel.run(
          k -> {
            Memory.putLong(rig.buffer, 0);
            Memory.putLong(rig.buffer + 8, nanos);
            assertThat(rig.call(1, Nr.NANOSLEEP, rig.buffer, 0, 0)).isEqualTo(PENDING);
            order.add("submitter");
          });
      observer.join();
      assertThat(order).hasSize(2).startsWith(first);
      assertThat(rig.ring.callerDataAt(0)).isEqualTo(1);
    }
  }

  @Test
  void aTaskThatIsKilledUnwindsAndItsCallsGoOn() throws Exception {
    try (SimKernel kernel = boot()) {
      Rig rig = new Rig(kernel);
      List<String> log = new ArrayList<>();
      Task victim =
          kernel.start(
              k -> {
                assertThat(rig.read(5)).isEqualTo(PENDING);
                try {
                  k.ringWait(rig.ring, 0);
                  log.add("not reached");
                } finally {
                  log.add("finally " + k.syscall(Nr.GETPPID, 0, 0, 0));
                }
              });
      kernel.run(
          k -> {
            new Rig(k).nap(10);
            kernel.kill(victim);
          });
      assertThatThrownBy(victim::join).hasCauseInstanceOf(TaskKilled.class);
      assertThat(log).containsExactly("finally -4");
      rig.feed(1);
      assertThat(kernel.ringWait(rig.ring, 0)).isZero();
      assertThat(rig.ring.callerDataAt(0)).isEqualTo(5);
    }
  }

  @Test
  void anInterruptEndsTheWaitForARing() throws Exception {
    try (SimKernel kernel = boot()) {
      Task waiter =
          kernel.start(
              k -> {
                Rig rig = new Rig(k);
                assertThat(k.ringWait(rig.ring, 0)).isEqualTo(-512);
                assertThat(k.ringWait(rig.ring, 0)).as("the status stays set").isEqualTo(-512);
                assertThat(Thread.interrupted()).isTrue();
              });
      kernel.run(
          k -> {
            new Rig(k).nap(10);
            kernel.interrupt(waiter);
            waiter.join();
          });
    }
  }
}
