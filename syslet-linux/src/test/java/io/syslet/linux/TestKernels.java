package io.syslet.linux;

import io.syslet.Kernel;
import io.syslet.kernel.contract.Booter;
import java.nio.file.Path;
import java.util.function.Function;

/** Kernels of this machine for the contract. */
final class TestKernels implements Booter {
  private final Path work;
  private final boolean reactor;
  private final Function<LinuxOptions, LinuxKernel> boot;

  TestKernels(Path work, boolean reactor, Function<LinuxOptions, LinuxKernel> boot) {
    this.work = work;
    this.reactor = reactor;
    this.boot = boot;
  }

  @Override
  public Kernel boot(int maxWorkers) {
    return boot.apply(LinuxOptions.defaults().maxWorkers(maxWorkers).reactor(reactor));
  }

  @Override
  public boolean waitsAtWorkers() {
    return !reactor;
  }

  @Override
  public int framesInUse(Kernel kernel) {
    return ((LinuxKernel) kernel).framesInUse();
  }

  @Override
  public String directory() {
    return work.toString();
  }
}
