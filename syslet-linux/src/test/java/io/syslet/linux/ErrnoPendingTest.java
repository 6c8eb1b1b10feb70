package io.syslet.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.syslet.Nr;
import io.syslet.Params;
import io.syslet.Syslet;
import io.syslet.kernel.contract.Rig;
import io.syslet.ring.Memory;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.Test;

/**
 * A call whose own result is −132 is completed to its target, so that −132 always means pending. A
 * seccomp filter makes one odd getrandom return it, in all threads of this JVM; needs root or
 * CAP_SYS_ADMIN.
 */
class ErrnoPendingTest {
  private static final long SECCOMP =
      System.getProperty("os.arch", "").equals("aarch64") ? 277 : 317;
  private static final long SECCOMP_SET_MODE_FILTER = 1;
  private static final long TSYNC = 1;
  private static final long AN_ODD_CALL = Nr.GETRANDOM;

  @Test
  void minus132OfItsOwnGoesToTheRing() throws Exception {
    assumeTrue(filtered(), "no seccomp filter may be set here");
    Linux.run(
        kernel -> {
          Rig rig = new Rig(kernel);
          assertThat(rig.call(9, AN_ODD_CALL, rig.buffer, 8, 0xff))
              .isEqualTo(-Syslet.ESYSLETPENDING);
          assertThat(rig.ring.statusAt(rig.ring.tail())).isEqualTo(-132);
          assertThat(rig.consume()).isEqualTo(9);
          assertThat(kernel.stats().inFlight()).isZero();
        });
  }

  @Test
  void theFrameOfSuchACallIsEnteredToo() throws Exception {
    assumeTrue(filtered(), "no seccomp filter may be set here");
    Linux.run(
        kernel -> {
          Semaphore entered = new Semaphore(0);
          long ip = kernel.frame(sp -> entered.release());
          Rig rig = new Rig(kernel);
          Memory.putLong(rig.params.address() + Params.FRAME_IP, ip);
          Memory.putLong(rig.params.address() + Params.FRAME_SP, 33);
          long result = rig.call(9, AN_ODD_CALL, rig.buffer, 8, 0xff);
          assertThat(result).isEqualTo(-Syslet.ESYSLETPENDING);
          entered.acquireUninterruptibly();
          assertThat(rig.consume()).isEqualTo(9);
        });
  }

  /** if (nr == AN_ODD_CALL and its flags are 0xff) return ERRNO(132); else ALLOW. */
  private static boolean filtered() {
    try (Arena arena = Arena.ofConfined()) {
      long[] program = {
        bpf(0x20, 0, 0, 0),
        bpf(0x15, 0, 3, (int) AN_ODD_CALL),
        bpf(0x20, 0, 0, 32),
        bpf(0x15, 0, 1, 0xff),
        bpf(0x06, 0, 0, 0x00050000 | 132),
        bpf(0x06, 0, 0, 0x7fff0000)
      };
      MemorySegment code = arena.allocateFrom(ValueLayout.JAVA_LONG, program);
      long fprog = arena.allocate(16, 8).address();
      Memory.putLong(fprog, program.length);
      Memory.putLong(fprog + 8, code.address());
      return Native.syscall(SECCOMP, SECCOMP_SET_MODE_FILTER, TSYNC, fprog, 0, 0, 0) == 0;
    }
  }

  private static long bpf(int code, int ifTrue, int ifFalse, int k) {
    return code | (long) ifTrue << 16 | (long) ifFalse << 24 | (long) k << 32;
  }
}
