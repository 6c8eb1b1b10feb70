package io.syslet.kernel.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.syslet.Atoms;
import io.syslet.Errno;
import io.syslet.Kernel;
import io.syslet.Nr;
import io.syslet.Prep;
import io.syslet.Sys;
import io.syslet.ring.Memory;
import org.junit.jupiter.api.Test;

/**
 * Calls that wait for a pipe or an eventfd, and programs of such calls: pending at once, and ended
 * once, by whatever the kernel has for that.
 */
public abstract class WaitingFilesContract extends WaitingRigContract {
  private static final long FUTEX_WAIT_PRIVATE = 128;
  private static final long FUTEX_WAKE_PRIVATE = 129;
  private static final int FEW_WORKERS = 50;

  /** Of the kernels that the booter makes. */
  protected WaitingFilesContract(Booter booter) {
    super(booter);
  }

  // ---- pipes and eventfds

  @Test
  void anEventfdIsReadWhenSomebodyHasAddedToIt() throws Exception {
    onARig(
        rig -> {
          long eventfd = rig.kernel.syscall(Nr.EVENTFD2, 0, 0, 0);
          assertThat(rig.call(1, Nr.READ, eventfd, rig.buffer, 8)).isEqualTo(PENDING);
          long seven = rig.bytes(8);
          Memory.putLong(seven, 7);
          assertThat(rig.kernel.syscall(Nr.WRITE, eventfd, seven, 8)).isEqualTo(8);
          assertThat(rig.ended(8)).isEqualTo(1);
          assertThat(Memory.getLong(rig.buffer)).isEqualTo(7);
        });
  }

  @Test
  void readersOfOnePipeAreServedInTheOrderOfTheirComing() throws Exception {
    onARig(
        rig -> {
          int many = 50;
          for (int i = 0; i < many; i++) {
            assertThat(rig.call(i, Nr.READ, rig.in, rig.buffer + i, 1)).isEqualTo(PENDING);
          }
          for (int i = 0; i < many; i++) {
            rig.feed(1);
            assertThat(rig.ended(1)).isBetween(0L, many - 1L);
          }
          assertThat(rig.ring.isEmpty()).isTrue();
        });
  }

  @Test
  void aNonBlockingDescriptorAnswersAtOnce() throws Exception {
    onARig(
        rig -> {
          assertThat(Sys.fcntl(rig.kernel, rig.in, 4, WaitRig.O_NONBLOCK)).isZero();
          assertThat(rig.read(1)).isEqualTo(-Errno.EAGAIN);
          assertThat(Sys.fcntl(rig.kernel, rig.out, 4, WaitRig.O_NONBLOCK)).isZero();
          long much = rig.bytes(1 << 20);
          assertThat(rig.call(1, Nr.WRITE, rig.out, much, 1 << 20)).isBetween(4096L, 1L << 19);
          assertThat(rig.call(1, Nr.WRITE, rig.out, much, 1 << 20)).isEqualTo(-Errno.EAGAIN);
          assertThat(rig.ring.isEmpty()).isTrue();
        });
  }

  @Test
  void aVectorIsWrittenWhole() throws Exception {
    onARig(
        rig -> {
          int half = 150_000;
          long bytes = rig.bytes(2L * half);
          for (int i = 0; i < 2 * half; i++) {
            Memory.putByte(bytes + i, (byte) ((i * 31) >>> 3));
          }
          long vector = rig.bytes(32);
          Memory.putLong(vector, bytes);
          Memory.putLong(vector + 8, half);
          Memory.putLong(vector + 16, bytes + half);
          Memory.putLong(vector + 24, half);
          assertThat(rig.call(1, Nr.WRITEV, rig.out, vector, 2)).isEqualTo(PENDING);
          long to = rig.bytes(2L * half);
          for (int got = 0; got < 2 * half; ) {
            long read = rig.kernel.syscall(Nr.READ, rig.in, to + got, 2L * half - got);
            assertThat(read).isPositive();
            got += (int) read;
          }
          assertThat(rig.ended(2L * half)).isEqualTo(1);
          assertThat(Memory.getLong(vector + 8)).as("the array is left alone").isEqualTo(half);
          for (int i = 0; i < 2 * half; i += 997) {
            assertThat(Memory.getByte(to + i)).isEqualTo(Memory.getByte(bytes + i));
          }
        });
  }

