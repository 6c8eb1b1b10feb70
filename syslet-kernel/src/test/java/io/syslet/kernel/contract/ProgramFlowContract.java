package io.syslet.kernel.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.syslet.Atoms;
import io.syslet.CString;
import io.syslet.Errno;
import io.syslet.Kernel;
import io.syslet.Nr;
import io.syslet.Params;
import io.syslet.Prep;
import io.syslet.Sys;
import io.syslet.Syslet;
import io.syslet.ring.Memory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Programs of atoms that run through: what an atom does, and which one comes next. */
public abstract class ProgramFlowContract extends KernelContract {
  private static final int LENGTH = 5000;
  private static final int CHUNK = 512;

  /** Of the kernels that the booter makes. */
  protected ProgramFlowContract(Booter booter) {
    super(booter);
  }

  /** What {@code exec} returned, or, if something blocked, the last atom by its caller data. */
  static long last(Rig rig, long result) {
    if (result != PENDING) {
      return result;
    }
    long status = rig.await();
    long callerData = rig.consume();
    return status < 0 && callerData < 0 ? status : callerData;
  }

  @Test
  void oneCallsResultIsTheNextOnesArgument() throws Exception {
    run(
        kernel -> {
          Rig rig = new Rig(kernel);
          Atoms atoms = Atoms.allocate(kernel.arena(), 4, 8 + 64, rig.ring);
          long fd = atoms.data();
          long path = CString.allocate(kernel.arena(), path("one"));
          int flags = Sys.O_RDWR | Sys.O_CREAT | Sys.O_TRUNC;
          Prep.openat(atoms.slots(), 0, 0, Sys.AT_FDCWD, path, flags, 0600);
          atoms.then(0, Atoms.STOP_ON_NEGATIVE, 1, fd);
          Prep.pwrite(atoms.slots(), 1, 1, 0, rig.buffer, 40, 2);
          Prep.pread(atoms.slots(), 2, 2, 0, fd + 8, 64, 0);
          Prep.close(atoms.slots(), 3, 3, 0);
          for (int i = 1; i < 4; i++) {
            atoms.fetch(i, 0, fd);
            atoms.then(i, 0, i < 3 ? i + 1 : Atoms.END, 0);
          }
          assertThat(last(rig, kernel.exec(atoms, 0, 4, 0))).isEqualTo(3);
          assertThat(atoms.status(0)).isNotNegative().isEqualTo(Memory.getLong(fd));
          assertThat(atoms.status(1)).isEqualTo(40);
          assertThat(atoms.status(2)).isEqualTo(42);
          assertThat(atoms.status(3)).isZero();
          assertThat(kernel.syscall(Nr.CLOSE, Memory.getLong(fd), 0, 0)).isEqualTo(-Errno.EBADF);
        });
  }

  @Test
  void aFetchedIntNeedNotBeAlignedToAWord() throws Exception {
    run(
        kernel -> {
          Rig rig = new Rig(kernel);
          Atoms atoms = Atoms.allocate(kernel.arena(), 4, 16, rig.ring);
          long fds = atoms.data();
          Prep.pipe2(atoms.slots(), 0, 0, fds, 0);
          Prep.write(atoms.slots(), 1, 1, 0, rig.buffer, 7);
          atoms.fetch(1, 0, fds + 4);
          Prep.close(atoms.slots(), 2, 2, 0);
          atoms.fetch(2, 0, fds);
          Prep.close(atoms.slots(), 3, 3, 0);
          atoms.fetch(3, 0, fds + 4);
          for (int i = 0; i < 3; i++) {
            atoms.then(i, Atoms.STOP_ON_NEGATIVE, i + 1, 0);
          }
          assertThat(last(rig, kernel.exec(atoms, 0, 4, 0))).isEqualTo(3);
          assertThat(atoms.status(1)).isEqualTo(7);
          assertThat(atoms.status(3)).isZero();
        });
  }

