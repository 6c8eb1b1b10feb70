package io.syslet.kernel.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.syslet.Atoms;
import io.syslet.Errno;
import io.syslet.Kernel;
import io.syslet.Nr;
import io.syslet.Params;
import io.syslet.Prep;
import io.syslet.Syslet;
import io.syslet.ring.CompletionRing;
import io.syslet.ring.CompletionWord;
import io.syslet.ring.Memory;
import java.lang.foreign.Arena;
import org.junit.jupiter.api.Test;

/**
 * Programs of atoms in which a call blocks: the rest goes on without the caller, to one completion.
 */
public abstract class ProgramHandOverContract extends KernelContract {
  /** Of the kernels that the booter makes. */
  protected ProgramHandOverContract(Booter booter) {
    super(booter);
  }

  @Test
  void whenACallBlocksTheRestGoesOnWithoutTheCaller() throws Exception {
    needsHandOver();
    run(
        kernel -> {
          Rig rig = new Rig(kernel);
          Rig other = new Rig(kernel);
          Atoms atoms = Atoms.allocate(kernel.arena(), 4, 16, rig.ring);
          Prep.write(atoms.slots(), 0, 10, other.out, other.buffer, 1);
          Prep.read(atoms.slots(), 1, 11, rig.in, rig.buffer, 8);
          Prep.read(atoms.slots(), 2, 12, rig.in, rig.buffer, 8);
          Prep.write(atoms.slots(), 3, 13, other.out, other.buffer, 0);
          atoms.then(0, Atoms.STOP_ON_NEGATIVE, 1, 0);
          atoms.then(1, Atoms.STOP_ON_NON_POSITIVE, 2, atoms.data());
          atoms.then(2, Atoms.STOP_ON_NON_POSITIVE, 3, atoms.data() + 8);
          atoms.fetch(3, 2, atoms.data() + 8);
          assertThat(kernel.exec(atoms, 0, 10, 0)).isEqualTo(PENDING);
          other.take(1);
          assertThat(rig.ring.isEmpty()).isTrue();
          rig.feed(3);
          while (Memory.getLong(atoms.data()) != 3) {
            rig.nap(1000);
          }
          assertThat(kernel.ringWait(rig.ring, rig.ring.tail(), 1, 1_000_000))
              .as("the second read blocks as well")
              .isEqualTo(-Errno.ETIME);
          rig.feed(5);
          assertThat(rig.await()).isEqualTo(5);
          assertThat(rig.consume()).isEqualTo(13);
          other.take(5);
          assertThat(Memory.getLong(atoms.data())).isEqualTo(3);
          assertThat(atoms.status(2)).isEqualTo(5);
          assertThat(rig.ring.isEmpty()).as("one completion").isTrue();
          assertThat(kernel.stats().inFlight()).isZero();
        });
  }

  @Test
  void manyProgramsAreUnderWayAtOnce() throws Exception {
    needsHandOver();
    run(
        kernel -> {
          int many = 60;
          Rig rig = new Rig(kernel, 64);
          Rig other = new Rig(kernel);
          Atoms atoms = Atoms.allocate(kernel.arena(), 2 * many, 8, rig.ring);
          for (int i = 0; i < 2 * many; i += 2) {
            Prep.read(atoms.slots(), i, i, rig.in, rig.buffer, 1);
            atoms.then(i, Atoms.STOP_ON_NON_POSITIVE, i + 1, 0);
            Prep.umemAdd(atoms.slots(), i + 1, i + 1, atoms.data(), 1);
            assertThat(kernel.exec(atoms, i, 2, 0)).isEqualTo(PENDING);
          }
          rig.feed(many);
          long sum = 0;
          for (int i = 0; i < many; i++) {
            sum += rig.await();
            assertThat(rig.consume() & 1).isEqualTo(1);
          }
          assertThat(sum).as("each sum once").isEqualTo(many * (many + 1) / 2);
          assertThat(Memory.getLong(atoms.data())).isEqualTo(many);
          assertThat(other.ring.isEmpty()).isTrue();
        });
  }

