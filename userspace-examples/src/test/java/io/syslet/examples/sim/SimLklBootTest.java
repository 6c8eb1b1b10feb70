package io.syslet.examples.sim;

import io.syslet.Kernel;
import io.syslet.kernel.sim.SimInstaller;
import io.syslet.kernel.sim.SimKernel;
import io.syslet.kernel.sim.SimOptions;

/** LKL's boot test in virtual time. */
class SimLklBootTest extends LklBootContract {
  @Override
  Kernel start(SimInstaller installer) {
    return SimKernel.boot(SimOptions.defaults(), installer);
  }
}
