package io.syslet.linux;

import static org.assertj.core.api.Assertions.assertThat;

import io.syslet.Errno;
import io.syslet.Nr;
import io.syslet.Syslet;
import io.syslet.kernel.contract.Rig;
import org.junit.jupiter.api.Test;

/**
 * What cannot be undone here is not begun: NONBLOCK needs a form of the call that does not sleep.
 */
class NonBlockingTest {
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
