package io.syslet.kernel.contract;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.syslet.Kernel;
import io.syslet.Program;
import io.syslet.Syslet;

/** A part of the contract, to be tried on the kernels of a booter. */
public abstract class KernelContract {
  static final long PENDING = -Syslet.ESYSLETPENDING;

  private static final int WORKERS = 400;

  final Booter booter;

  KernelContract(Booter booter) {
    this.booter = booter;
  }

  final Kernel boot(int maxWorkers) {
    return booter.boot(maxWorkers);
  }

  final Kernel boot() {
    return boot(WORKERS);
  }

  /** Skips the test where a call that blocks is not handed over. */
  final void needsHandOver() {
    assumeTrue(booter.handsOver(), "nothing is handed over here");
  }

  /** The name of a file that the programs may make. */
  final String path(String name) {
    return booter.directory() + "/" + name;
  }

  /** Runs a program on a kernel of its own. */
  final void run(Program program) throws Exception {
    try (Kernel kernel = boot()) {
      kernel.run(program);
    }
  }
}