  @Test
  void whoReadsAPipeThatNobodyWritesAnyMoreIsTold() throws Exception {
    onARig(
        rig -> {
          assertThat(rig.read(1)).isEqualTo(PENDING);
          assertThat(rig.read(2)).isEqualTo(PENDING);
          assertThat(rig.kernel.syscall(Nr.CLOSE, rig.out, 0, 0)).isZero();
          assertThat(rig.ended(0) + rig.ended(0)).isEqualTo(3);
        });
  }

  @Test
  void aWriteThatNobodyReadsAnyMoreEndsWithWhatWasWritten() throws Exception {
    onARig(
        rig -> {
          long much = rig.bytes(1 << 20);
          assertThat(rig.call(1, Nr.WRITE, rig.out, much, 1 << 20)).isEqualTo(PENDING);
          assertThat(rig.kernel.syscall(Nr.CLOSE, rig.in, 0, 0)).isZero();
          assertThat(rig.await()).isBetween(4096L, 1L << 19);
          assertThat(rig.consume()).isEqualTo(1);
          assertThat(rig.call(2, Nr.WRITE, rig.out, much, 1)).isEqualTo(-Errno.EPIPE);
        });
  }

  /** As poll(2) says of POLLERR: no need to ask for it. */
  @Test
  void aPollForNothingIsToldThatNobodyReadsAnyMore() throws Exception {
    onARig(
        rig -> {
          long array = rig.pollfds(rig.out, 0);
          assertThat(rig.call(1, Nr.PPOLL, array, 1, 0, 0, 0, 0)).isEqualTo(PENDING);
          assertThat(rig.kernel.syscall(Nr.CLOSE, rig.in, 0, 0)).isZero();
          assertThat(rig.ended(1)).isEqualTo(1);
          assertThat(WaitRig.revents(array, 0)).isEqualTo(WaitRig.POLLERR);
        });
  }

  // ---- programs

  /** Also if the time is over while a worker writes, just before the write begins to wait. */
  @Test
  void whatAProgramHasWrittenCountsWhenItsTimeIsOver() throws Exception {
    needsHandOver();
    try (Kernel booted = boot(FEW_WORKERS)) {
      booted.run(kernel -> cutWrites(new WaitRig(kernel)));
    }
  }

  private static void cutWrites(WaitRig rig) {
    int much = 2 << 20;
    long _ = Sys.fcntl(rig.kernel, rig.out, Sys.F_SETPIPE_SZ, much / 2);
    Atoms atoms = Atoms.allocate(rig.kernel.arena(), 2, 16, rig.ring);
    long pause = rig.time(2 * MILLI);
    atoms.set(0, 10, Nr.FUTEX, atoms.data(), FUTEX_WAIT_PRIVATE, 0, pause, 0, 0);
    atoms.then(0, 0, 1, 0);
    Prep.write(atoms.slots(), 1, 11, rig.out, rig.bytes(much), much);
    long to = rig.bytes(much);
    for (int i = 0; i < 300; i++) {
      atoms.deadline(0, 2 * MILLI + i * MILLI / 300);
      long outcome = rig.kernel.exec(atoms, 0, 2, 0);
      long status = outcome == 1 ? atoms.status(1) : rig.settled(outcome);
      long written = Math.max(status, 0);
      assertThat(status).isIn(written, (long) -Errno.ETIMEDOUT);
      assertThat(written).as("round %d", i).isEqualTo(taken(rig, to, much));
    }
  }

  /** Takes what is in the pipe: how much that was. */
  private static long taken(WaitRig rig, long to, int most) {
    long all = 0;
    long array = rig.pollfds(rig.in, WaitRig.POLLIN);
    while (rig.kernel.syscall(Nr.PPOLL, array, 1, rig.time(0), 0, 0, 0) > 0) {
      all += rig.kernel.syscall(Nr.READ, rig.in, to, most);
    }
    return all;
  }

