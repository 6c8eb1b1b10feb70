package io.syslet.kernel.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.syslet.Atoms;
import io.syslet.CallSlots;
import io.syslet.Calls;
import io.syslet.Chain;
import io.syslet.Errno;
import io.syslet.Nr;
import io.syslet.Params;
import io.syslet.Prep;
import io.syslet.Registers;
import io.syslet.Step;
import io.syslet.Syslet;
import io.syslet.ring.Memory;
import java.lang.foreign.MemorySegment;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Deadlines of calls: cancel(3) of the manual. */
public abstract class DeadlineContract extends KernelContract {
  private static final long MILLISECOND = 1_000_000;
  private static final long LONG_NANOS = 3_600_000 * MILLISECOND;

  /** Of the kernels that the booter makes. */
  protected DeadlineContract(Booter booter) {
    super(booter);
  }

  @Test
  void callsByNameHaveDeadlinesAndOthersHaveNone() throws Exception {
    run(
        kernel -> {
          Rig rig = new Rig(kernel);
          Calls calls = Calls.of(kernel);
          Duration soon = Duration.ofMillis(20);
          assertThat(calls.read(rig.in, rig.buffer, 1).within(soon).await())
              .isEqualTo(-Errno.ETIMEDOUT);
          Chain chain = calls.chain();
          chain.read(rig.in, rig.buffer, 1);
          Step second = chain.nanosleep(1);
          assertThat(chain.begin().within(soon).await()).isEqualTo(-Errno.ETIMEDOUT);
          assertThat(second.status()).as("not made").isEqualTo(-Errno.ECANCELED);
          rig.feed(2);
          assertThat(calls.read(rig.in, rig.buffer, 1).await()).isEqualTo(1);
          assertThat(chain.run()).isZero();
        });
  }

  @Test
  void aCallThatSleepsPastItsDeadlineEndsWithEtimedout() throws Exception {
    run(
        kernel -> {
          Rig rig = new Rig(kernel);
          assertThat(rig.settled(timedRead(rig, 5, 20 * MILLISECOND))).isEqualTo(-Errno.ETIMEDOUT);
          assertThat(rig.settled(timedRead(rig, 5, 0))).isEqualTo(-Errno.ETIMEDOUT);
          assertThat(rig.ring.isEmpty()).isTrue();
        });
  }

  private static long timedRead(Rig rig, long callerData, long nanos) {
    MemorySegment params = rig.kernel.arena().allocate(Params.TIMED_LENGTH, 8);
    Params.put(params.address(), rig.ring.address(), callerData);
    Memory.putInt(params.address() + Params.TARGET, Syslet.TARGET_RING | Syslet.TIMED);
    Memory.putLong(params.address() + Params.DEADLINE, nanos);
    Registers.put(rig.registers.address(), Nr.READ, rig.in, rig.buffer, 1, 0, 0, 0);
    return rig.kernel.indirect(rig.registers, params, 0);
  }

  /**
   * A deadline is the call's alone: one without syslet args that comes next has as long as ever.
   */
  @Test
  void aPlainCallAfterOneThatWasLateHasNoDeadline() throws Exception {
    run(
        kernel -> {
          Rig rig = new Rig(kernel);
          MemorySegment none = rig.params.asSlice(0, 0);
          assertThat(rig.settled(timedRead(rig, 5, 0))).isEqualTo(-Errno.ETIMEDOUT);
          long nap = rig.timespec(1000);
          Registers.put(rig.registers.address(), Nr.NANOSLEEP, nap, 0, 0, 0, 0, 0);
          assertThat(kernel.indirect(rig.registers, none, 0)).isZero();
        });
  }

  @Test
  void aCallThatEndsBeforeItsDeadlineIsAsEver() throws Exception {
    run(
        kernel -> {
          Rig rig = new Rig(kernel);
          rig.feed(1);
          assertThat(rig.settled(timedRead(rig, 5, LONG_NANOS))).isEqualTo(1);
          rig.feed(1);
          assertThat(rig.settled(timedRead(rig, 5, Long.MAX_VALUE))).isEqualTo(1);
        });
  }

