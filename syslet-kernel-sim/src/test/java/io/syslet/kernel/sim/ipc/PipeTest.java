package io.syslet.kernel.sim.ipc;

import static org.assertj.core.api.Assertions.assertThat;

import io.syslet.Errno;
import io.syslet.Kernel;
import io.syslet.Nr;
import io.syslet.Program;
import io.syslet.Sys;
import io.syslet.Task;
import io.syslet.kernel.contract.Rig;
import io.syslet.kernel.sim.SimKernel;
import io.syslet.kernel.sim.SimOptions;
import io.syslet.ring.Memory;
import org.junit.jupiter.api.Test;

/** pipe(7) and eventfd(2) on the machine. */
class PipeTest {
  private static void run(Program program) throws Exception {
    try (SimKernel kernel = SimKernel.boot(SimOptions.defaults())) {
      kernel.run(program);
    }
  }

  @Test
  void aPipeHoldsItsCapacityAndAWriterOfMoreSleeps() throws Exception {
    run(
        kernel -> {
          Rig rig = new Rig(kernel);
          long big = kernel.arena().allocate(2 * Pipe.CAPACITY, 8).address();
          for (int i = 0; i < 2 * Pipe.CAPACITY; i++) {
            Memory.putByte(big + i, (byte) (i * 31));
          }
          Task writer =
              kernel.start(
                  k ->
                      assertThat(k.syscall(Nr.WRITE, rig.out, big, 2 * Pipe.CAPACITY))
                          .isEqualTo(2 * Pipe.CAPACITY));
          for (int i = 0; i < 2 * Pipe.CAPACITY; ) {
            long read = kernel.syscall(Nr.READ, rig.in, rig.buffer, 1000);
            assertThat(read).isPositive();
            for (int j = 0; j < read; j++, i++) {
              assertThat(Memory.getByte(rig.buffer + j)).isEqualTo((byte) (i * 31));
            }
          }
          writer.join();
        });
  }

  @Test
  void theOtherEndIsGone() throws Exception {
    run(
        kernel -> {
          Rig rig = new Rig(kernel);
          rig.feed(1);
          assertThat(kernel.syscall(Nr.CLOSE, rig.out, 0, 0)).isZero();
          assertThat(kernel.syscall(Nr.READ, rig.in, rig.buffer, 5)).isEqualTo(1);
          assertThat(kernel.syscall(Nr.READ, rig.in, rig.buffer, 5)).isZero();
          assertThat(kernel.syscall(Nr.CLOSE, rig.out, 0, 0)).isEqualTo(-Errno.EBADF);
          Rig other = new Rig(kernel);
          assertThat(kernel.syscall(Nr.CLOSE, other.in, 0, 0)).isZero();
          assertThat(kernel.syscall(Nr.WRITE, other.out, rig.buffer, 1)).isEqualTo(-Errno.EPIPE);
          assertThat(kernel.syscall(Nr.READ, other.out, rig.buffer, 1)).isEqualTo(-Errno.EBADF);
        });
  }

  @Test
  void aStartedCallHoldsItsFile() throws Exception {
    run(
        kernel -> {
          Rig rig = new Rig(kernel);
          assertThat(rig.read(1)).isEqualTo(-io.syslet.Syslet.ESYSLETPENDING);
          assertThat(kernel.syscall(Nr.CLOSE, rig.in, 0, 0)).isZero();
          assertThat(kernel.syscall(Nr.WRITE, rig.out, rig.buffer, 1))
              .as("there is still a reader")
              .isEqualTo(1);
          assertThat(rig.await()).isEqualTo(1);
          assertThat(kernel.syscall(Nr.WRITE, rig.out, rig.buffer, 1)).isEqualTo(-Errno.EPIPE);
        });
  }

  @Test
  void nonBlockingEndsDoNotSleep() throws Exception {
    run(
        kernel -> {
          Rig rig = new Rig(kernel);
          assertThat(kernel.syscall(Nr.PIPE2, rig.buffer, Sys.O_NONBLOCK, 0)).isZero();
          int in = Memory.getInt(rig.buffer);
          int out = Memory.getInt(rig.buffer + 4);
          assertThat(kernel.syscall(Nr.READ, in, rig.buffer, 1)).isEqualTo(-Errno.EAGAIN);
          long all = 0;
          for (long n = 1; n > 0; all += Math.max(n, 0)) {
            n = kernel.syscall(Nr.WRITE, out, rig.buffer, 4096);
            assertThat(n).isIn(4096L, (long) -Errno.EAGAIN);
          }
          assertThat(all).isEqualTo(Pipe.CAPACITY);
          assertThat(kernel.syscall(Nr.PIPE2, rig.buffer, 1, 0)).isEqualTo(-Errno.EINVAL);
        });
  }

  @Test
  void anEventfdCounts() throws Exception {
    run(
        kernel -> {
          Rig rig = new Rig(kernel);
          long fd = kernel.syscall(Nr.EVENTFD2, 3, 0, 0);
          assertThat(read(kernel, rig, fd)).isEqualTo(3);
          assertThat(rig.call(1, Nr.READ, fd, rig.buffer, 8))
              .isEqualTo(-io.syslet.Syslet.ESYSLETPENDING);
          Memory.putLong(rig.buffer + 8, 5);
          assertThat(kernel.syscall(Nr.WRITE, fd, rig.buffer + 8, 8)).isEqualTo(8);
          assertThat(rig.await()).isEqualTo(8);
          assertThat(Memory.getLong(rig.buffer)).isEqualTo(5);
          Memory.putLong(rig.buffer, -1);
          assertThat(kernel.syscall(Nr.WRITE, fd, rig.buffer, 8)).isEqualTo(-Errno.EINVAL);
          assertThat(kernel.syscall(Nr.READ, fd, rig.buffer, 7)).isEqualTo(-Errno.EINVAL);
          long semaphore = kernel.syscall(Nr.EVENTFD2, 2, 1, 0);
          assertThat(read(kernel, rig, semaphore)).isEqualTo(1);
          assertThat(read(kernel, rig, semaphore)).isEqualTo(1);
        });
  }

  private static long read(Kernel kernel, Rig rig, long fd) {
    assertThat(kernel.syscall(Nr.READ, fd, rig.buffer, 8)).isEqualTo(8);
    return Memory.getLong(rig.buffer);
  }

  @Test
  void descriptorsRunOut() throws Exception {
    run(
        kernel -> {
          Rig rig = new Rig(kernel);
          long fd = 0;
          for (int i = 0; i < 2000 && fd >= 0; i++) {
            fd = kernel.syscall(Nr.EVENTFD2, 0, 0, 0);
          }
          assertThat(fd).isEqualTo(-Errno.EMFILE);
          assertThat(kernel.syscall(Nr.PIPE2, rig.buffer, 0, 0)).isEqualTo(-Errno.EMFILE);
          assertThat(kernel.syscall(Nr.CLOSE, 700, 0, 0)).isZero();
          assertThat(kernel.syscall(Nr.PIPE2, rig.buffer, 0, 0))
              .as("one is not enough")
              .isEqualTo(-Errno.EMFILE);
          assertThat(kernel.syscall(Nr.EVENTFD2, 0, 0, 0)).as("the lowest").isEqualTo(700);
        });
  }
}
