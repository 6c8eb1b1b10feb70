package io.syslet.linux;

import static org.assertj.core.api.Assertions.assertThat;

import io.syslet.CallSlots;
import io.syslet.Errno;
import io.syslet.Kernel;
import io.syslet.Nr;
import io.syslet.Prep;
import io.syslet.Sys;
import io.syslet.Syslet;
import io.syslet.kernel.contract.Rig;
import io.syslet.ring.CompletionRing;
import io.syslet.ring.Memory;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Many calls that are taken back, and calls that end just when they are: those that hold a worker,
 * and those that wait without one.
 */
class CancelStormTest {
  private static final int MANY = 3000;
  private static final int ROUNDS = 2000;
  private static final int READERS = 8;

  private static LinuxKernel boot(int workers, boolean reactor) {
    return LinuxKernel.boot(LinuxOptions.defaults().maxWorkers(workers).reactor(reactor));
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void threeThousandAtOnceEndOnceEach(boolean reactor) throws Exception {
    try (Kernel kernel = boot(MANY + 50, reactor)) {
      kernel.run(
          k -> {
            Rig rig = new Rig(k, 4096);
            pend(rig);
            int canceled = k.cancelAll();
            assertThat(canceled).isIn(0, -Errno.EALREADY);
            assertThat(k.ringWait(rig.ring, rig.ring.tail(), MANY, Long.MAX_VALUE)).isZero();
            boolean[] seen = new boolean[MANY];
            for (int i = 0; i < MANY; i++) {
              assertThat(rig.await()).isEqualTo(-Errno.ECANCELED);
              int data = (int) rig.consume();
              assertThat(seen[data]).isFalse();
              seen[data] = true;
            }
            assertThat(k.stats().inFlight()).isZero();
            assertThat(rig.ring.isEmpty()).isTrue();
          });
    }
  }

  private static void pend(Rig rig) {
    CallSlots slots = rig.slots(1);
    for (int i = 0; i < MANY; ) {
      Prep.read(slots, 0, i, rig.in, rig.buffer, 1);
      int accepted = rig.kernel.indirect(slots, 0, 1, 0);
      assertThat(accepted).isEqualTo(1);
      assertThat(slots.status(0)).isEqualTo(-Syslet.ESYSLETPENDING);
      i++;
    }
  }

  /** Each byte that goes into the pipe comes out of it, once and in order. */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void noByteIsLostByReadsThatAreTakenBack(boolean reactor) throws Exception {
    try (Kernel kernel = boot(64, reactor)) {
      AtomicBoolean done = new AtomicBoolean();
      kernel.run(
          k -> {
            Rig rig = new Rig(k, 64);
            var writer = k.start(own -> feed(own, rig.out, done));
            long got = 0;
            SplittableRandom random = new SplittableRandom(7);
            for (int round = 0; round < ROUNDS; round++) {
              got += readAndCancel(rig, round, random);
            }
            done.set(true);
            writer.join();
            k.syscall(Nr.CLOSE, rig.out, 0, 0);
            for (long n = 1; n > 0; got += n) {
              n = k.syscall(Nr.READ, rig.in, rig.buffer, 64);
            }
            assertThat(got).isEqualTo(fed);
          });
    }
  }

  private volatile long fed;

  @SuppressWarnings("NonAtomicVolatileUpdate") // one writer
  private void feed(Kernel kernel, int out, AtomicBoolean done) {
    long buffer = kernel.arena().allocate(16, 8).address();
    SplittableRandom random = new SplittableRandom(9);
    while (!done.get()) {
      fed += Math.max(kernel.syscall(Nr.WRITE, out, buffer, 1 + random.nextInt(3)), 0);
      if (random.nextInt(4) == 0) {
        long nap = buffer;
        Memory.putLong(nap, 0);
        Memory.putLong(nap + 8, random.nextInt(60_000));
        kernel.syscall(Nr.NANOSLEEP, nap, 0, 0);
      }
    }
  }

  /** How many bytes the read has got that was taken back, or not. */
  private static long readAndCancel(Rig rig, int round, SplittableRandom random) {
    int readers = 1 + random.nextInt(READERS);
    long got = 0;
    int pending = 0;
    for (int i = 0; i < readers; i++) {
      long result = rig.call(i, Nr.READ, rig.in, rig.buffer + 8L * i, 3);
      pending += result == -Syslet.ESYSLETPENDING ? 1 : 0;
      got += Math.max(result, 0);
    }
    for (int i = 0; i < readers; i++) {
      int canceled = rig.kernel.cancel(rig.ring, i);
      assertThat(canceled).isIn(0, -Errno.ENOENT, -Errno.EALREADY);
    }
    for (int i = 0; i < pending; i++) {
      long status = rig.await();
      assertThat(status).as("round " + round).isNotEqualTo(-Errno.EINTR);
      got += Math.max(status, 0);
      rig.consume();
    }
    assertThat(rig.ring.isEmpty()).isTrue();
    return got;
  }

  /** A call that is not meant is never interrupted, though its worker just was in another. */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void nobodyElseIsInterrupted(boolean reactor) throws Exception {
    try (Kernel kernel = boot(64, reactor)) {
      kernel.run(
          k -> {
            Rig rig = new Rig(k, 64);
            CompletionRing ring = rig.ring;
            for (int round = 0; round < ROUNDS; round++) {
              long sleep = rig.call(1, Nr.NANOSLEEP, rig.timespec(200), 0, 0);
              long read = rig.read(2);
              int canceled = k.cancel(ring, 2);
              assertThat(canceled).isIn(0, -Errno.EALREADY);
              int pending = (sleep < -1 ? 1 : 0) + (read < -1 ? 1 : 0);
              for (int i = 0; i < pending; i++) {
                long status = rig.await();
                assertThat(status).isEqualTo(rig.consume() == 1 ? 0 : -Errno.ECANCELED);
              }
            }
          });
    }
  }

  /** Deadlines, cancels and ends meet each other. */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void whoeverWinsThereIsOneCompletion(boolean reactor) throws Exception {
    try (Kernel kernel = boot(64, reactor)) {
      kernel.run(
          k -> {
            Rig rig = new Rig(k, 64);
            CallSlots slots = rig.slots(1);
            SplittableRandom random = new SplittableRandom(3);
            for (int round = 0; round < ROUNDS / 4; round++) {
              Prep.read(slots, 0, round, rig.in, rig.buffer, 1);
              slots.deadline(0, random.nextInt(3_000_000));
              assertThat(k.indirect(slots, 0, 1, 0)).isEqualTo(1);
              int canceled = random.nextBoolean() ? k.cancel(rig.ring, round) : -Errno.ENOENT;
              long status = slots.status(0);
              if (status == -Syslet.ESYSLETPENDING) {
                status = rig.await();
                assertThat(rig.consume()).isEqualTo(round);
              }
              assertThat(status).isIn((long) -Errno.ECANCELED, (long) -Errno.ETIMEDOUT);
              assertThat(canceled == 0).isEqualTo(status == -Errno.ECANCELED);
              assertThat(rig.ring.isEmpty()).isTrue();
            }
            assertThat(Sys.close(k, rig.in)).isZero();
          });
    }
  }
}
