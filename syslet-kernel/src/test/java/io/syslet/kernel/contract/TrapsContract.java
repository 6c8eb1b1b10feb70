package io.syslet.kernel.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.syslet.Atoms;
import io.syslet.CallSlots;
import io.syslet.Errno;
import io.syslet.Kernel;
import io.syslet.Nr;
import io.syslet.Prep;
import io.syslet.Task;
import io.syslet.ring.CompletionRing;
import io.syslet.ring.Memory;
import java.lang.foreign.MemorySegment;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the v7 patch did wrong, tried on a whole kernel. */
public abstract class TrapsContract extends KernelContract {
  /** Of the kernels that the booter makes. */
  protected TrapsContract(Booter booter) {
    super(booter);
  }

  private static final int ELEMENTS_OFFSET = 8;
  private static final int FOREVER = Integer.MAX_VALUE;

  /** v7: status passed through an int. */
  @ParameterizedTest
  @ValueSource(longs = {1L << 32, Long.MAX_VALUE, Long.MIN_VALUE, 0xffff_ffffL, -4095})
  void statusPassedThroughAnInt(long status) throws Exception {
    needsHandOver();
    run(
        kernel -> {
          Rig rig = new Rig(kernel);
          Atoms atoms = Atoms.allocate(kernel.arena(), 2, 8, rig.ring);
          Memory.putLong(atoms.data(), status - 1);
          Prep.read(atoms.slots(), 0, 1, rig.in, rig.buffer, 1);
          atoms.then(0, 0, 1, 0);
          Prep.umemAdd(atoms.slots(), 1, ~status, atoms.data(), 1);
          assertThat(kernel.exec(atoms, 0, 2, 0)).isEqualTo(PENDING);
          rig.feed(1);
          assertThat(rig.await()).isEqualTo(status);
          assertThat(rig.consume()).isEqualTo(~status);
        });
  }

  /** v7: head never compared with tail: a full ring is overwritten. */
  @Test
  void headNeverComparedWithTailAFullRingIsOverwritten() throws Exception {
    needsHandOver();
    run(
        kernel -> {
          Rig rig = new Rig(kernel, 4);
          for (int i = 0; i < 4; i++) {
            assertThat(rig.read(i)).isEqualTo(PENDING);
          }
          assertThat(rig.read(4)).as("all slots are reserved").isEqualTo(-Errno.EAGAIN);
          CallSlots slots = rig.slots(1);
          slots.set(0, 4, Nr.READ, rig.in, rig.buffer, 1, 0, 0, 0);
          assertThat(kernel.indirect(slots, 0, 1, 0)).isEqualTo(-Errno.EAGAIN);
          rig.feed(4);
          assertThat(kernel.ringWait(rig.ring, rig.ring.tail(), 4, Long.MAX_VALUE)).isZero();
          assertThat(rig.read(5)).as("completed, not consumed").isEqualTo(-Errno.EAGAIN);
          long sum = 0;
          for (int i = 0; i < 4; i++) {
            sum += rig.consume();
          }
          assertThat(sum).isEqualTo(6);
          rig.feed(1);
          assertThat(rig.settled(rig.read(6))).as("not made before").isEqualTo(1);
        });
  }

  /** v7: elements re-read at completion; a failure there is lost. */
  @Test
  void elementsReReadAtCompletionAFailureThereIsLost() throws Exception {
    needsHandOver();
    run(
        kernel -> {
          Rig rig = new Rig(kernel, 8);
          for (int elements : new int[] {0, 3, -1, 1 << 30, 1}) {
            assertThat(rig.read(elements)).isEqualTo(PENDING);
            Memory.putInt(rig.ring.address() + ELEMENTS_OFFSET, elements);
            rig.feed(1);
            assertThat(rig.await()).isEqualTo(1);
            assertThat(rig.consume()).isEqualTo(elements);
          }
        });
  }

  /** v7: wake-up test without a full barrier: the sleeper and the waker miss each other. */
  @Test
  void wakeUpTestWithoutAFullBarrier() throws Exception {
    run(
        kernel -> {
          Rig there = new Rig(kernel);
          Rig back = new Rig(kernel);
          int rounds = 1000;
          Task echo = kernel.start(k -> echo(new Rig(k), there, back, rounds));
          for (int i = 0; i < rounds; i++) {
            there.feed(1);
            assertThat(back.settled(back.read(i))).isEqualTo(1);
          }
          echo.join();
        });
  }

  private static void echo(Rig own, Rig from, Rig to, int rounds) {
    for (int i = 0; i < rounds; i++) {
      long result = own.call(i, Nr.READ, from.in, own.buffer, 1);
      assertThat(own.settled(result)).isEqualTo(1);
      to.feed(1);
    }
  }

