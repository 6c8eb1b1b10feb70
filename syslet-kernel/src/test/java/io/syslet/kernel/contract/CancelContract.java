package io.syslet.kernel.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.syslet.Atoms;
import io.syslet.Call;
import io.syslet.Calls;
import io.syslet.Errno;
import io.syslet.Kernel;
import io.syslet.ring.CompletionRing;
import io.syslet.ring.CompletionWord;
import io.syslet.ring.Memory;
import org.junit.jupiter.api.Test;

/** Calls that are taken back: cancel(3) of the manual. */
public abstract class CancelContract extends KernelContract {
  private static final int MANY = 64;

  /** Of the kernels that the booter makes. */
  protected CancelContract(Booter booter) {
    super(booter);
  }

  @Test
  void aPendingCallIsTakenBackByItsCallerDataOnce() throws Exception {
    needsHandOver();
    run(
        kernel -> {
          Rig rig = new Rig(kernel);
          assertThat(rig.read(5)).isEqualTo(PENDING);
          assertThat(rig.read(6)).isEqualTo(PENDING);
          assertThat(kernel.cancel(rig.ring, 7)).as("no such call").isEqualTo(-Errno.ENOENT);
          assertThat(rig.cancel(5)).isZero();
          assertThat(rig.await()).isEqualTo(-Errno.ECANCELED);
          assertThat(rig.consume()).isEqualTo(5);
          assertThat(kernel.cancel(rig.ring, 5)).as("over").isEqualTo(-Errno.ENOENT);
          rig.feed(1);
          assertThat(rig.await()).as("the other is left alone").isEqualTo(1);
          assertThat(rig.consume()).isEqualTo(6);
          assertThat(rig.ring.isEmpty()).isTrue();
        });
  }

  @Test
  void ofSeveralWithTheSameCallerDataOneIsTakenBack() throws Exception {
    needsHandOver();
    run(
        kernel -> {
          Rig rig = new Rig(kernel);
          assertThat(rig.read(5)).isEqualTo(PENDING);
          assertThat(rig.read(5)).isEqualTo(PENDING);
          assertThat(rig.cancel(5)).isZero();
          assertThat(rig.await()).isEqualTo(-Errno.ECANCELED);
          assertThat(rig.consume()).isEqualTo(5);
          assertThat(rig.cancel(5)).isZero();
          assertThat(rig.await()).isEqualTo(-Errno.ECANCELED);
          assertThat(rig.consume()).isEqualTo(5);
        });
  }

  @Test
  void theRingOfTheCallCounts() throws Exception {
    needsHandOver();
    run(
        kernel -> {
          Rig rig = new Rig(kernel);
          CompletionRing other = CompletionRing.allocate(kernel.arena(), 8, 1);
          assertThat(rig.read(5)).isEqualTo(PENDING);
          assertThat(kernel.cancel(other, 5)).isEqualTo(-Errno.ENOENT);
          assertThat(kernel.cancel(0, 5)).isEqualTo(-Errno.ENOENT);
          assertThat(kernel.cancel(rig.ring.address(), 5, Rig.PATIENCE_NANOS)).isZero();
          assertThat(rig.await()).isEqualTo(-Errno.ECANCELED);
        });
  }

  @Test
  void aCallThatCompletesToAWordIsTakenBackByIt() throws Exception {
    needsHandOver();
    run(
        kernel -> {
          Rig rig = new Rig(kernel);
          CompletionWord word = CompletionWord.allocate(kernel.arena());
          rig.completeTo(word);
          assertThat(rig.read(9)).isEqualTo(PENDING);
          assertThat(kernel.cancel(word.address(), 9, Rig.PATIENCE_NANOS)).isZero();
          assertThat(kernel.wordWait(word, Long.MAX_VALUE)).isZero();
          assertThat(word.status()).isEqualTo(-Errno.ECANCELED);
        });
  }

  @Test
  void allCallsOfADescriptorAreTakenBack() throws Exception {
    needsHandOver();
    run(
        kernel -> {
          Rig rig = new Rig(kernel);
          Rig other = new Rig(kernel);
          assertThat(rig.read(1)).isEqualTo(PENDING);
          assertThat(rig.read(2)).isEqualTo(PENDING);
          assertThat(other.read(3)).isEqualTo(PENDING);
          assertThat(kernel.cancelFd(rig.out)).isEqualTo(-Errno.ENOENT);
          assertThat(kernel.cancelFd(rig.in)).isZero();
          for (int i = 0; i < 2; i++) {
            assertThat(rig.await()).isEqualTo(-Errno.ECANCELED);
            assertThat(rig.consume()).isBetween(1L, 2L);
          }
          assertThat(kernel.cancelFd(rig.in)).isEqualTo(-Errno.ENOENT);
          assertThat(other.ring.isEmpty()).as("of another descriptor").isTrue();
          other.feed(1);
          assertThat(other.await()).isEqualTo(1);
        });
  }

  @Test
  void allCallsAreTakenBackAtOnceWithOneCompletionEach() throws Exception {
    needsHandOver();
    run(
        kernel -> {
          Rig rig = new Rig(kernel, MANY);
          for (int i = 0; i < MANY; i++) {
            assertThat(rig.read(i)).isEqualTo(PENDING);
          }
          assertThat(kernel.cancelAll()).isZero();
          long seen = 0;
          for (int i = 0; i < MANY; i++) {
            assertThat(rig.await()).isEqualTo(-Errno.ECANCELED);
            seen |= 1L << rig.consume();
          }
          assertThat(seen).as("each once").isEqualTo(-1);
          assertThat(kernel.cancelAll()).isEqualTo(-Errno.ENOENT);
          assertThat(rig.ring.isEmpty()).isTrue();
        });
  }

