package io.syslet.kernel.sim.ipc;

import io.syslet.Program;
import io.syslet.kernel.sim.SimKernel;
import io.syslet.kernel.sim.SimOptions;
import org.junit.jupiter.api.AfterEach;

/** Tests of calls in the simulated machine, each with a kernel of its own. */
abstract class OnSimKernel {
  static final long MILLI = 1_000_000;

  final SimKernel kernel = SimKernel.boot(SimOptions.defaults());

  @AfterEach
  void close() {
    kernel.close();
  }

  final void run(Program program) throws Exception {
    kernel.run(program);
  }

  final long memory(long length) {
    return kernel.arena().allocate(length, 16).address();
  }

  final long timespec(long nanos) {
    long at = memory(16);
    Timespec.write(at, nanos);
    return at;
  }
}
