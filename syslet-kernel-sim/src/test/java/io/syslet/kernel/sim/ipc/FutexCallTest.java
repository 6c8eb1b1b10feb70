package io.syslet.kernel.sim.ipc;

import static org.assertj.core.api.Assertions.assertThat;

import io.syslet.Errno;
import io.syslet.Kernel;
import io.syslet.Nr;
import io.syslet.Syslet;
import io.syslet.Task;
import io.syslet.kernel.contract.Rig;
import org.junit.jupiter.api.Test;

/** Waiting in the simulated machine for words of memory. */
class FutexCallTest extends OnSimKernel {
  private static final int WAIT = 0;
  private static final int WAKE = 1;
  private static final int CMP_REQUEUE = 4;
  private static final int WAIT_BITSET = 9;
  private static final int WAKE_BITSET = 10;

  private long futex(Kernel k, long word, int op, int value, long a3, long a4, long a5) {
    return k.syscall(Nr.FUTEX, word, op, value, a3, a4, a5);
  }

  @Test
  void aFutexWaitEndsWithAWakeAndNotBefore() throws Exception {
    run(
        k -> {
          Rig rig = new Rig(k);
          long word = memory(4);
          assertThat(futex(k, word, WAIT, 1, 0, 0, 0)).isEqualTo(-Errno.EAGAIN);
          assertThat(futex(k, word, WAKE, 1, 0, 0, 0)).isZero();
          assertThat(rig.call(1, Nr.FUTEX, word, WAIT, 0)).isEqualTo(-Syslet.ESYSLETPENDING);
          assertThat(rig.call(2, Nr.FUTEX, word, WAIT, 0)).isEqualTo(-Syslet.ESYSLETPENDING);
          assertThat(futex(k, word, WAKE, 1, 0, 0, 0)).isEqualTo(1);
          assertThat(rig.await()).isZero();
          assertThat(rig.consume()).isEqualTo(1);
          assertThat(futex(k, word, WAKE, 5, 0, 0, 0)).isEqualTo(1);
          assertThat(rig.await()).isZero();
        });
  }

  @Test
  void aFutexWaitEndsAtItsTime() throws Exception {
    run(
        k -> {
          long word = memory(8);
          long before = kernel.virtualNanos();
          long waited = futex(k, word, WAIT, 0, timespec(3 * MILLI), 0, 0);
          assertThat(waited).isEqualTo(-Errno.ETIMEDOUT);
          assertThat(kernel.virtualNanos() - before).isBetween(3 * MILLI, 4 * MILLI);
          long absolute = timespec(kernel.virtualNanos() + 2 * MILLI);
          assertThat(futex(k, word, WAIT_BITSET, 0, absolute, 0, 1)).isEqualTo(-Errno.ETIMEDOUT);
          assertThat(futex(k, word, WAIT, 0, 4096, 0, 0)).isEqualTo(-Errno.EFAULT);
          assertThat(futex(k, word + 1, WAIT, 0, 0, 0, 0)).isEqualTo(-Errno.EINVAL);
        });
  }

  @Test
  void aFutexWakesByBitsAndMovesWaitersToAnotherWord() throws Exception {
    run(
        k -> {
          Rig rig = new Rig(k);
          long word = memory(4);
          long other = memory(4);
          Task first = k.start(task -> assertThat(waitForBits(task, word, 1)).isZero());
          Task second = k.start(task -> assertThat(waitForBits(task, word, 2)).isZero());
          rig.nap(10);
          assertThat(futex(k, word, WAKE_BITSET, 5, 0, 0, 2)).isEqualTo(1);
          second.join();
          assertThat(futex(k, word, CMP_REQUEUE, 0, 5, other, 9)).isEqualTo(-Errno.EAGAIN);
          assertThat(futex(k, word, CMP_REQUEUE, 0, 5, other, 0)).isEqualTo(1);
          assertThat(futex(k, word, WAKE, 5, 0, 0, 0)).isZero();
          assertThat(futex(k, other, WAKE, 5, 0, 0, 0)).isEqualTo(1);
          first.join();
        });
  }

  private long waitForBits(Kernel k, long word, int bits) {
    return futex(k, word, WAIT_BITSET, 0, 0, 0, bits);
  }
}