  @Test
  void aPendingCallThatEndsBeforeItsDeadlineIsAsEver() throws Exception {
    needsHandOver();
    run(
        kernel -> {
          Rig rig = new Rig(kernel);
          assertThat(timedRead(rig, 5, LONG_NANOS)).isEqualTo(PENDING);
          rig.feed(1);
          assertThat(rig.await()).isEqualTo(1);
          assertThat(rig.consume()).isEqualTo(5);
          assertThat(timedRead(rig, 6, LONG_NANOS)).isEqualTo(PENDING);
          assertThat(rig.cancel(6)).isZero();
          assertThat(rig.await()).isEqualTo(-Errno.ECANCELED);
        });
  }

  @Test
  void eachSlotHasADeadlineOfItsOwn() throws Exception {
    needsHandOver();
    run(
        kernel -> {
          Rig rig = new Rig(kernel);
          CallSlots slots = rig.slots(3);
          for (int i = 0; i < 3; i++) {
            Prep.read(slots, i, i, rig.in, rig.buffer, 1);
          }
          slots.deadline(0, LONG_NANOS);
          slots.deadline(1, 20 * MILLISECOND);
          slots.deadline(1, -1);
          slots.deadline(2, 20 * MILLISECOND);
          for (int i = 0; i < 3; i++) {
            assertThat(kernel.indirect(slots, i, 1, 0)).isEqualTo(1);
            assertThat(slots.status(i)).isIn(PENDING, i == 2 ? (long) -Errno.ETIMEDOUT : PENDING);
          }
          assertThat(rig.settled(slots.status(2))).isEqualTo(-Errno.ETIMEDOUT);
          rig.feed(2);
          assertThat(rig.await()).isEqualTo(1);
          long first = rig.consume();
          assertThat(rig.await()).isEqualTo(1);
          assertThat(first + rig.consume()).as("the others have time").isEqualTo(1);
        });
  }

  @Test
  void aProgramHasOneDeadlineForAllOfIt() throws Exception {
    run(
        kernel -> {
          Rig rig = new Rig(kernel);
          Atoms atoms = rig.readThenAdd();
          atoms.deadline(0, 20 * MILLISECOND);
          long result = kernel.exec(atoms, 0, 10, 0);
          assertThat(rig.settled(result)).isEqualTo(-Errno.ETIMEDOUT);
          assertThat(atoms.status(0)).isEqualTo(-Errno.ETIMEDOUT);
          assertThat(Memory.getLong(atoms.data())).as("the second atom").isZero();
        });
  }

  @Test
  void aPlainProgramHasNotTheDeadlineOfTheCallBeforeIt() throws Exception {
    run(
        kernel -> {
          Rig rig = new Rig(kernel);
          rig.feed(1);
          assertThat(rig.settled(timedRead(rig, 5, LONG_NANOS))).isEqualTo(1);
          Atoms atoms = Atoms.allocate(kernel.arena(), 1, 8, rig.ring);
          Prep.umemAdd(atoms.slots(), 0, 1, atoms.data(), 1);
          Params.put(atoms.slots().params(0), 0, 0);
          atoms.then(0, Atoms.SYNC, Atoms.END, 0);
          assertThat(kernel.exec(atoms, 0, 1, 0)).isZero();
        });
  }

  @Test
  void oddDeadlinesAreRefused() throws Exception {
    run(
        kernel -> {
          Rig rig = new Rig(kernel);
          assertThat(timedRead(rig, 1, -1)).as("negative").isEqualTo(-Errno.EINVAL);
          MemorySegment params = kernel.arena().allocate(Params.TIMED_LENGTH, 8);
          Memory.putInt(params.address() + Params.TARGET, Syslet.TIMED);
          Registers.put(rig.registers.address(), Nr.GETPPID, 0, 0, 0, 0, 0, 0);
          assertThat(kernel.indirect(rig.registers, params, 0))
              .as("a plain call")
              .isEqualTo(-Errno.EINVAL);
        });
  }
}
