package io.syslet.examples.sim;

import io.syslet.Kernel;
import io.syslet.kernel.sim.ConcurrentKernel;
import io.syslet.kernel.sim.SimInstaller;
import io.syslet.kernel.sim.SimOptions;

/** LKL's boot test as LKL runs: host threads inside, in real time. */
class ConcurrentLklBootTest extends LklBootContract {
  @Override
  Kernel start(SimInstaller installer) {
    return ConcurrentKernel.boot(SimOptions.defaults(), installer);
  }
}
