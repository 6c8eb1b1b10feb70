package io.syslet.kernel.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.syslet.Errno;
import io.syslet.Nr;
import io.syslet.Sys;
import io.syslet.Task;
import io.syslet.ring.Memory;
import org.junit.jupiter.api.Test;

/** The bugs that fio's syslet engine had, as far as a kernel can have them. */
public abstract class FioContract extends KernelContract {
  /** Of the kernels that the booter makes. */
  protected FioContract(Booter booter) {
    super(booter);
  }

  /** fio: index masked by the depth, not the ring. Three in flight use all eight slots. */
  @Test
  void indexMaskedByTheDepthNotTheRing() throws Exception {
    needsHandOver();
    run(
        kernel -> {
          Rig rig = new Rig(kernel, 8);
          for (long i = 0; i < 24; i += 3) {
            for (long k = i; k < i + 3; k++) {
              assertThat(rig.read(100 + k)).isEqualTo(PENDING);
            }
            rig.feed(3);
            assertThat(kernel.ringWait(rig.ring, rig.ring.tail(), 3, Long.MAX_VALUE)).isZero();
            long sum = 0;
            for (long k = i; k < i + 3; k++) {
              sum += Memory.getLong(rig.ring.address() + 16 + 16 * (k & 7) + 8);
              long _ = rig.consume();
            }
            assertThat(sum).isEqualTo(3 * (101 + i));
          }
        });
  }

  /** fio: missing read barrier: a completion is seen before what it tells of. */
  @Test
  void missingReadBarrier() throws Exception {
    run(
        kernel -> {
          Rig rig = new Rig(kernel);
          Rig feeder = new Rig(kernel);
          Task task = kernel.start(k -> number(feeder, rig, 500));
          for (long i = 0; i < 500; i++) {
            Memory.putLong(rig.buffer, -1);
            long result = rig.call(i, Nr.READ, rig.in, rig.buffer, 8);
            assertThat(rig.settled(result)).isEqualTo(8);
            assertThat(Memory.getLong(rig.buffer)).isEqualTo(i);
            feeder.feed(1);
          }
          task.join();
        });
  }

  private static void number(Rig gate, Rig to, int rounds) {
    for (long i = 0; i < rounds; i++) {
      Memory.putLong(gate.buffer, i);
      assertThat(Sys.write(gate.kernel, to.out, gate.buffer, 8)).isEqualTo(8);
      gate.take(1);
    }
  }

  /** fio: size rounded down: as many calls as the ring has elements can be in flight. */
  @Test
  void sizeRoundedDown() throws Exception {
    needsHandOver();
    run(
        kernel -> {
          for (int elements = 1; elements <= 32; elements *= 2) {
            Rig rig = new Rig(kernel, elements);
            for (int i = 0; i < elements; i++) {
              assertThat(rig.read(i)).isEqualTo(PENDING);
            }
            assertThat(rig.read(elements)).isEqualTo(-Errno.EAGAIN);
            rig.feed(elements);
            assertThat(kernel.ringWait(rig.ring, rig.ring.tail(), elements, Long.MAX_VALUE))
                .isZero();
            rig.close();
          }
        });
  }

  /** fio: a synchronous return expected in the ring. */
  @Test
  void aSynchronousReturnIsNotInTheRing() throws Exception {
    needsHandOver();
    run(
        kernel -> {
          Rig rig = new Rig(kernel, 4);
          for (int i = 0; i < 100; i++) {
            long result = rig.call(i, Nr.GETPPID, 0, 0, 0);
            assertThat(result).isNotEqualTo(-Errno.EAGAIN);
            assertThat(rig.ring.head() - rig.ring.tail()).isEqualTo(result == PENDING ? 1 : 0);
            long _ = rig.settled(result);
          }
        });
  }
}
