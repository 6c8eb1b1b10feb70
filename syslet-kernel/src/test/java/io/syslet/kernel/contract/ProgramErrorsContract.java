package io.syslet.kernel.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.syslet.Atoms;
import io.syslet.Errno;
import io.syslet.Kernel;
import io.syslet.Nr;
import io.syslet.Prep;
import io.syslet.ring.Memory;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import org.junit.jupiter.api.Test;

/** Programs of atoms that are refused, or come to an atom that is. */
public abstract class ProgramErrorsContract extends KernelContract {
  /** Of the kernels that the booter makes. */
  protected ProgramErrorsContract(Booter booter) {
    super(booter);
  }

  @Test
  void aFullRingRefusesTheProgram() throws Exception {
    needsHandOver();
    run(
        kernel -> {
          Rig rig = new Rig(kernel, 1);
          assertThat(rig.read(1)).isEqualTo(PENDING);
          Atoms atoms = Atoms.allocate(kernel.arena(), 1, 8, rig.ring);
          Prep.umemAdd(atoms.slots(), 0, 0, atoms.data(), 1);
          assertThat(kernel.exec(atoms, 0, 1, 0)).isEqualTo(-Errno.EAGAIN);
          assertThat(Memory.getLong(atoms.data())).isZero();
          rig.feed(1);
          assertThat(rig.await()).isEqualTo(1);
        });
  }

  @Test
  void whatIsNoMemoryOfTheProgramIsEfault() throws Exception {
    run(
        kernel -> {
          Rig rig = new Rig(kernel);
          Atoms atoms = Atoms.allocate(kernel.arena(), 1, 16, rig.ring);
          long data = atoms.data();
          for (long bad : new long[] {8, data + 16, data + 9, atoms.atom(0) - 8, rig.buffer, -8}) {
            atoms.set(0, 0, Nr.GETPPID, 0, 0, 0, 0, 0, 0);
            atoms.fetch(0, 3, bad);
            assertThat(kernel.exec(atoms, 0, 1, 0)).as("fetch %x", bad).isEqualTo(-Errno.EFAULT);
            atoms.set(0, 0, Nr.UMEM_ADD, bad, 1, 0, 0, 0, 0);
            assertThat(kernel.exec(atoms, 0, 1, 0)).as("add %x", bad).isEqualTo(-Errno.EFAULT);
            atoms.set(0, 0, Nr.GETPPID, 0, 0, 0, 0, 0, 0);
            atoms.then(0, 0, Atoms.END, bad);
            assertThat(kernel.exec(atoms, 0, 1, 0)).as("result %x", bad).isEqualTo(-Errno.EFAULT);
          }
          atoms.then(0, 0, Atoms.END, data + 4);
          assertThat(kernel.exec(atoms, 0, 1, 0)).as("not aligned").isEqualTo(-Errno.EINVAL);
        });
  }

  @Test
  void whatIsNoAtomIsEinval() throws Exception {
    run(
        kernel -> {
          Rig rig = new Rig(kernel);
          Atoms atoms = Atoms.allocate(kernel.arena(), 2, 8, rig.ring);
          Prep.umemAdd(atoms.slots(), 0, 0, atoms.data(), 1);
          Prep.umemAdd(atoms.slots(), 1, 1, atoms.data(), 1);
          assertThat(kernel.exec(atoms, -1, 9, 0)).isEqualTo(-Errno.EINVAL);
          assertThat(kernel.exec(atoms, 2, 9, 0)).isEqualTo(-Errno.EINVAL);
          assertThat(kernel.exec(atoms, 0, 9, 4)).isEqualTo(-Errno.EINVAL);
          for (int next : new int[] {2, -2, Integer.MAX_VALUE, Integer.MIN_VALUE}) {
            atoms.then(0, 0, next, 0);
            assertThat(kernel.exec(atoms, 0, 9, 0)).as("next %d", next).isEqualTo(-Errno.EINVAL);
          }
          for (int flags : new int[] {1, 1 << 14, 1 << 31}) {
            atoms.then(0, flags, Atoms.END, 0);
            assertThat(kernel.exec(atoms, 0, 9, 0)).as("flag %x", flags).isEqualTo(-Errno.EINVAL);
          }
          atoms.then(1, Atoms.SKIP_TO_NEXT_ON_STOP, Atoms.END, 0);
          assertThat(kernel.exec(atoms, 1, 9, 0)).as("none behind it").isEqualTo(-Errno.EINVAL);
          atoms.then(0, 0, Atoms.END, 0);
          Memory.putLong(atoms.atom(0) + Atoms.DEADLINE, 1);
          assertThat(kernel.exec(atoms, 0, 9, 0)).as("reserved").isEqualTo(-Errno.EINVAL);
          assertThat(Memory.getLong(atoms.data())).as("nothing was run").isZero();
        });
  }

  @Test
  void memoryThatIsGoneIsEfaultAndHeapMemoryIsNone() throws Exception {
    run(
        kernel -> {
          Rig rig = new Rig(kernel);
          Arena arena = Arena.ofShared();
          Atoms atoms = Atoms.allocate(arena, 1, 8, rig.ring);
          arena.close();
          assertThat(kernel.exec(atoms, 0, 1, 0)).isEqualTo(-Errno.EFAULT);
          MemorySegment heap = MemorySegment.ofArray(new long[64]);
          assertThatThrownBy(() -> Atoms.wrap(heap, 1))
              .isInstanceOf(IllegalArgumentException.class);
        });
  }

  @Test
  @SuppressWarnings("try") // closed in the middle
  void aClosedKernelRunsNoProgram() throws Exception {
    try (Kernel kernel = boot()) {
      Atoms atoms = Atoms.allocate(Arena.global(), 1, 0, new Rig(kernel).ring);
      kernel.close();
      assertThat(kernel.exec(atoms, 0, 1, 0)).isEqualTo(-Errno.ESHUTDOWN);
    }
  }
}
