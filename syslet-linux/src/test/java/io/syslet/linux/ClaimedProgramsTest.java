package io.syslet.linux;

import io.syslet.kernel.contract.RandomProgramContract;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

/** Programs of atoms do the same if their calls are handed over at any moment, asleep or not. */
class ClaimedProgramsTest extends RandomProgramContract {
  @TempDir private static Path work;

  ClaimedProgramsTest() {
    super(new TestKernels(work, false, options -> claimed(options.sentinel(false))));
  }

  private static LinuxKernel claimed(LinuxOptions options) {
    LinuxKernel kernel = LinuxKernel.boot(options);
    new Claimer(kernel).start();
    return kernel;
  }
}
