package io.syslet.linux;

import io.syslet.kernel.contract.Booter;
import io.syslet.kernel.contract.SysletContract;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.io.TempDir;

/** What every kernel must do, this one does; with workers alone. */
class LinuxContractTest extends SysletContract {
  @TempDir private static Path work;

  @Override
  protected Booter booter() {
    Duration drain = Duration.ofMillis(100);
    return new TestKernels(work, false, options -> LinuxKernel.boot(options.drain(drain)));
  }
}
