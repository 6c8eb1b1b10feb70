package io.syslet.kernel.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.syslet.Atoms;
import io.syslet.CallSlots;
import io.syslet.Errno;
import io.syslet.Kernel;
import io.syslet.Nr;
import io.syslet.Params;
import io.syslet.Prep;
import io.syslet.Program;
import io.syslet.Syslet;
import io.syslet.ring.CompletionRing;
import io.syslet.ring.CompletionWord;
import io.syslet.ring.Memory;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/**
 * A call whose own result is −132: that means pending and nothing else, so it is completed to its
 * target, frame and all.
 */
public abstract class OwnResultContract extends KernelContract {
  /** Of the kernels that the booter makes. */
  protected OwnResultContract(Booter booter) {
    super(booter);
  }

  private void runOdd(Program program) throws Exception {
    assumeTrue(booter.makesOddCalls(), "no seccomp filter may be set here");
    run(program);
  }

  private static long odd(Rig rig, long callerData) {
    return rig.call(callerData, Nr.GETRANDOM, rig.buffer, 8, OddCalls.FLAGS);
  }

  @Test
  void itGoesToTheRing() throws Exception {
    runOdd(
        kernel -> {
          Rig rig = new Rig(kernel);
          assertThat(odd(rig, 9)).isEqualTo(PENDING);
          assertThat(rig.await()).isEqualTo(-132);
          assertThat(rig.consume()).isEqualTo(9);
          assertThat(rig.ring.isEmpty()).as("once").isTrue();
          assertThat(kernel.stats().inFlight()).isZero();
          assertThat(kernel.stats().pending()).isEqualTo(1);
        });
  }

  /** Nobody could be told that it is pending. */
  @Test
  void aPlainCallsIsEio() throws Exception {
    runOdd(
        kernel -> {
          Rig rig = new Rig(kernel);
          assertThat(rig.call(1, Syslet.NONBLOCK, Nr.GETRANDOM, rig.buffer, 8, OddCalls.FLAGS))
              .isIn((long) -Errno.EIO, (long) -Errno.EOPNOTSUPP);
          Params.put(rig.params.address(), 0, 0);
          assertThat(odd(rig, 1)).isEqualTo(-Errno.EIO);
          CallSlots slots = rig.slots(2);
          slots.set(0, 1, Nr.GETRANDOM, rig.buffer, 8, OddCalls.FLAGS, 0, 0, 0);
          Params.put(slots.params(0), 0, 0);
          slots.set(1, 2, Nr.GETPPID, 0, 0, 0, 0, 0, 0);
          assertThat(kernel.indirect(slots, 0, 2, 0)).as("the next one is made").isEqualTo(2);
          assertThat(slots.status(0)).isEqualTo(-Errno.EIO);
          assertThat(rig.ring.isEmpty()).isTrue();
        });
  }

  @Test
  void itIsTheLastOneThatABatchAccepts() throws Exception {
    runOdd(
        kernel -> {
          Rig rig = new Rig(kernel);
          CallSlots slots = rig.slots(3);
          slots.set(0, 1, Nr.GETPPID, 0, 0, 0, 0, 0, 0);
          slots.set(1, 2, Nr.GETRANDOM, rig.buffer, 8, OddCalls.FLAGS, 0, 0, 0);
          slots.set(2, 3, Nr.GETPPID, 0, 0, 0, 0, 0, 0);
          assertThat(kernel.indirect(slots, 0, 3, 0)).isEqualTo(2);
          assertThat(slots.status(0)).isEqualTo(kernel.syscall(Nr.GETPPID, 0, 0, 0));
          assertThat(slots.status(1)).isEqualTo(PENDING);
          assertThat(rig.await()).isEqualTo(-132);
          assertThat(rig.consume()).isEqualTo(2);
        });
  }

  @Test
  void itGoesToAWord() throws Exception {
    runOdd(
        kernel -> {
          Rig rig = new Rig(kernel);
          CompletionWord word = CompletionWord.allocate(kernel.arena());
          rig.completeTo(word);
          assertThat(odd(rig, 9)).isEqualTo(PENDING);
          assertThat(kernel.wordWait(word, Long.MAX_VALUE)).isZero();
          assertThat(word.status()).isEqualTo(-132);
        });
  }

  /** Of a plain thread, too, whose calls are never handed over. */
  @Test
  void itsFrameIsEnteredAndItsStackIsFreeAgain() throws Exception {
    assumeTrue(booter.makesOddCalls(), "no seccomp filter may be set here");
    try (Kernel booted = boot()) {
      booted.run(kernel -> entersItsFrameTwice(booted, kernel));
      entersItsFrameTwice(booted, booted);
    }
  }