  @Test
  void stepsAreBoundedInTheBackgroundToo() throws Exception {
    needsHandOver();
    run(
        kernel -> {
          Rig rig = new Rig(kernel);
          Atoms atoms = Atoms.allocate(kernel.arena(), 2, 8, rig.ring);
          Prep.read(atoms.slots(), 0, 5, rig.in, rig.buffer, 1);
          atoms.then(0, 0, 1, 0);
          Prep.umemAdd(atoms.slots(), 1, 6, atoms.data(), 1);
          atoms.then(1, 0, 1, 0);
          assertThat(kernel.exec(atoms, 0, 1000, 0)).isEqualTo(PENDING);
          rig.feed(1);
          assertThat(rig.await()).isEqualTo(-Errno.ETIME);
          assertThat(rig.consume()).isEqualTo(6);
          assertThat(Memory.getLong(atoms.data())).isEqualTo(999);
        });
  }

  @Test
  void anAtomThatCannotBeRunEndsTheProgramWhereItIs() throws Exception {
    needsHandOver();
    run(
        kernel -> {
          Rig rig = new Rig(kernel);
          Atoms atoms = Atoms.allocate(kernel.arena(), 3, 8, rig.ring);
          Prep.read(atoms.slots(), 0, 10, rig.in, rig.buffer, 1);
          atoms.then(0, 0, 1, 0);
          atoms.set(1, 11, Nr.MUNMAP, rig.buffer, 4096, 0, 0, 0, 0);
          atoms.then(1, 0, 2, 0);
          Prep.umemAdd(atoms.slots(), 2, 12, atoms.data(), 1);
          assertThat(kernel.exec(atoms, 0, 9, 0)).isEqualTo(PENDING);
          rig.feed(1);
          assertThat(rig.await()).isEqualTo(-Errno.EINVAL);
          assertThat(rig.consume()).isEqualTo(11);
          assertThat(atoms.status(0)).isEqualTo(1);
          assertThat(Memory.getLong(atoms.data())).isZero();
        });
  }

  @Test
  void gettidIsTheSubmittersAlsoInTheBackground() throws Exception {
    needsHandOver();
    run(
        kernel -> {
          Rig rig = new Rig(kernel);
          Atoms atoms = Atoms.allocate(kernel.arena(), 2, 0, rig.ring);
          Prep.read(atoms.slots(), 0, 0, rig.in, rig.buffer, 1);
          atoms.then(0, 0, 1, 0);
          atoms.set(1, 0, Nr.GETTID, 0, 0, 0, 0, 0, 0);
          assertThat(kernel.exec(atoms, 0, 2, 0)).isEqualTo(PENDING);
          rig.feed(1);
          assertThat(rig.await()).isEqualTo(kernel.syscall(Nr.GETTID, 0, 0, 0));
        });
  }

  @Test
  void aProgramMayCompleteToAWordOrToNobody() throws Exception {
    needsHandOver();
    run(
        kernel -> {
          Rig rig = new Rig(kernel);
          CompletionWord word = CompletionWord.allocate(kernel.arena());
          Atoms atoms = Atoms.allocate(kernel.arena(), 2, 8, rig.ring);
          Prep.read(atoms.slots(), 0, 0, rig.in, rig.buffer, 1);
          atoms.then(0, 0, 1, 0);
          Prep.umemAdd(atoms.slots(), 1, 0, atoms.data(), 17);
          target(atoms, Syslet.TARGET_WORD, word.address());
          assertThat(kernel.exec(atoms, 0, 2, 0)).isEqualTo(PENDING);
          rig.feed(1);
          assertThat(kernel.wordWait(word, Long.MAX_VALUE)).isZero();
          assertThat(word.status()).isEqualTo(17);
          target(atoms, Syslet.TARGET_NONE, 0);
          assertThat(kernel.exec(atoms, 0, 2, 0)).isEqualTo(PENDING);
          rig.feed(1);
          ended(rig);
          assertThat(Memory.getLong(atoms.data())).isEqualTo(34);
          assertThat(rig.ring.isEmpty()).isTrue();
        });
  }

  @Test
  void noCompleteInTheLastAtomTellsNobodyAndKeepsNoSlot() throws Exception {
    needsHandOver();
    run(
        kernel -> {
          Rig rig = new Rig(kernel, 2);
          Atoms atoms = Atoms.allocate(kernel.arena(), 2, 8, rig.ring);
          Prep.read(atoms.slots(), 0, 1, rig.in, rig.buffer, 1);
          atoms.then(0, Atoms.NO_COMPLETE, 1, 0);
          Prep.umemAdd(atoms.slots(), 1, 2, atoms.data(), 1);
          for (int i = 0; i < 10; i++) {
            boolean silent = i % 2 == 0;
            atoms.then(1, silent ? Atoms.NO_COMPLETE : 0, Atoms.END, 0);
            assertThat(kernel.exec(atoms, 0, 2, 0)).isEqualTo(PENDING);
            rig.feed(1);
            ended(rig);
            if (!silent) {
              assertThat(rig.await()).isEqualTo(i + 1);
              assertThat(rig.consume()).isEqualTo(2);
            }
            assertThat(rig.ring.isEmpty()).isTrue();
            allSlotsAreFree(rig);
          }
        });
  }

