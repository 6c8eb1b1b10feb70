package io.syslet.linux;

import static org.assertj.core.api.Assertions.assertThat;

import io.syslet.KernelStats;
import io.syslet.Syslet;
import io.syslet.kernel.contract.Rig;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Each detector sees a call that blocks. */
class HandOverTest {
  private static final long PENDING = -Syslet.ESYSLETPENDING;

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aReadFromAnEmptyPipeIsSeenToBlock(boolean sentinel) throws Exception {
    LinuxOptions options = Linux.options().sentinel(sentinel);
    try (LinuxKernel linux = LinuxKernel.boot(options)) {
      linux.run(
          kernel -> {
            Rig rig = new Rig(kernel);
            assertThat(rig.read(77)).isEqualTo(PENDING);
            assertThat(rig.ring.isEmpty()).isTrue();
            rig.feed(1);
            assertThat(rig.await()).isEqualTo(1);
            assertThat(rig.consume()).isEqualTo(77);
            rig.feed(1);
            assertThat(rig.read(78)).isEqualTo(1);
            assertThat(rig.ring.isEmpty()).isTrue();
            rig.close();
          });
      KernelStats stats = linux.stats();
      assertThat(stats.pending()).isEqualTo(1);
      assertThat(stats.completedInline()).isEqualTo(1);
      assertThat(stats.calls()).isEqualTo(2);
      assertThat(stats.inFlight()).isZero();
      assertThat(stats.detector()).isIn(sentinel ? "sentinel" : "sysmon", "switch records");
    }
  }
}
