package io.syslet.kernel.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.syslet.CallSlots;
import io.syslet.Errno;
import io.syslet.Kernel;
import io.syslet.Nr;
import io.syslet.Registers;
import io.syslet.Syslet;
import io.syslet.ring.Memory;
import org.junit.jupiter.api.Test;

/** The batch form: in order, a short count at the first call that blocks. */
public abstract class BatchContract extends KernelContract {
  /** Of the kernels that the booter makes. */
  protected BatchContract(Booter booter) {
    super(booter);
  }

  @Test
  void aBatchThatDoesNotBlockIsDoneInOrder() throws Exception {
    run(
        kernel -> {
          Rig rig = new Rig(kernel, 64);
          CallSlots slots = rig.slots(64);
          for (int i = 0; i < 64; i += 2) {
            slots.set(i, i, Nr.WRITE, rig.out, rig.buffer, i + 1, 0, 0, 0);
            slots.set(i + 1, i + 1, Nr.READ, rig.in, rig.buffer, 8192, 0, 0, 0);
          }
          long[] statuses = settled(rig, slots, 64);
          for (int i = 0; i < 64; i++) {
            assertThat(statuses[i]).isEqualTo(i / 2 * 2 + 1);
          }
        });
  }

  @Test
  void slotsBeyondTheArrayAreEinvalAndNoneIsNone() throws Exception {
    run(
        kernel -> {
          CallSlots slots = new Rig(kernel).slots(64);
          assertThat(kernel.indirect(slots, 0, 0, 0)).isZero();
          assertThat(kernel.indirect(slots, 1, 64, 0)).isEqualTo(-Errno.EINVAL);
          assertThat(kernel.indirect(slots, -1, 1, 0)).isEqualTo(-Errno.EINVAL);
          assertThat(kernel.indirect(slots, 0, -1, 0)).isEqualTo(-Errno.EINVAL);
          assertThat(kernel.indirect(slots, 0, 1, 4)).isEqualTo(-Errno.EINVAL);
        });
  }

  @Test
  void aSlotThatWasNotAcceptedNeverReadsAsPending() throws Exception {
    needsHandOver();
    run(
        kernel -> {
          Rig rig = new Rig(kernel, 2);
          CallSlots slots = rig.slots(3);
          for (int i = 0; i < 2; i++) {
            slots.set(0, i, Nr.READ, rig.in, rig.buffer, 1, 0, 0, 0);
            assertThat(kernel.indirect(slots, 0, 1, 0)).isEqualTo(1);
            assertThat(slots.status(0)).isEqualTo(-Syslet.ESYSLETPENDING);
          }
          for (int i = 0; i < 3; i++) {
            slots.set(i, 2 + i, Nr.READ, rig.in, rig.buffer, 1, 0, 0, 0);
          }
          assertThat(kernel.indirect(slots, 0, 3, 0))
              .as("the ring is full")
              .isEqualTo(-Errno.EAGAIN);
          assertThat(slots.status(0)).isEqualTo(-Errno.EAGAIN);
          assertThat(slots.status(1)).isEqualTo(-Errno.EAGAIN);
          slots.set(0, 2, Nr.MUNMAP, 0, 0, 0, 0, 0, 0);
          assertThat(kernel.indirect(slots, 0, 1, 0)).isEqualTo(-Errno.EINVAL);
          assertThat(slots.status(0)).isEqualTo(-Errno.EINVAL);
          rig.feed(2);
          assertThat(kernel.ringWait(rig.ring, rig.ring.tail(), 2, Long.MAX_VALUE)).isZero();
        });
  }

