package io.syslet.kernel.cpu;

/** The host that is like itself each time. */
class SeededHostTest extends CpuHostContract {
  private final SeededHost host = new SeededHost(42);

  @Override
  CpuHost host() {
    return host;
  }

  @Override
  void run(Runnable body) {
    host.run(body);
  }
}
