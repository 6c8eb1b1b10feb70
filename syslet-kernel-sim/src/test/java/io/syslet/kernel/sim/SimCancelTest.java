package io.syslet.kernel.sim;

import static org.assertj.core.api.Assertions.assertThat;

import io.syslet.CallSlots;
import io.syslet.Errno;
import io.syslet.Kernel;
import io.syslet.Nr;
import io.syslet.Prep;
import io.syslet.Syslet;
import io.syslet.Task;
import io.syslet.kernel.contract.Rig;
import io.syslet.kernel.sim.ipc.Ipc;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Cancels, deadlines and ends that meet, by seeds: one completion each, and no byte is lost. */
class SimCancelTest {
  private static final long PENDING = -Syslet.ESYSLETPENDING;
  private static final int SEEDS = 200;
  private static final int ROUNDS = 40;
  private static final int READERS = 4;

  private long fed;
  private long got;
  private boolean done;

  /** Calls of the test's own: 505 sleeps for good and minds no signal, 502 wakes it. */
  private static void install(SimMachine machine, SimProcess process, SimCalls calls) {
    new Ipc().install(machine, process, calls);
    WaitQueue queue = machine.waitQueue("a disk that does not answer");
    calls.put(505, (p, a, b, c, d, e, f) -> queue.sleep() == 0 ? 7 : -Errno.EINTR);
    calls.put(502, (p, a, b, c, d, e, f) -> queue.wakeAll());
  }

  @Test
  void eachSeedHasOneCompletionForEachCallAndLosesNoByte() throws Exception {
    for (int seed = 0; seed < SEEDS; seed++) {
      String first = run(seed);
      if (seed % 20 == 0) {
        assertThat(run(seed)).as("seed " + seed).isEqualTo(first);
      }
    }
  }

  /** Runs a seed: what happened, as a hash. */
  private String run(int seed) throws Exception {
    fed = 0;
    got = 0;
    done = false;
    try (SimKernel kernel = SimKernel.boot(SimOptions.defaults(), SimCancelTest::install)) {
      kernel.run(k -> readAndCancel(k, new SplittableRandom(seed)));
      assertThat(got).as("seed " + seed).isEqualTo(fed);
      assertThat(kernel.stats().inFlight()).isZero();
      return kernel.traceSha256();
    }
  }

  private void readAndCancel(Kernel kernel, SplittableRandom random) throws Exception {
    Rig rig = new Rig(kernel, 16);
    CallSlots slots = rig.slots(1);
    Task writer = kernel.start(own -> feed(own, rig.out, random.split()));
    for (int round = 0; round < ROUNDS; round++) {
      round(rig, slots, random);
    }
    done = true;
    writer.join();
    kernel.syscall(Nr.CLOSE, rig.out, 0, 0);
    for (long n = 1; n > 0; got += n) {
      n = kernel.syscall(Nr.READ, rig.in, rig.buffer, 64);
    }
  }

  private void round(Rig rig, CallSlots slots, SplittableRandom random) {
    int pending = 0;
    for (int i = 0; i < READERS; i++) {
      Prep.read(slots, 0, i, rig.in, rig.buffer, 2);
      slots.deadline(0, random.nextBoolean() ? random.nextInt(200_000) : -1);
      assertThat(rig.kernel.indirect(slots, 0, 1, 0)).isEqualTo(1);
      pending += slots.status(0) == PENDING ? 1 : 0;
      got += Math.max(slots.status(0), 0);
    }
    if (random.nextBoolean()) {
      rig.nap(random.nextInt(100));
    }
    int[] canceled = new int[READERS];
    for (int i = 0; i < READERS; i++) {
      canceled[i] = rig.kernel.cancel(rig.ring, i);
      assertThat(canceled[i]).isIn(0, -Errno.ENOENT, -Errno.EALREADY);
    }
    for (; pending > 0; pending--) {
      long status = rig.await();
      int data = (int) rig.consume();
      assertThat(status).isNotEqualTo(-Errno.EINTR);
      assertThat(canceled[data] == 0).isEqualTo(status == -Errno.ECANCELED);
      got += Math.max(status, 0);
    }
    assertThat(rig.ring.isEmpty()).isTrue();
  }

  private void feed(Kernel kernel, int out, SplittableRandom random) {
    Rig rig = new Rig(kernel);
    while (!done) {
      fed += kernel.syscall(Nr.WRITE, out, rig.buffer, 1 + random.nextInt(2));
      rig.nap(random.nextInt(120));
    }
  }

  @Test
  void aSleepThatMindsNoSignalGoesOnAndItsCallEndsAsItDoes() throws Exception {
    try (SimKernel kernel = SimKernel.boot(SimOptions.defaults(), SimCancelTest::install)) {
      kernel.run(
          k -> {
            Rig rig = new Rig(k);
            assertThat(rig.call(3, 505, 0, 0, 0)).isEqualTo(PENDING);
            long before = kernel.virtualNanos();
            assertThat(k.cancel(rig.ring, 3)).isEqualTo(-Errno.EALREADY);
            assertThat(kernel.virtualNanos() - before).isGreaterThan(Kernel.CANCEL_NANOS - 1);
            assertThat(k.cancel(rig.ring, 3)).as("asked before").isEqualTo(-Errno.EALREADY);
            assertThat(rig.ring.isEmpty()).isTrue();
            assertThat(k.syscall(502, 0, 0, 0)).isEqualTo(1);
            assertThat(rig.await()).isEqualTo(7);
            assertThat(rig.consume()).isEqualTo(3);
          });
    }
  }
}
