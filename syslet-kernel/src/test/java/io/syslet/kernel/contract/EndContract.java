package io.syslet.kernel.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.syslet.Errno;
import io.syslet.Kernel;
import io.syslet.Nr;
import io.syslet.Params;
import io.syslet.ring.CompletionRing;
import java.lang.foreign.Arena;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;

/** Limits, and the ends of tasks and kernels. */
public abstract class EndContract extends KernelContract {
  /** Of the kernels that the booter makes. */
  protected EndContract(Booter booter) {
    super(booter);
  }

  @Test
  void theSetterReturnsTheOldLimitAndRefusesNonsense() throws Exception {
    try (Kernel kernel = boot(256)) {
      assertThat(kernel.maxWorkers(10)).isEqualTo(256);
      assertThat(kernel.maxWorkers(0)).isEqualTo(-Errno.EINVAL);
      assertThat(kernel.maxWorkers(256)).isEqualTo(10);
    }
  }

  @Test
  void aTaskHasSoManyCallsPendingAsItMayAndOthersGoOn() throws Exception {
    needsHandOver();
    try (Kernel kernel = boot()) {
      assertThat(kernel.maxPending(2)).isEqualTo(Integer.MAX_VALUE);
      assertThat(kernel.maxPending(0)).isEqualTo(-Errno.EINVAL);
      kernel.run(
          k -> {
            Rig rig = new Rig(k);
            assertThat(rig.read(1)).isEqualTo(PENDING);
            assertThat(rig.read(2)).isEqualTo(PENDING);
            assertThat(rig.read(3)).isEqualTo(-Errno.EAGAIN);
            assertThat(rig.ring.isEmpty()).as("not made").isTrue();
            k.start(other -> assertThat(new Rig(other).read(1)).isEqualTo(PENDING)).join();
            rig.feed(1);
            assertThat(rig.await()).isEqualTo(1);
            rig.consume();
            assertThat(rig.read(3)).isEqualTo(PENDING);
          });
      assertThat(kernel.maxPending(5)).isEqualTo(2);
    }
  }

  @Test
  void callsStillBlockedAtTheEndAreCompletedOnceWithEcanceled() throws Exception {
    needsHandOver();
    CompletionRing ring = CompletionRing.allocate(Arena.global(), 8, 1);
    try (Kernel kernel = boot()) {
      kernel.run(
          k -> {
            Rig rig = new Rig(k);
            Params.put(rig.params.address(), ring.address(), 0);
            assertThat(rig.read(5)).isEqualTo(PENDING);
            assertThat(rig.read(6)).isEqualTo(PENDING);
          });
    }
    assertThat(ring.head() - ring.tail()).as("exactly one completion each").isEqualTo(2);
    assertThat(ring.statusAt(ring.tail())).isEqualTo(-Errno.ECANCELED);
    assertThat(ring.statusAt(ring.tail() + 1)).isEqualTo(-Errno.ECANCELED);
    assertThat(ring.callerDataAt(ring.tail()) + ring.callerDataAt(ring.tail() + 1)).isEqualTo(11);
  }

  @Test
  void theEndOfATaskLeavesItsCallsUnderWay() throws Exception {
    needsHandOver();
    try (Kernel kernel = boot()) {
      Rig rig = new Rig(kernel);
      kernel.run(
          k -> {
            Rig own = new Rig(k);
            Params.put(own.params.address(), rig.ring.address(), 0);
            assertThat(own.call(8, Nr.READ, rig.in, rig.buffer, 1)).isEqualTo(PENDING);
          });
      rig.feed(1);
      kernel.run(k -> assertThat(k.ringWait(rig.ring, rig.ring.tail())).isZero());
      assertThat(rig.consume()).isEqualTo(8);
    }
  }

  @Test
  void whatAProgramThrowsEndsItsTaskAlone() throws Exception {
    needsHandOver();
    try (Kernel kernel = boot()) {
      assertThatThrownBy(
              () ->
                  kernel.run(
                      k -> {
                        throw new IllegalStateException("mine");
                      }))
          .isInstanceOf(ExecutionException.class)
          .hasRootCauseMessage("mine");
      kernel.run(k -> assertThat(new Rig(k).read(1)).isEqualTo(PENDING));
    }
  }

  @Test
  @SuppressWarnings("try") // closed in the middle
  void aClosedKernelStartsNothing() throws Exception {
    try (Kernel kernel = boot()) {
      kernel.close();
      assertThatThrownBy(() -> kernel.start(k -> {})).isInstanceOf(IllegalStateException.class);
    }
  }
}