  private void entersItsFrameTwice(Kernel booted, Kernel kernel) {
    AtomicInteger entered = new AtomicInteger();
    CompletionRing left = CompletionRing.allocate(kernel.arena(), 4, 2);
    Rig rig = new Rig(kernel);
    Memory.putLong(
        rig.params.address() + Params.FRAME_IP,
        kernel.frame(
            sp -> {
              entered.incrementAndGet();
              assertThat(left.producer().complete(left.producer().reserve(), sp, 0)).isZero();
            }));
    Memory.putLong(rig.params.address() + Params.FRAME_SP, 33);
    for (int times = 1; times <= 2; times++) {
      assertThat(odd(rig, times)).isEqualTo(PENDING);
      assertThat(rig.await()).isEqualTo(-132);
      assertThat(rig.consume()).isEqualTo(times);
      assertThat(kernel.ringWait(left, left.tail())).isZero();
      assertThat(left.statusAt(left.tail())).isEqualTo(33);
      left.advanceTo(left.tail() + 1);
      assertThat(entered).hasValue(times);
      while (booter.framesInUse(booted) > 0) {
        rig.nap(100);
      }
    }
  }

  /** With as many calls pending as there may be, so that it is waited for. */
  @Test
  void itIsCompletedAlsoWhereNobodyCouldGoOnWithoutIt() throws Exception {
    assumeTrue(booter.makesOddCalls(), "no seccomp filter may be set here");
    needsHandOver();
    try (Kernel booted = boot(3)) {
      booted.run(
          kernel -> {
            Rig rig = new Rig(kernel);
            assertThat(rig.read(1)).isEqualTo(PENDING);
            assertThat(kernel.maxWorkers(1)).isEqualTo(3);
            assertThat(odd(rig, 2)).isEqualTo(PENDING);
            assertThat(rig.await()).isEqualTo(-132);
            assertThat(rig.consume()).isEqualTo(2);
            rig.feed(1);
            assertThat(rig.await()).isEqualTo(1);
            assertThat(rig.consume()).isEqualTo(1);
            assertThat(rig.ring.isEmpty()).isTrue();
          });
    }
  }

  /** In a program it is a status like others, and the next call is nobody's but its own. */
  @Test
  void aProgramGoesOnBehindIt() throws Exception {
    needsHandOver();
    runOdd(
        kernel -> {
          Rig rig = new Rig(kernel);
          Atoms atoms = Atoms.allocate(kernel.arena(), 2, 8, rig.ring);
          atoms.set(0, 1, Nr.GETRANDOM, rig.buffer, 8, OddCalls.FLAGS, 0, 0, 0);
          atoms.then(0, 0, 1, 0);
          Prep.umemAdd(atoms.slots(), 1, 2, atoms.data(), 1);
          long outcome = kernel.exec(atoms, 0, 2, 0);
          assertThat(rig.settled(outcome)).isEqualTo(1);
          assertThat(atoms.status(0)).isEqualTo(-132);
          assertThat(Memory.getLong(atoms.data())).isEqualTo(1);
          assertThat(rig.read(42)).isEqualTo(PENDING);
          rig.feed(1);
          assertThat(rig.await()).isEqualTo(1);
          assertThat(rig.consume()).isEqualTo(42);
          assertThat(Memory.getLong(atoms.data())).as("once").isEqualTo(1);
          assertThat(kernel.stats().inFlight()).isZero();
        });
  }

  @Test
  void aProgramThatEndsWithItCompletesWithIt() throws Exception {
    needsHandOver();
    runOdd(
        kernel -> {
          Rig rig = new Rig(kernel);
          Atoms atoms = Atoms.allocate(kernel.arena(), 2, 0, rig.ring);
          Prep.read(atoms.slots(), 0, 1, rig.in, rig.buffer, 1);
          atoms.then(0, 0, 1, 0);
          atoms.set(1, 2, Nr.GETRANDOM, rig.buffer, 8, OddCalls.FLAGS, 0, 0, 0);
          assertThat(kernel.exec(atoms, 0, 2, 0)).isEqualTo(PENDING);
          rig.feed(1);
          assertThat(rig.await()).isEqualTo(-132);
          assertThat(rig.consume()).isEqualTo(2);
          assertThat(kernel.stats().inFlight()).isZero();
        });
  }
}
