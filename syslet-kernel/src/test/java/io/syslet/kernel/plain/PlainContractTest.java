package io.syslet.kernel.plain;

import io.syslet.Kernel;
import io.syslet.kernel.contract.Booter;
import io.syslet.kernel.contract.SysletContract;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.io.TempDir;

/** What every kernel must do, the plain one does, hand-overs too; with workers alone. */
class PlainContractTest extends SysletContract {
  @TempDir private static Path work;

  @Override
  protected Booter booter() {
    return booter(work, false);
  }

  static Booter booter(Path work, boolean reactor) {
    return new Booter() {
      // What does not sleep has ended by the grace; a kernel of few workers sleeps a lot.
      @Override
      public Kernel boot(int maxWorkers) {
        Duration grace = Duration.ofMillis(maxWorkers < 100 ? 1 : 10);
        Duration drain = Duration.ofMillis(100);
        return PlainKernel.boot(
            PlainOptions.defaults()
                .maxWorkers(maxWorkers)
                .grace(grace)
                .drain(drain)
                .reactor(reactor));
      }

      @Override
      public boolean waitsAtWorkers() {
        return !reactor;
      }

      @Override
      public int framesInUse(Kernel kernel) {
        return ((PlainKernel) kernel).framesInUse();
      }

      @Override
      public String directory() {
        return work.toString();
      }
    };
  }
}
