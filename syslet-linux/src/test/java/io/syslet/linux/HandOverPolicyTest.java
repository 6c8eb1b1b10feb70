package io.syslet.linux;

import static org.assertj.core.api.Assertions.assertThat;

import io.syslet.Nr;
import io.syslet.Syslet;
import io.syslet.kernel.contract.Rig;
import io.syslet.ring.Memory;
import org.junit.jupiter.api.Test;

/** The adaptive policy: inline while calls do not sleep, strict once they do. */
class HandOverPolicyTest {
  private static final int NAPS = 40;

  /** Long enough for the sysmon to see it, should others keep the sentinel from its processor. */
  private static final long NAP_NANOS = 20_000_000;

  @Test
  void adaptiveMissesAFewBlocksAndThenHandsThemOver() throws Exception {
    LinuxOptions options = Linux.options().policy(HandOverPolicy.ADAPTIVE);
    try (LinuxKernel kernel = LinuxKernel.boot(options)) {
      kernel.run(
          k -> {
            Rig rig = new Rig(k);
            for (int i = 0; i < 1000; i++) {
              rig.feed(1);
              assertThat(rig.read(i)).isEqualTo(1);
            }
            assertThat(k.stats().pending()).isZero();
            Memory.putLong(rig.buffer + 64, 0);
            Memory.putLong(rig.buffer + 72, NAP_NANOS);
            int pending = 0;
            for (int i = 0; i < NAPS; i++) {
              long result = rig.call(i, Nr.NANOSLEEP, rig.buffer + 64, 0, 0);
              if (result == -Syslet.ESYSLETPENDING) {
                pending++;
                assertThat(rig.await()).isZero();
                assertThat(rig.consume()).isEqualTo(i);
              }
            }
            assertThat(pending).as("handed over, of %d sleeps", NAPS).isBetween(NAPS / 3, NAPS);
            assertThat(k.stats().missed()).as("made inline, and slept").isPositive();
          });
    }
  }
}
