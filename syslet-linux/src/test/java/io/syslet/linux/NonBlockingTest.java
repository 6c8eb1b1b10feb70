package io.syslet.linux;

import static org.assertj.core.api.Assertions.assertThat;

import io.syslet.CallSlots;
import io.syslet.Errno;
import io.syslet.Nr;
import io.syslet.Sys;
import io.syslet.Syslet;
import io.syslet.kernel.contract.Rig;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What cannot be undone here is not begun: NONBLOCK needs a form of the call that does not sleep.
 */
class NonBlockingTest {
  @TempDir private Path work;

  private static long open(Rig rig, Path file, int flags) {
    MemorySegment name = rig.kernel.arena().allocateFrom(file.toString());
    CallSlots slots = rig.slots(1);
    slots.set(0, 1, Nr.OPENAT, Sys.AT_FDCWD, name.address(), flags, 0600, 0, 0);
    int accepted = rig.kernel.indirect(slots, 0, 1, Syslet.NONBLOCK);
    return accepted < 0 ? accepted : slots.status(0);
  }

  /** openat2(2): with RESOLVE_CACHED nothing is looked up on the disk, and nothing is made. */
  @Test
  void anOpenThatWouldHaveToLookOrToMakeIsEagain() throws Exception {
    Path known = Files.writeString(work.resolve("known"), "text");
    Linux.run(
        kernel -> {
          Rig rig = new Rig(kernel);
          assertThat(open(rig, work.resolve("never heard of"), 0)).isEqualTo(-Errno.EAGAIN);
          assertThat(open(rig, work.resolve("new"), Sys.O_CREAT)).isEqualTo(-Errno.EAGAIN);
          assertThat(open(rig, known, Sys.O_RDWR | Sys.O_TRUNC)).isEqualTo(-Errno.EAGAIN);
          long fd = open(rig, known, 0);
          assertThat(fd).isPositive();
          kernel.syscall(Nr.CLOSE, fd, 0, 0);
        });
    assertThat(work.resolve("new")).doesNotExist();
    assertThat(known).hasContent("text");
  }

  /** A program that makes nothing says nothing of a mode: the register holds anything. */
  @Test
  void aDirectoryIsOpenedWhateverStandsInPlaceOfAMode() throws Exception {
    Linux.run(
        kernel -> {
          long fd = open(new Rig(kernel), work, Sys.O_DIRECTORY);
          assertThat(fd).isPositive();
          kernel.syscall(Nr.CLOSE, fd, 0, 0);
        });
  }

  @Test
  void aCallWithoutSuchAFormIsEopnotsupp() throws Exception {
    Linux.run(
        kernel -> {
          Rig rig = new Rig(kernel);
          assertThat(rig.call(1, Syslet.NONBLOCK, Nr.FSYNC, rig.in, 0, 0))
              .isEqualTo(-Errno.EOPNOTSUPP);
          assertThat(kernel.stats().calls()).isZero();
        });
  }
}
