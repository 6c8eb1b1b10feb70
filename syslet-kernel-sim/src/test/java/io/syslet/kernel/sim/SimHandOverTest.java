package io.syslet.kernel.sim;

import static org.assertj.core.api.Assertions.assertThat;

import io.syslet.Errno;
import io.syslet.Kernel;
import io.syslet.KernelStats;
import io.syslet.Nr;
import io.syslet.Syslet;
import io.syslet.Task;
import io.syslet.kernel.contract.Rig;
import io.syslet.kernel.sim.ipc.Ipc;
import io.syslet.table.CallTable;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Where the hook fires and where it does not, as the v7 patch has it; on the simulated kernel. */
class SimHandOverTest {
  private static final long PENDING = -Syslet.ESYSLETPENDING;

  private final List<WaitQueue> queues = new ArrayList<>();

  /** Calls of the test's own: 500 sleeps twice, 501 computes, 502 wakes who sleeps. */
  private void install(SimMachine machine, SimProcess process, SimCalls calls) {
    new Ipc().install(machine, process, calls);
    WaitQueue queue = machine.waitQueue("a test");
    queues.add(queue);
    calls.put(500, (p, a, b, c, d, e, f) -> twice(queue));
    calls.put(501, (p, nanos, b, c, d, e, f) -> compute(machine, nanos));
    calls.put(502, (p, a, b, c, d, e, f) -> queue.wakeAll());
    calls.put(504, (p, a, b, c, d, e, f) -> p.credentials().uid());
    calls.put(505, (p, a, b, c, d, e, f) -> queue.sleep() == 0 ? p.credentials().uid() : -1);
  }

  private static long twice(WaitQueue queue) {
    int first = queue.sleep();
    return first < 0 ? first : queue.sleep();
  }

  private static long compute(SimMachine machine, long nanos) {
    machine.charge(nanos);
    return 7;
  }

  private SimKernel boot(SimOptions options) {
    return SimKernel.boot(options, this::install);
  }

  private SimKernel boot() {
    return boot(SimOptions.defaults());
  }

  @Test
  void theHookFiresOncePerCall() throws Exception {
    try (SimKernel kernel = boot()) {
      kernel.run(
          k -> {
            Rig rig = new Rig(k);
            assertThat(rig.call(1, 500, 0, 0, 0)).isEqualTo(PENDING);
            assertThat(k.syscall(502, 0, 0, 0)).as("woken from its first sleep").isEqualTo(1);
            rig.nap(100);
            assertThat(rig.ring.isEmpty()).isTrue();
            assertThat(k.stats().pending()).isEqualTo(1);
            assertThat(k.syscall(502, 0, 0, 0)).as("and from its second").isEqualTo(1);
            assertThat(rig.await()).isZero();
          });
    }
  }

  @Test
  void whoIsMerelyPreemptedIsNotHandedOver() throws Exception {
    try (SimKernel kernel = boot()) {
      long slice = CostModel.MEASURED.slice();
      Task other = kernel.start(k -> assertThat(k.syscall(501, 3 * slice, 0, 0)).isEqualTo(7));
      kernel.run(
          k -> {
            Rig rig = new Rig(k);
            assertThat(rig.call(1, 501, 10 * slice, 0, 0)).isEqualTo(7);
            assertThat(k.stats().pending()).isZero();
          });
      other.join();
    }
  }

  @Test
  void anInterruptibleSleeperWithASignalPendingIsNotHandedOver() throws Exception {
    try (SimKernel kernel = boot()) {
      Task[] self = new Task[1];
      self[0] =
          kernel.start(
              k -> {
                Rig rig = new Rig(k);
                kernel.interrupt(self[0]);
                assertThat(rig.read(1)).isEqualTo(-Errno.EINTR);
                assertThat(k.stats().pending()).isZero();
                assertThat(Thread.interrupted()).isTrue();
                assertThat(rig.read(1)).isEqualTo(PENDING);
              });
      self[0].join();
    }
  }

  @Test
  void credentialsAreTakenOverAtHandOver() throws Exception {
    try (SimKernel kernel = boot()) {
      long setuid = CallTable.number("setuid");
      kernel.run(
          k -> {
            Rig rig = new Rig(k);
            assertThat(rig.call(1, 505, 0, 0, 0)).as("root, and blocks").isEqualTo(PENDING);
            assertThat(k.syscall(setuid, 1000, 0, 0)).isZero();
            assertThat(k.syscall(502, 0, 0, 0)).isEqualTo(1);
            assertThat(rig.await()).as("who began as root ends as root").isZero();
            assertThat(rig.consume()).isEqualTo(1);
            assertThat(rig.read(2))
                .as("the spare was root when it began to wait")
                .isEqualTo(PENDING);
            assertThat(k.syscall(504, 0, 0, 0)).isEqualTo(1000);
            assertThat(k.syscall(setuid, 0, 0, 0)).isEqualTo(-Errno.EPERM);
          });
    }
  }

  @Test
  void aKilledSpareIsReplacedAtTheNextSubmit() throws Exception {
    try (SimKernel kernel = boot()) {
      kernel.run(
          k -> {
            Rig rig = new Rig(k);
            rig.feed(1);
            assertThat(rig.read(0)).as("makes a spare").isEqualTo(1);
            assertThat(kernel.killSpare()).isTrue();
            assertThat(kernel.killSpare()).as("there was one").isFalse();
            assertThat(rig.read(1)).isEqualTo(PENDING);
            rig.feed(1);
            assertThat(rig.await()).isEqualTo(1);
          });
    }
  }

  @Test
  void withoutASpareACallBlocksAndThatIsCounted() throws Exception {
    try (SimKernel kernel = boot(SimOptions.defaults().maxWorkers(3))) {
      kernel.run(
          k -> {
            Rig rig = new Rig(k);
            assertThat(rig.read(1)).isEqualTo(PENDING);
            assertThat(rig.read(2)).isEqualTo(PENDING);
            assertThat(rig.call(3, Syslet.ATOMIC, Nr.READ, rig.in, rig.buffer, 1))
                .isEqualTo(-Errno.EAGAIN);
            k.start(feeder -> feedLater(feeder, rig));
            assertThat(rig.read(3)).isEqualTo(1);
            assertThat(k.ringWait(rig.ring, rig.ring.tail(), 2, Long.MAX_VALUE)).isZero();
            KernelStats stats = k.stats();
            assertThat(stats.noSpare()).isEqualTo(1);
            assertThat(stats.workers()).isEqualTo(3);
            assertThat(stats.maxInFlight()).isEqualTo(2);
          });
    }
  }

  private static void feedLater(Kernel kernel, Rig rig) {
    new Rig(kernel).nap(50);
    rig.feed(3);
  }

  @Test
  void everyCallCanDoWithoutSleep() throws Exception {
    try (SimKernel kernel = boot()) {
      kernel.run(
          k -> {
            Rig rig = new Rig(k);
            assertThat(rig.call(1, Syslet.NONBLOCK, 500, 0, 0, 0)).isEqualTo(-Errno.EAGAIN);
            assertThat(rig.call(1, Syslet.NONBLOCK, Nr.NANOSLEEP, rig.timespec(5), 0, 0))
                .isEqualTo(-Errno.EAGAIN);
            assertThat(rig.call(1, Syslet.NONBLOCK, 501, 5, 0, 0)).isEqualTo(7);
            assertThat(k.stats().pending()).isZero();
          });
    }
  }
}