  /** The worker gives its slot back a moment after the program has been counted as ended. */
  private static void allSlotsAreFree(Rig rig) {
    int[] entries = new int[rig.ring.elements()];
    for (int i = 0; i < entries.length; i++) {
      entries[i] = rig.ring.producer().reserve();
      for (int tries = 0; tries < 5000 && entries[i] < 0; tries++) {
        rig.nap(1000);
        entries[i] = rig.ring.producer().reserve();
      }
      assertThat(entries[i]).isNotNegative();
    }
    for (int entry : entries) {
      rig.ring.producer().release(entry);
    }
  }

  @Test
  void theFrameIsEnteredAfterTheWholeProgram() throws Exception {
    needsHandOver();
    run(
        kernel -> {
          Rig rig = new Rig(kernel);
          CompletionRing left = CompletionRing.allocate(kernel.arena(), 4, 2);
          Atoms atoms = Atoms.allocate(kernel.arena(), 2, 8, rig.ring);
          long counter = atoms.data();
          long ip =
              kernel.frame(
                  sp ->
                      left.producer()
                          .complete(left.producer().reserve(), Memory.getLong(counter), sp));
          Memory.putLong(atoms.slots().params(0) + Params.FRAME_IP, ip);
          Memory.putLong(atoms.slots().params(0) + Params.FRAME_SP, 9);
          Prep.umemAdd(atoms.slots(), 0, 0, counter, 1);
          assertThat(kernel.exec(atoms, 0, 1, 0)).as("does not block: no frame").isZero();
          Prep.read(atoms.slots(), 0, 0, rig.in, rig.buffer, 1);
          atoms.then(0, 0, 1, 0);
          Prep.umemAdd(atoms.slots(), 1, 0, counter, 1);
          assertThat(kernel.exec(atoms, 0, 2, 0)).isEqualTo(PENDING);
          assertThat(kernel.exec(atoms, 0, 2, 0)).as("in use").isEqualTo(-Errno.EINVAL);
          rig.feed(1);
          assertThat(kernel.ringWait(left, left.tail())).isZero();
          assertThat(left.statusAt(left.tail())).isEqualTo(2);
          assertThat(rig.ring.statusAt(rig.ring.tail())).isEqualTo(2);
        });
  }

  @Test
  void aProgramStillUnderWayAtTheEndIsCompletedOnceAndGoesOnNoFurther() throws Exception {
    needsHandOver();
    CompletionRing ring = CompletionRing.allocate(Arena.global(), 8, 1);
    Atoms atoms = Atoms.allocate(Arena.global(), 2, 8, ring);
    try (Kernel kernel = boot()) {
      kernel.run(
          k -> {
            Rig rig = new Rig(k);
            Prep.read(atoms.slots(), 0, 5, rig.in, rig.buffer, 1);
            atoms.then(0, 0, 1, 0);
            Prep.umemAdd(atoms.slots(), 1, 6, atoms.data(), 1);
            atoms.then(1, Atoms.NO_COMPLETE, Atoms.END, 0);
            assertThat(k.exec(atoms, 0, 2, 0)).isEqualTo(PENDING);
          });
    }
    assertThat(ring.head() - ring.tail()).isEqualTo(1);
    assertThat(ring.statusAt(ring.tail())).isEqualTo(-Errno.ECANCELED);
    assertThat(ring.callerDataAt(ring.tail())).isEqualTo(5);
    assertThat(Memory.getLong(atoms.data())).isZero();
  }

  private static void ended(Rig rig) {
    while (rig.kernel.stats().inFlight() > 0) {
      rig.nap(1000);
    }
  }

  private static void target(Atoms atoms, int target, long address) {
    long params = atoms.slots().params(0);
    Memory.putInt(params + Params.TARGET, target);
    Memory.putLong(params + Params.COMPLETION_RING_PTR, address);
  }
}
