package io.syslet.linux;

import static org.assertj.core.api.Assertions.assertThat;

import io.syslet.Params;
import io.syslet.Syslet;
import io.syslet.kernel.contract.Rig;
import io.syslet.ring.Memory;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Frames of calls that end only because the kernel does. */
class FramesAtTheEndTest {
  @Test
  void aFrameThatIsNotEnteredAnyMoreGivesItsStackBack() throws Exception {
    AtomicInteger entered = new AtomicInteger();
    LinuxKernel kernel = LinuxKernel.boot(Linux.options().drain(Duration.ofMillis(10)));
    kernel.run(
        k -> {
          Rig rig = new Rig(k);
          Memory.putLong(
              rig.params.address() + Params.FRAME_IP, k.frame(sp -> entered.incrementAndGet()));
          Memory.putLong(rig.params.address() + Params.FRAME_SP, 9);
          assertThat(rig.read(1)).isEqualTo(-Syslet.ESYSLETPENDING);
        });
    assertThat(kernel.framesInUse()).isEqualTo(1);
    kernel.close();
    assertThat(kernel.framesInUse()).isZero();
    assertThat(entered).hasValue(0);
  }
}