  /**
   * v7: no spare worker: the submitter blocks and returns synchronously; ours too, and counts. One
   * worker after the other is kept in a call, until a sleep finds none.
   */
  @Test
  void withNoSpareWorkerTheSubmitterBlocksAndReturnsSynchronously() throws Exception {
    needsHandOver();
    assumeTrue(booter.waitsAtWorkers(), "a read of a pipe needs no worker here");
    try (Kernel booted = boot(3)) {
      booted.run(
          kernel -> {
            Rig rig = new Rig(kernel, 64);
            Rig kept = new Rig(kernel, 64);
            while (sleep(rig) == PENDING) {
              assertThat(rig.await()).isZero();
              long _ = rig.consume();
              assertThat(kept.read(1)).isEqualTo(PENDING);
            }
            for (int i = 0; i < 20 && kernel.stats().noSpare() == 0; i++) {
              assertThat(sleep(rig)).isZero();
            }
            assertThat(kernel.stats().noSpare()).isPositive();
            assertThat(kernel.stats().workers()).isEqualTo(3);
            assertThat(rig.ring.isEmpty()).isTrue();
            kept.feed((int) kernel.stats().inFlight());
          });
    }
  }

  private static long sleep(Rig rig) {
    return rig.call(1, Nr.NANOSLEEP, rig.timespec(30_000), 0, 0);
  }

  /** v7: the hook fires once per call; what blocks again after it fires nothing. */
  @Test
  void aSecondBlockOfOneCallFiresNothing() throws Exception {
    needsHandOver();
    run(
        kernel -> {
          Rig rig = new Rig(kernel);
          int length = 512 << 10;
          long bytes = kernel.arena().allocate(length).address();
          assertThat(rig.call(7, Nr.WRITE, rig.out, bytes, length)).isEqualTo(PENDING);
          long pending = kernel.stats().pending();
          for (int taken = 0; taken < length; taken += 4096) {
            rig.take(4096);
          }
          assertThat(rig.await()).isEqualTo(length);
          assertThat(rig.consume()).isEqualTo(7);
          assertThat(rig.ring.isEmpty()).isTrue();
          assertThat(kernel.stats().pending()).isEqualTo(pending).isEqualTo(1);
        });
  }

  /** v7: waiting for a ring through a syslet is only an XXX. */
  @Test
  void waitingForARingThroughASysletIsRefused() throws Exception {
    run(
        kernel -> {
          Rig rig = new Rig(kernel);
          CallSlots slots = rig.slots(1);
          long ring = rig.ring.address();
          for (long nr : new long[] {Nr.INDIRECT, Nr.RING_WAIT, Nr.WORD_WAIT, Nr.UMEM_ADD}) {
            assertThat(rig.call(1, nr, ring, 0, 0)).isEqualTo(-Errno.EINVAL);
            assertThat(kernel.syscall(nr, ring, 0, 0)).isEqualTo(-Errno.EINVAL);
            slots.set(0, 1, nr, ring, 0, 0, 0, 0, 0);
            assertThat(kernel.indirect(slots, 0, 1, 0)).isEqualTo(-Errno.EINVAL);
          }
          assertThat(rig.ring.isEmpty()).isTrue();
        });
  }

  /** v7: user_idx is an unsigned long, and a sign-extended one never equals the head. */
  @ParameterizedTest
  @ValueSource(ints = {-1, 0x80000000, 0x7fffffff, -2, 0})
  void onlyTheLow32BitsOfAnIndexCountAndAnyStartIsLegal(int start) throws Exception {
    needsHandOver();
    run(
        kernel -> {
          MemorySegment memory = kernel.arena().allocate(CompletionRing.sizeOf(8), 128);
          Memory.putInt(memory.address(), start);
          Memory.putInt(memory.address() + 4, start);
          Memory.putInt(memory.address() + ELEMENTS_OFFSET, 8);
          Rig rig = new Rig(kernel, CompletionRing.wrap(memory));
          long signExtended = start;
          long nanos = 1_000_000;
          assertThat(kernel.ringWait(rig.ring, signExtended, 1, nanos)).isEqualTo(-Errno.ETIME);
          assertThat(kernel.ringWait(rig.ring, signExtended + 1)).isZero();
          for (int i = 0; i < 20; i++) {
            assertThat(rig.read(i)).isEqualTo(PENDING);
            rig.feed(1);
            assertThat(kernel.ringWait(rig.ring, signExtended + i)).isZero();
            assertThat(rig.consume()).isEqualTo(i);
          }
          assertThat(rig.ring.tail()).isEqualTo(start + 20);
        });
  }

  @Test
  void aWaitForMoreThanTheRingHoldsIsEinval() throws Exception {
    run(
        kernel -> {
          CompletionRing ring = new Rig(kernel, 4).ring;
          assertThat(kernel.ringWait(ring, ring.tail(), 5, FOREVER)).isEqualTo(-Errno.EINVAL);
          assertThat(kernel.ringWait(ring, ring.tail(), -1, FOREVER)).isEqualTo(-Errno.EINVAL);
          assertThat(kernel.ringWait(ring, ring.tail(), 0, FOREVER)).isZero();
        });
  }
}