  @Test
  void whatIsReadIsDeliveredOrStaysInThePipe() throws Exception {
    needsHandOver();
    run(
        kernel -> {
          Rig rig = new Rig(kernel);
          for (int round = 0; round < MANY; round++) {
            assertThat(rig.read(round)).isEqualTo(PENDING);
            rig.feed(1);
            int canceled = kernel.cancel(rig.ring, round);
            long status = rig.await();
            assertThat(rig.consume()).isEqualTo(round);
            if (status == 1) {
              assertThat(canceled).isIn(-Errno.ENOENT, -Errno.EALREADY);
            } else {
              assertThat(status).isEqualTo(-Errno.ECANCELED);
              assertThat(canceled).isZero();
              rig.take(1);
            }
          }
        });
  }

  @Test
  void afterwardsTheWorkersMakeCallsAsBefore() throws Exception {
    needsHandOver();
    run(
        kernel -> {
          Rig rig = new Rig(kernel);
          for (int round = 0; round < MANY; round++) {
            assertThat(rig.read(1)).isEqualTo(PENDING);
            assertThat(rig.read(2)).isEqualTo(PENDING);
            assertThat(rig.cancel(1)).isZero();
            assertThat(rig.await()).isEqualTo(-Errno.ECANCELED);
            assertThat(rig.consume()).isEqualTo(1);
            rig.feed(1);
            assertThat(rig.await()).as("not interrupted").isEqualTo(1);
            assertThat(rig.consume()).isEqualTo(2);
          }
        });
  }

  @Test
  void aProgramGoesNoFurther() throws Exception {
    needsHandOver();
    run(
        kernel -> {
          Rig rig = new Rig(kernel);
          Atoms atoms = rig.readThenAdd();
          assertThat(kernel.exec(atoms, 0, 10, 0)).isEqualTo(PENDING);
          assertThat(rig.cancel(1)).isZero();
          assertThat(rig.await()).isEqualTo(-Errno.ECANCELED);
          assertThat(rig.consume()).as("where it was").isEqualTo(1);
          assertThat(atoms.status(0)).isEqualTo(-Errno.ECANCELED);
          assertThat(Memory.getLong(atoms.data())).as("the second atom").isZero();
          assertThat(rig.ring.isEmpty()).isTrue();
        });
  }

  @Test
  void anotherThreadMayTakeACallBack() throws Exception {
    needsHandOver();
    try (Kernel kernel = boot()) {
      CompletionRing ring = CompletionRing.allocate(kernel.arena(), 8, 1);
      kernel.run(k -> assertThat(new Rig(k, ring).read(4)).isEqualTo(PENDING));
      assertThat(kernel.cancel(ring.address(), 4, Rig.PATIENCE_NANOS)).isZero();
      kernel.run(k -> assertThat(k.ringWait(ring, ring.tail())).isZero());
      assertThat(ring.statusAt(ring.tail())).isEqualTo(-Errno.ECANCELED);
    }
  }

  @Test
  @SuppressWarnings("try") // closed in the middle
  void nothingIsTakenBackAfterTheEnd() throws Exception {
    try (Kernel kernel = boot()) {
      kernel.close();
      assertThat(kernel.cancel(0, 1)).isEqualTo(-Errno.ESHUTDOWN);
      assertThat(kernel.cancelFd(1)).isEqualTo(-Errno.ESHUTDOWN);
      assertThat(kernel.cancelAll()).isEqualTo(-Errno.ESHUTDOWN);
    }
  }

  @Test
  void withoutAPendingCallThereIsNothingToTakeBack() throws Exception {
    run(
        kernel -> {
          Rig rig = new Rig(kernel);
          assertThat(kernel.cancel(rig.ring, 0)).isEqualTo(-Errno.ENOENT);
          assertThat(kernel.cancelFd(rig.in)).isEqualTo(-Errno.ENOENT);
          assertThat(kernel.cancelAll()).isEqualTo(-Errno.ENOENT);
        });
  }

  @Test
  void callsByNameAreTakenBackOneByOneAndAllTogether() throws Exception {
    needsHandOver();
    run(
        kernel -> {
          Rig rig = new Rig(kernel);
          Calls calls = Calls.of(kernel);
          long[] ended = new long[MANY];
          Call first = calls.read(rig.in, rig.buffer, 1);
          first.then((told, call, status) -> told[0] = status, ended, 0);
          assertThat(first.cancel()).as("not submitted").isEqualTo(-Errno.ENOENT);
          calls.submit();
          assertThat(first.cancel()).isZero();
          assertThat(calls.await()).isTrue();
          assertThat(ended[0]).isEqualTo(-Errno.ECANCELED);
          for (int i = 0; i < MANY; i++) {
            Call call = calls.read(rig.in, rig.buffer, 1);
            call.then((told, its, status) -> told[(int) its.data()] = status, ended, i);
          }
          calls.submit();
          calls.cancelAll();
          assertThat(calls.awaitAll()).isZero();
          assertThat(ended).containsOnly(-Errno.ECANCELED);
        });
  }
}