  /** The atom counts to a status; the next one is run, skipped to, or neither. */
  @ParameterizedTest
  @CsvSource({
    "0x08, 0, 2",
    "0x08, 1, 0",
    "0x08, -1, 0",
    "0x10, 0, 0",
    "0x10, 1, 2",
    "0x10, -1, 2",
    "0x20, 0, 2",
    "0x20, 1, 2",
    "0x20, -1, 0",
    "0x40, 0, 0",
    "0x40, 1, 2",
    "0x40, -1, 0",
    "0x88, 0, 2",
    "0x88, 1, 1",
    "0x88, -1, 1",
    "0x90, 0, 1",
    "0x90, 1, 2",
    "0x90, -1, 2",
    "0xa0, 0, 2",
    "0xa0, 1, 2",
    "0xa0, -1, 1",
    "0xc0, 0, 1",
    "0xc0, 1, 2",
    "0xc0, -1, 1",
    "0x30, 0, 0",
    "0x30, 1, 2",
    "0x30, -1, 0",
    "0x78, 0, 0",
    "0x78, 1, 0",
    "0x00, 0, 2",
    "0x80, 0, 2"
  })
  void aConditionStopsOrSkips(String flags, long status, int last) throws Exception {
    run(
        kernel -> {
          Atoms atoms = Atoms.allocate(kernel.arena(), 3, 8, new Rig(kernel).ring);
          Prep.umemAdd(atoms.slots(), 0, 0, atoms.data(), status);
          atoms.then(0, Integer.decode(flags), 2, 0);
          Prep.umemAdd(atoms.slots(), 1, 1, atoms.data(), 0);
          Prep.umemAdd(atoms.slots(), 2, 2, atoms.data(), 0);
          assertThat(kernel.exec(atoms, 0, 3, 0)).isEqualTo(last);
          assertThat(atoms.status(0)).isEqualTo(status);
        });
  }

  @Test
  void umemAddCountsALoop() throws Exception {
    run(
        kernel -> {
          Rig rig = new Rig(kernel);
          Atoms atoms = Atoms.allocate(kernel.arena(), 2, 8, rig.ring);
          Memory.putLong(atoms.data(), -100);
          Prep.write(atoms.slots(), 0, 0, rig.out, rig.buffer, 3);
          atoms.then(0, Atoms.STOP_ON_NON_POSITIVE, 1, 0);
          Prep.umemAdd(atoms.slots(), 1, 1, atoms.data(), 1);
          atoms.then(1, Atoms.STOP_ON_ZERO, 0, 0);
          assertThat(last(rig, kernel.exec(atoms, 0, 200, 0))).isEqualTo(1);
          rig.take(300);
          assertThat(Memory.getLong(atoms.data())).isZero();
          assertThat(atoms.status(1)).isZero();
        });
  }

  /** read, write what was read, until there is nothing more; two descriptors, one offset each. */
  @Test
  void aLoopCopiesAFile() throws Exception {
    run(
        kernel -> {
          Rig rig = new Rig(kernel);
          long from = create(kernel, "from");
          long to = create(kernel, "to");
          assertThat(kernel.syscall(Nr.WRITE, from, rig.buffer, LENGTH)).isEqualTo(LENGTH);
          assertThat(kernel.syscall(Nr.LSEEK, from, 0, 0)).isZero();
          Atoms atoms = Atoms.allocate(kernel.arena(), 2, 8 + CHUNK, rig.ring);
          long length = atoms.data();
          Prep.read(atoms.slots(), 0, 0, (int) from, length + 8, CHUNK);
          atoms.then(0, Atoms.STOP_ON_NON_POSITIVE, 1, length);
          Prep.write(atoms.slots(), 1, 1, (int) to, length + 8, 0);
          atoms.fetch(1, 2, length);
          atoms.then(1, Atoms.STOP_ON_NEGATIVE, 0, 0);
          assertThat(last(rig, kernel.exec(atoms, 0, 1000, 0))).isZero();
          assertThat(atoms.status(0)).isZero();
          assertThat(kernel.syscall(Nr.LSEEK, to, 0, 1)).isEqualTo(LENGTH);
        });
  }

  private long create(Kernel kernel, String name) {
    long path = CString.allocate(kernel.arena(), path(name));
    int flags = Sys.O_RDWR | Sys.O_CREAT | Sys.O_TRUNC;
    long fd = Sys.openat(kernel, Sys.AT_FDCWD, path, flags, 0600);
    assertThat(fd).isNotNegative();
    return fd;
  }

