package io.syslet.linux;

import static org.assertj.core.api.Assertions.assertThat;

import io.syslet.CallSlots;
import io.syslet.Errno;
import io.syslet.Nr;
import io.syslet.Syslet;
import org.junit.jupiter.api.Test;

/** The batch form: in order, a short count at the first call that blocks. */
class BatchTest {
  private static final long PENDING = -Syslet.ESYSLETPENDING;

  @Test
  void aBatchThatDoesNotBlockIsDoneInOrder() throws Exception {
    Rig.run(
        kernel -> {
          Rig rig = new Rig(kernel);
          CallSlots slots = rig.slots(64);
          for (int i = 0; i < 64; i += 2) {
            slots.set(i, i, Nr.WRITE, rig.out, rig.buffer, i + 1, 0, 0, 0);
            slots.set(i + 1, i, Nr.READ, rig.in, rig.buffer, 8192, 0, 0, 0);
          }
          assertThat(kernel.indirect(slots, 0, 64, 0)).isEqualTo(64);
          for (int i = 0; i < 64; i++) {
            assertThat(slots.status(i)).isEqualTo(i / 2 * 2 + 1);
          }
          assertThat(kernel.indirect(slots, 0, 0, 0)).isZero();
          assertThat(kernel.indirect(slots, 1, 64, 0)).isEqualTo(-Errno.EINVAL);
          assertThat(kernel.indirect(slots, -1, 1, 0)).isEqualTo(-Errno.EINVAL);
        });
  }

  @Test
  void theOneThatBlocksIsTheLastAcceptedOne() throws Exception {
    Rig.run(
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
          assertThat(kernel.indirect(slots, 3, 1, 0)).isEqualTo(1);
          assertThat(slots.status(3)).isEqualTo(2);
          assertThat(rig.await()).isEqualTo(1);
          long first = rig.consume();
          assertThat(rig.await()).isEqualTo(1);
          assertThat(first + rig.consume()).isEqualTo(23);
        });
  }

  @Test
  void aRefusedSlotEndsTheBatchAndIsNotAccepted() throws Exception {
    Rig.run(
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
