package io.syslet.kernel.sim;

import static org.assertj.core.api.Assertions.assertThat;

import io.syslet.Errno;
import io.syslet.Kernel;
import io.syslet.Params;
import io.syslet.Syslet;
import io.syslet.kernel.contract.Rig;
import io.syslet.ring.CompletionWord;
import io.syslet.ring.Memory;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A call in flight that is canceled: its completion is posted then, once, and never after. */
class WorkerCallsTest {
  private static final long PENDING = -Syslet.ESYSLETPENDING;

  private final SimKernel kernel = SimKernel.boot(SimOptions.defaults());
  private final SimSystem system = kernel.system;

  @AfterEach
  void close() {
    kernel.close();
  }

  private void cancelAll(int errno) {
    system.driver.run(
        () -> List.copyOf(system.workers.all()).forEach(worker -> worker.calls().cancel(-errno)));
  }

  /** The worker leaves its call, and stands by. */
  private void settle(Rig rig) {
    rig.nap(1000);
    assertThat(kernel.stats().inFlight()).isZero();
    assertThat(system.workers.all()).allMatch(worker -> worker.calls().pending() == 0);
  }

  private static long readTo(Rig rig, int target, long address) {
    Memory.putInt(rig.params.address() + Params.TARGET, target);
    Memory.putLong(rig.params.address() + Params.COMPLETION_RING_PTR, address);
    return rig.read(7);
  }

  private static int room(Rig rig) {
    int room = 0;
    while (rig.ring.producer().reserve() >= 0) {
      room++;
    }
    return room;
  }

  @Test
  void aRingIsToldOnce() throws Exception {
    kernel.run(
        k -> {
          Rig rig = new Rig(k);
          assertThat(rig.read(7)).isEqualTo(PENDING);
          cancelAll(Errno.ECANCELED);
          assertThat(rig.ring.statusAt(rig.ring.tail())).isEqualTo(-Errno.ECANCELED);
          cancelAll(Errno.EIO);
          settle(rig);
          assertThat(rig.ring.head() - rig.ring.tail()).isEqualTo(1);
          assertThat(rig.await()).isEqualTo(-Errno.ECANCELED);
          assertThat(rig.consume()).isEqualTo(7);
          assertThat(room(rig)).as("no reservation is left").isEqualTo(rig.ring.elements());
        });
  }

  @Test
  void aWordKeepsTheStatusOfTheCancel() throws Exception {
    kernel.run(
        k -> {
          Rig rig = new Rig(k);
          CompletionWord word = CompletionWord.allocate(k.arena());
          assertThat(readTo(rig, Syslet.TARGET_WORD, word.address())).isEqualTo(PENDING);
          cancelAll(Errno.ECANCELED);
          assertThat(word.status()).isEqualTo(-Errno.ECANCELED);
          word.reset();
          cancelAll(Errno.EIO);
          settle(rig);
          assertThat(word.isDone()).as("told a second time").isFalse();
        });
  }

  @Test
  void itsWorkerPostsItsNextCall() throws Exception {
    kernel.run(
        k -> {
          Rig rig = new Rig(k);
          assertThat(rig.read(7)).isEqualTo(PENDING);
          cancelAll(Errno.ECANCELED);
          settle(rig);
          rig.consume();
          for (int i = 0; i < system.workers.count(); i++) {
            oneMore(k, rig, i);
          }
        });
  }

  /** Each worker in turn stays behind. */
  private static void oneMore(Kernel kernel, Rig rig, int number) {
    assertThat(rig.read(number)).isEqualTo(PENDING);
    rig.feed(1);
    assertThat(rig.await()).isEqualTo(1);
    assertThat(rig.consume()).isEqualTo(number);
    assertThat(rig.ring.isEmpty()).isTrue();
    assertThat(kernel.stats().inFlight()).isZero();
  }
}
