package io.syslet.kernel.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import io.syslet.Atoms;
import io.syslet.CallSlots;
import io.syslet.Errno;
import io.syslet.Kernel;
import io.syslet.KernelStats;
import io.syslet.Nr;
import io.syslet.Params;
import io.syslet.Prep;
import io.syslet.Sys;
import io.syslet.Syslet;
import io.syslet.ring.CompletionRing;
import io.syslet.ring.Memory;
import io.syslet.ring.RingProducer;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Calls that the entry looks at before it makes them: what it refuses it has not made. */
public abstract class CarefulContract extends KernelContract {
  private static final int O_APPEND = 0x400;
  private static final int SEEK_CUR = 1;

  /** Of the kernels that the booter makes. */
  protected CarefulContract(Booter booter) {
    super(booter);
  }

  private static void fileFlags(CallSlots slots, int slot, int flags) {
    Memory.putInt(slots.params(slot) + Params.FILE_FLAGS, flags);
  }

  private long open(Kernel kernel, String name, int flags) {
    MemorySegment at = kernel.arena().allocateFrom(path(name));
    return kernel.syscall(Nr.OPENAT, Sys.AT_FDCWD, at.address(), flags, 0600, 0, 0);
  }

  /** A file with the ten digits; its descriptor stands at the fifth. */
  private int digits(Rig rig, String name) {
    long fd = open(rig.kernel, name, Sys.O_RDWR | Sys.O_CREAT | Sys.O_TRUNC);
    assertThat(fd).isPositive();
    MemorySegment.copy(
        MemorySegment.ofArray("0123456789".getBytes(StandardCharsets.US_ASCII)),
        0,
        memory(rig),
        0,
        10);
    assertThat(rig.kernel.syscall(Nr.WRITE, fd, rig.buffer, 10)).isEqualTo(10);
    assertThat(rig.kernel.syscall(Nr.LSEEK, fd, 5, 0)).isEqualTo(5);
    return (int) fd;
  }

  @SuppressWarnings("restricted")
  private static MemorySegment memory(Rig rig) {
    return MemorySegment.ofAddress(rig.buffer).reinterpret(Rig.BUFFER);
  }

  private static String read(Rig rig, int length) {
    byte[] bytes = memory(rig).asSlice(0, length).toArray(ValueLayout.JAVA_BYTE);
    return new String(bytes, StandardCharsets.US_ASCII);
  }

  @ParameterizedTest
  @ValueSource(ints = {O_APPEND, O_APPEND | Sys.O_CLOEXEC, Sys.O_TRUNC, Sys.O_CREAT, 1, 1 << 31})
  void unknownFileFlagsAreEinvalAndNothingIsOpened(int flags) throws Exception {
    run(
        kernel -> {
          Rig rig = new Rig(kernel);
          String none = "made-by-" + flags;
          long name = kernel.arena().allocateFrom(path(none)).address();
          int make = Sys.O_RDWR | Sys.O_CREAT;
          Memory.putInt(rig.params.address() + Params.FILE_FLAGS, flags);
          assertThat(rig.call(1, Nr.OPENAT, Sys.AT_FDCWD, name, make))
              .as("alone")
              .isEqualTo(-Errno.EINVAL);
          CallSlots slots = rig.slots(1);
          Prep.openat(slots, 0, 1, Sys.AT_FDCWD, name, make, 0600);
          fileFlags(slots, 0, flags);
          assertThat(kernel.indirect(slots, 0, 1, 0)).as("batch").isEqualTo(-Errno.EINVAL);
          Atoms atoms = Atoms.allocate(kernel.arena(), 1, 8, rig.ring);
          Prep.openat(atoms.slots(), 0, 0, Sys.AT_FDCWD, name, make, 0600);
          fileFlags(atoms.slots(), 0, flags);
          assertThat(kernel.exec(atoms, 0, 1, 0)).as("program").isEqualTo(-Errno.EINVAL);
          assertThat(open(kernel, none, Sys.O_RDONLY)).isEqualTo(-Errno.ENOENT);
        });
  }

