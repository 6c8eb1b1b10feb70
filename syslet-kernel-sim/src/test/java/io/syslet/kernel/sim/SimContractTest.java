package io.syslet.kernel.sim;

import io.syslet.Kernel;
import io.syslet.kernel.contract.BatchContract;
import io.syslet.kernel.contract.Booter;
import io.syslet.kernel.contract.EndContract;
import io.syslet.kernel.contract.EntryContract;
import io.syslet.kernel.contract.FrameContract;
import io.syslet.kernel.contract.HandOverContract;
import io.syslet.kernel.contract.TrapsContract;
import org.junit.jupiter.api.Nested;

/** What every kernel must do, the simulated one does. */
class SimContractTest {
  private static final Booter SIM =
      new Booter() {
        @Override
        public Kernel boot(int maxWorkers) {
          return SimKernel.boot(SimOptions.defaults().maxWorkers(maxWorkers));
        }

        @Override
        public String directory() {
          return "/";
        }
      };

  @Nested
  class Batch extends BatchContract {
    Batch() {
      super(SIM);
    }
  }

  @Nested
  class End extends EndContract {
    End() {
      super(SIM);
    }
  }

  @Nested
  class Entry extends EntryContract {
    Entry() {
      super(SIM);
    }
  }

  @Nested
  class Frame extends FrameContract {
    Frame() {
      super(SIM);
    }
  }

  @Nested
  class HandOver extends HandOverContract {
    HandOver() {
      super(SIM);
    }
  }

  @Nested
  class Traps extends TrapsContract {
    Traps() {
      super(SIM);
    }
  }
}