  @Test
  void stepsAreBounded() throws Exception {
    run(
        kernel -> {
          Rig rig = new Rig(kernel);
          Atoms atoms = Atoms.allocate(kernel.arena(), 2, 8, rig.ring);
          Prep.umemAdd(atoms.slots(), 0, 0, atoms.data(), 1);
          atoms.then(0, 0, 0, 0);
          assertThat(kernel.exec(atoms, 0, 1000, 0)).isEqualTo(-Errno.ETIME);
          assertThat(Memory.getLong(atoms.data())).isEqualTo(1000);
          atoms.then(0, Atoms.STOP_ON_NONZERO, 0, 0);
          assertThat(kernel.exec(atoms, 0, 1, 0)).as("just enough").isZero();
          assertThat(kernel.exec(atoms, 0, 0, 0)).isEqualTo(-Errno.EINVAL);
        });
  }

  @Test
  void aProgramWithoutATargetOrWithSyncIsMadePlainly() throws Exception {
    run(
        kernel -> {
          Rig rig = new Rig(kernel);
          Atoms atoms = Atoms.allocate(kernel.arena(), 2, 8, rig.ring);
          Prep.nanosleep(atoms.slots(), 0, 0, rig.timespec(20_000), 0);
          atoms.then(0, Atoms.SYNC, 1, 0);
          atoms.set(1, 0, Nr.GETTID, 0, 0, 0, 0, 0, 0);
          assertThat(kernel.exec(atoms, 0, 2, 0)).isEqualTo(1);
          assertThat(atoms.status(1)).isEqualTo(kernel.syscall(Nr.GETTID, 0, 0, 0));
          atoms.then(0, 0, 1, 0);
          target(atoms, Syslet.TARGET_RING, 0);
          assertThat(kernel.exec(atoms, 0, 2, 0)).isEqualTo(1);
          assertThat(kernel.stats().pending()).isZero();
        });
  }

  @Test
  void theNonBlockingFlagIsForEachCall() throws Exception {
    run(
        kernel -> {
          Rig rig = new Rig(kernel);
          Atoms atoms = Atoms.allocate(kernel.arena(), 3, 8, rig.ring);
          Prep.read(atoms.slots(), 0, 0, rig.in, rig.buffer, 1);
          atoms.then(0, Atoms.STOP_ON_NEGATIVE | Atoms.SKIP_TO_NEXT_ON_STOP, 2, 0);
          Prep.write(atoms.slots(), 1, 1, rig.out, rig.buffer, 1);
          atoms.then(1, 0, 0, 0);
          Prep.umemAdd(atoms.slots(), 2, 2, atoms.data(), 1);
          assertThat(kernel.exec(atoms, 0, 10, Syslet.NONBLOCK)).isEqualTo(2);
          assertThat(atoms.status(0)).isEqualTo(1);
          assertThat(Memory.getLong(atoms.data())).isEqualTo(1);
        });
  }

  @Test
  void fileFlagsCountInEachAtom() throws Exception {
    run(
        kernel -> {
          Rig rig = new Rig(kernel);
          Atoms atoms = Atoms.allocate(kernel.arena(), 2, 8, rig.ring);
          Prep.eventfd2(atoms.slots(), 0, 0, 0, 0);
          atoms.then(0, Atoms.STOP_ON_NEGATIVE, 1, atoms.data());
          Memory.putInt(atoms.slots().params(0) + Params.FILE_FLAGS, Sys.O_CLOEXEC);
          Prep.fcntl(atoms.slots(), 1, 1, 0, Sys.F_GETFD, 0);
          atoms.fetch(1, 0, atoms.data());
          assertThat(last(rig, kernel.exec(atoms, 0, 2, 0))).isEqualTo(1);
          assertThat(atoms.status(1)).isEqualTo(1);
          Memory.putInt(atoms.slots().params(1) + Params.FILE_FLAGS, Sys.O_CLOEXEC);
          assertThat(rig.settled(kernel.exec(atoms, 0, 2, 0))).isEqualTo(-Errno.EINVAL);
        });
  }

  private static void target(Atoms atoms, int target, long address) {
    long params = atoms.slots().params(0);
    Memory.putInt(params + Params.TARGET, target);
    Memory.putLong(params + Params.COMPLETION_RING_PTR, address);
  }
}
