package io.syslet.kernel.cpu;

import org.junit.jupiter.api.AfterEach;

/** The JVM as a host. */
class RealHostTest extends CpuHostContract {
  private final RealHost host = new RealHost();

  @Override
  CpuHost host() {
    return host;
  }

  @Override
  void run(Runnable body) {
    host.start("main", body).join();
  }

  @AfterEach
  void close() {
    host.close();
  }
}