  @Test
  void whatIsRefusedIsNeitherAcceptedNorCounted() throws Exception {
    run(
        kernel -> {
          Rig rig = new Rig(kernel);
          CallSlots slots = rig.slots(3);
          for (int flags : new int[] {0, Syslet.NONBLOCK}) {
            slots.set(0, 1, Nr.GETPPID, 0, 0, 0, 0, 0, 0);
            slots.set(1, 2, Nr.MUNMAP, rig.buffer, 4096, 0, 0, 0, 0);
            slots.set(2, 3, Nr.GETPPID, 0, 0, 0, 0, 0, 0);
            KernelStats before = kernel.stats();
            assertThat(kernel.indirect(slots, 0, 3, flags)).as("flags %d", flags).isEqualTo(1);
            assertThat(slots.status(1)).isEqualTo(-Errno.EAGAIN);
            assertThat(slots.status(2)).isEqualTo(-Errno.EAGAIN);
            assertThat(kernel.indirect(slots, 1, 2, flags)).isEqualTo(-Errno.EINVAL);
            assertThat(slots.status(1)).isEqualTo(-Errno.EINVAL);
            assertThat(kernel.stats().calls()).isEqualTo(before.calls() + 1);
          }
          assertThat(rig.ring.isEmpty()).isTrue();
        });
  }

  /** The descriptor's own position is what it was, and the bytes are those of the position. */
  @Test
  void aReadThatDoesNotSleepKeepsItsPosition() throws Exception {
    run(
        kernel -> {
          Rig rig = new Rig(kernel);
          int fd = digits(rig, "digits");
          CallSlots slots = rig.slots(1);
          slots.set(0, 1, Nr.PREAD64, fd, rig.buffer, 4, 2, 0, 0);
          int accepted = kernel.indirect(slots, 0, 1, Syslet.NONBLOCK);
          assumeFalse(accepted == -Errno.EOPNOTSUPP, "files that always sleep");
          assertThat(accepted).isEqualTo(1);
          assertThat(slots.status(0)).isEqualTo(4);
          assertThat(read(rig, 4)).isEqualTo("2345");
          assertThat(kernel.syscall(Nr.LSEEK, fd, 0, SEEK_CUR)).isEqualTo(5);
          slots.set(0, 1, Nr.READ, fd, rig.buffer, 4, 0, 0, 0);
          assertThat(kernel.indirect(slots, 0, 1, Syslet.NONBLOCK)).isEqualTo(1);
          assertThat(read(rig, 4)).as("at the descriptor's").isEqualTo("5678");
          assertThat(kernel.syscall(Nr.LSEEK, fd, 0, SEEK_CUR)).isEqualTo(9);
          slots.set(0, 1, Nr.PREAD64, fd, rig.buffer, 4, -1, 0, 0);
          assertThat(kernel.indirect(slots, 0, 1, Syslet.NONBLOCK)).isEqualTo(1);
          assertThat(slots.status(0)).as("no position").isEqualTo(-Errno.EINVAL);
          assertThat(kernel.syscall(Nr.LSEEK, fd, 0, SEEK_CUR)).isEqualTo(9);
          kernel.syscall(Nr.CLOSE, fd, 0, 0);
        });
  }

  /** Or who dies now would leave an end of a call that has ended long ago. */
  @Test
  void afterACallThatDidNotSleepNoReservationIsArmed() throws Exception {
    try (Kernel booted = boot()) {
      booted.run(this::endsNothingArmed);
      endsNothingArmed(booted);
    }
  }

  private void endsNothingArmed(Kernel kernel) {
    Rig rig = new Rig(kernel);
    rig.feed(4);
    assertThat(rig.read(1)).isEqualTo(1);
    assertThat(armed(rig.ring)).as("alone").isZero();
    CallSlots slots = rig.slots(3);
    for (int i = 0; i < 3; i++) {
      slots.set(i, i, Nr.READ, rig.in, rig.buffer, 1, 0, 0, 0);
    }
    assertThat(kernel.indirect(slots, 0, 3, 0)).isEqualTo(3);
    assertThat(armed(rig.ring)).as("batch").isZero();
    Atoms atoms = Atoms.allocate(kernel.arena(), 1, 8, rig.ring);
    Prep.write(atoms.slots(), 0, 0, rig.out, rig.buffer, 1);
    assertThat(kernel.exec(atoms, 0, 1, 0)).isZero();
    assertThat(armed(rig.ring)).as("program").isZero();
    assertThat(rig.ring.isEmpty()).isTrue();
  }

  private static int armed(CompletionRing ring) {
    int armed = 0;
    for (int entry = 0; entry < ring.elements(); entry++) {
      long state = ring.producer().entryAddress(entry) + RingProducer.ENTRY_STATE_OFFSET;
      armed += Memory.getInt(state) == RingProducer.ENTRY_ARMED ? 1 : 0;
    }
    return armed;
  }
}
