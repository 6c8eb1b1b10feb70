package io.syslet.linux;

import static org.assertj.core.api.Assertions.assertThat;

import io.syslet.Errno;
import io.syslet.Kernel;
import io.syslet.Nr;
import io.syslet.Stat;
import io.syslet.StuckCall;
import io.syslet.Sys;
import io.syslet.Syslet;
import io.syslet.kernel.contract.Rig;
import io.syslet.linux.hung.HungMount;
import io.syslet.ring.CompletionRing;
import java.lang.foreign.Arena;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A mount that hangs costs the program that looks into it, and no other. Skipped without FUSE. */
class HungMountTest {
  private static final int HUNG = 4;
  private static final int ROUNDS = 50;

  @TempDir private Path folder;
  private HungMount mount;

  @BeforeEach
  void hang() {
    mount = HungMount.at(folder);
  }

  @AfterEach
  void release() {
    mount.close();
  }

  private LinuxKernel boot(int workers) {
    LinuxOptions options = LinuxOptions.defaults().maxWorkers(workers);
    return LinuxKernel.boot(options.drain(Duration.ofMillis(50)));
  }

  /** Asks about a file of the mount: the answer of the entry. */
  private long look(Rig rig, long callerData) {
    long path = rig.kernel.arena().allocateFrom(mount.file()).address();
    return rig.call(callerData, Nr.STATX, Sys.AT_FDCWD, path, Stat.AT_SYMLINK_NOFOLLOW);
  }

  @Test
  void otherProgramsGoOn() throws Exception {
    try (Kernel kernel = boot(2 * HUNG)) {
      assertThat(kernel.maxPending(HUNG)).isEqualTo(Integer.MAX_VALUE);
      kernel.run(
          k -> {
            Rig rig = new Rig(k);
            for (int i = 0; i < HUNG; i++) {
              assertThat(look(rig, i)).isEqualTo(-Syslet.ESYSLETPENDING);
            }
            assertThat(look(rig, HUNG)).as("no more").isEqualTo(-Errno.EAGAIN);
            k.start(HungMountTest::goOn).join();
            assertThat(rig.ring.isEmpty()).as("it hangs").isTrue();
            mount.close();
            for (int i = 0; i < HUNG; i++) {
              assertThat(rig.await()).isNegative().isNotEqualTo(-Errno.ECANCELED);
              rig.consume();
            }
          });
    }
  }

  private static void goOn(Kernel kernel) {
    Rig rig = new Rig(kernel);
    for (int i = 0; i < ROUNDS; i++) {
      assertThat(rig.read(1)).isEqualTo(-Syslet.ESYSLETPENDING);
      rig.feed(1);
      assertThat(rig.await()).isEqualTo(1);
      rig.consume();
    }
  }

  @Test
  void whoAsksIsToldAndTheEndNamesWhatIsStuck() throws Exception {
    CompletionRing ring = CompletionRing.allocate(Arena.global(), 8, 1);
    LinuxKernel kernel = boot(16);
    kernel.run(k -> assertThat(look(new Rig(k, ring), 7)).isEqualTo(-Syslet.ESYSLETPENDING));
    assertThat(kernel.cancel(ring, 7)).isEqualTo(-Errno.EALREADY);
    assertThat(kernel.cancel(ring, 7)).as("asked before").isEqualTo(-Errno.EALREADY);
    List<StuckCall> stuck = kernel.close(Duration.ofMillis(10));
    assertThat(stuck).hasToString("[statx(), caller data 7]");
    assertThat(ring.statusAt(0)).isEqualTo(-Errno.ECANCELED);
    assertThat(ring.head()).isEqualTo(1);
  }
}