  @Test
  void slotsBehindOneThatBlocksReadAsNotMade() throws Exception {
    needsHandOver();
    run(
        kernel -> {
          Rig rig = new Rig(kernel, 8);
          CallSlots slots = rig.slots(4);
          for (int round = 0; round < 2; round++) {
            for (int i = 0; i < 4; i++) {
              slots.set(i, i, Nr.READ, rig.in, rig.buffer, 1, 0, 0, 0);
            }
            assertThat(kernel.indirect(slots, 0, 4, 0)).isEqualTo(1);
            assertThat(slots.status(0)).isEqualTo(-Syslet.ESYSLETPENDING);
            for (int i = 1; i < 4; i++) {
              assertThat(slots.status(i)).isEqualTo(-Errno.EAGAIN);
            }
          }
          rig.feed(2);
          assertThat(kernel.ringWait(rig.ring, rig.ring.tail(), 2, Long.MAX_VALUE)).isZero();
        });
  }

  /** Submits until all were accepted; the statuses by caller data, which is the index. */
  private static long[] settled(Rig rig, CallSlots slots, int count) {
    Kernel kernel = rig.kernel;
    long[] statuses = new long[count];
    for (int done = 0; done < count; ) {
      int accepted = kernel.indirect(slots, done, count - done, 0);
      assertThat(accepted).isPositive();
      for (int i = done; i < done + accepted; i++) {
        statuses[i] = rig.settled(slots.status(i));
      }
      done += accepted;
    }
    return statuses;
  }

  @Test
  void theOneThatBlocksIsTheLastAcceptedOne() throws Exception {
    needsHandOver();
    run(
        kernel -> {
          Rig rig = new Rig(kernel);
          CallSlots slots = rig.slots(4);
          slots.set(0, 10, Nr.GETPPID, 0, 0, 0, 0, 0, 0);
          slots.set(1, 11, Nr.READ, rig.in, rig.buffer, 1, 0, 0, 0);
          slots.set(2, 12, Nr.READ, rig.in, rig.buffer, 1, 0, 0, 0);
          slots.set(3, 13, Nr.WRITE, rig.out, rig.buffer, 2, 0, 0, 0);
          assertThat(kernel.indirect(slots, 0, 4, 0)).isEqualTo(2);
          assertThat(slots.status(1)).isEqualTo(PENDING);
          assertThat(kernel.indirect(slots, 2, 2, 0)).isEqualTo(1);
          assertThat(slots.status(2)).isEqualTo(PENDING);
          rig.feed(2);
          assertThat(rig.await()).isEqualTo(1);
          long first = rig.consume();
          assertThat(rig.await()).isEqualTo(1);
          assertThat(first + rig.consume()).isEqualTo(23);
        });
  }

  @Test
  void aSlotIsTheCallersAgainAsSoonAsTheBatchHasReturned() throws Exception {
    needsHandOver();
    run(
        kernel -> {
          Rig rig = new Rig(kernel);
          CallSlots slots = rig.slots(1);
          slots.set(0, 1, Nr.READ, rig.in, rig.buffer, 1, 0, 0, 0);
          assertThat(kernel.indirect(slots, 0, 1, 0)).isEqualTo(1);
          Memory.clear(slots.slot(0), Registers.LENGTH);
          slots.set(0, 99, 500, 0, 0, 0, 0, 0, 0);
          rig.feed(1);
          assertThat(rig.await()).isEqualTo(1);
          assertThat(rig.consume()).isEqualTo(1);
          assertThat(slots.status(0)).as("not written any more").isEqualTo(PENDING);
        });
  }

  @Test
  void aRefusedSlotEndsTheBatchAndIsNotAccepted() throws Exception {
    run(
        kernel -> {
          Rig rig = new Rig(kernel);
          CallSlots slots = rig.slots(3);
          slots.set(0, 1, Nr.GETTID, 0, 0, 0, 0, 0, 0);
          slots.set(1, 2, Nr.MUNMAP, rig.buffer, 4096, 0, 0, 0, 0);
          slots.set(2, 3, Nr.GETPPID, 0, 0, 0, 0, 0, 0);
          assertThat(kernel.indirect(slots, 0, 3, 0)).isEqualTo(1);
          assertThat(slots.status(0)).isPositive();
          assertThat(kernel.indirect(slots, 1, 2, 0)).isEqualTo(-Errno.EINVAL);
          assertThat(kernel.indirect(slots, 2, 1, 0)).isEqualTo(1);
        });
  }
}
