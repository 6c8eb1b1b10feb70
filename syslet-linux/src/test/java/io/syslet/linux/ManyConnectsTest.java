package io.syslet.linux;

import static org.assertj.core.api.Assertions.assertThat;

import io.syslet.Kernel;
import io.syslet.Nr;
import io.syslet.Syslet;
import io.syslet.kernel.contract.Loopback;
import io.syslet.kernel.contract.Rig;
import org.junit.jupiter.api.Test;

/** More connects are pending at once than there are workers. */
class ManyConnectsTest {
  private static final int MANY = 100;
  private static final int WORKERS = 4;

  @Test
  void aHundredConnectsNeedNoWorkers() throws Exception {
    LinuxOptions options = LinuxOptions.defaults().maxWorkers(WORKERS);
    try (LinuxKernel kernel = LinuxKernel.boot(options)) {
      kernel.run(ManyConnectsTest::connect);
      assertThat(kernel.stats().withoutWorker()).isGreaterThanOrEqualTo(MANY);
    }
  }

  private static void connect(Kernel kernel) throws InterruptedException {
    Rig rig = new Rig(kernel, 1024);
    Loopback loopback = new Loopback(kernel);
    loopback.listenFull();
    long address = loopback.copyOfAddress();
    for (int i = 0; i < MANY; i++) {
      long status = rig.call(i, Nr.CONNECT, loopback.socket(), address, Loopback.SOCKADDR);
      assertThat(status).isEqualTo(-Syslet.ESYSLETPENDING);
    }
    loopback.listen(2 * MANY);
    assertThat(kernel.ringWait(rig.ring, rig.ring.tail(), MANY, Long.MAX_VALUE)).isZero();
    for (int i = 0; i < MANY; i++) {
      assertThat(rig.await()).isZero();
      long _ = rig.consume();
    }
  }
}