  @Test
  void aProgramWaitsAsOftenAsItMust() throws Exception {
    onARig(
        rig -> {
          WaitRig other = new WaitRig(rig.kernel);
          int file = Math.toIntExact(file(rig));
          Atoms atoms = Atoms.allocate(rig.kernel.arena(), 5, 16, rig.ring);
          Prep.read(atoms.slots(), 0, 10, rig.in, rig.buffer, 8);
          atoms.then(0, Atoms.STOP_ON_NON_POSITIVE, 1, 0);
          Prep.write(atoms.slots(), 1, 11, file, rig.buffer, 3);
          atoms.then(1, Atoms.STOP_ON_NON_POSITIVE, 2, 0);
          atoms.set(2, 12, Nr.NANOSLEEP, rig.time(MILLI), 0, 0, 0, 0, 0);
          atoms.then(2, Atoms.STOP_ON_NEGATIVE, 3, 0);
          Prep.read(atoms.slots(), 3, 13, other.in, other.buffer, 8);
          atoms.then(3, Atoms.STOP_ON_NON_POSITIVE, 4, atoms.data());
          Prep.write(atoms.slots(), 4, 14, file, rig.buffer, 2);
          assertThat(rig.kernel.exec(atoms, 0, 10, 0)).isEqualTo(PENDING);
          rig.feed(3);
          while (atoms.status(1) != 3) {
            rig.nap(1000);
          }
          assertThat(rig.kernel.ringWait(rig.ring, rig.ring.tail(), 1, 20 * MILLI))
              .isEqualTo(-Errno.ETIME);
          other.feed(5);
          assertThat(rig.ended(2)).isEqualTo(14);
          assertThat(Memory.getLong(atoms.data())).isEqualTo(5);
          assertThat(rig.kernel.stats().inFlight()).isZero();
        });
  }

  /** A futex has no descriptor: its wait needs a worker, to whom the program goes on. */
  @Test
  void aProgramIsTakenBackWhereverItWaits() throws Exception {
    onARig(
        rig -> {
          Atoms atoms = Atoms.allocate(rig.kernel.arena(), 3, 16, rig.ring);
          Prep.read(atoms.slots(), 0, 10, rig.in, rig.buffer, 1);
          atoms.then(0, Atoms.STOP_ON_NON_POSITIVE, 1, 0);
          atoms.set(1, 11, Nr.FUTEX, atoms.data(), FUTEX_WAIT_PRIVATE, 0, 0, 0, 0);
          atoms.then(1, Atoms.STOP_ON_NEGATIVE, 2, 0);
          Prep.read(atoms.slots(), 2, 12, rig.in, rig.buffer, 1);
          for (int last = 0; last < 3; last++) {
            assertThat(rig.kernel.exec(atoms, 0, 10, 0)).isEqualTo(PENDING);
            if (last > 0) {
              rig.feed(1);
            }
            if (last > 1) {
              wake(rig, atoms.data());
            }
            assertThat(rig.kernel.ringWait(rig.ring, rig.ring.tail(), 1, 20 * MILLI))
                .isEqualTo(-Errno.ETIME);
            cancelThere(rig, 10 + last);
            assertThat(rig.ended(-Errno.ECANCELED)).isEqualTo(10 + last);
            assertThat(rig.kernel.stats().inFlight()).isZero();
          }
        });
  }

  /** Takes a program back once it has come to an atom. */
  private static void cancelThere(WaitRig rig, long callerData) {
    long asked = rig.cancel(callerData);
    while (asked == -Errno.ENOENT) {
      rig.nap(1000);
      asked = rig.cancel(callerData);
    }
    assertThat(asked).isIn(0L, (long) -Errno.EALREADY);
  }

  private static void wake(WaitRig rig, long word) {
    long woken = 0;
    while (woken == 0) {
      rig.nap(1000);
      woken = rig.kernel.syscall(Nr.FUTEX, word, FUTEX_WAKE_PRIVATE, 1);
    }
    assertThat(woken).isEqualTo(1);
  }

  private long file(WaitRig rig) {
    long name = rig.kernel.arena().allocateFrom(path("waiting")).address();
    long file =
        rig.kernel.syscall(Nr.OPENAT, Sys.AT_FDCWD, name, Sys.O_CREAT | Sys.O_RDWR, 0600, 0, 0);
    assertThat(file).isNotNegative();
    return file;
  }
}
