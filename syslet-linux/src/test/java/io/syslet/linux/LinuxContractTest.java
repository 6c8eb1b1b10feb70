package io.syslet.linux;

import io.syslet.Kernel;
import io.syslet.kernel.contract.BatchContract;
import io.syslet.kernel.contract.Booter;
import io.syslet.kernel.contract.EndContract;
import io.syslet.kernel.contract.EntryContract;
import io.syslet.kernel.contract.FrameContract;
import io.syslet.kernel.contract.HandOverContract;
import io.syslet.kernel.contract.ProgramContract;
import io.syslet.kernel.contract.RandomProgramContract;
import io.syslet.kernel.contract.TrapsContract;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.io.TempDir;

/** What every kernel must do, this one does. */
class LinuxContractTest {
  @TempDir private static Path work;

  private static final Booter LINUX =
      new Booter() {
        @Override
        public Kernel boot(int maxWorkers) {
          Duration drain = Duration.ofMillis(100);
          return LinuxKernel.boot(LinuxOptions.defaults().maxWorkers(maxWorkers).drain(drain));
        }

        @Override
        public String directory() {
          return work.toString();
        }
      };

  @Nested
  class Batch extends BatchContract {
    Batch() {
      super(LINUX);
    }
  }

  @Nested
  class End extends EndContract {
    End() {
      super(LINUX);
    }
  }

  @Nested
  class Entry extends EntryContract {
    Entry() {
      super(LINUX);
    }
  }

  @Nested
  class Frame extends FrameContract {
    Frame() {
      super(LINUX);
    }
  }

  @Nested
  class HandOver extends HandOverContract {
    HandOver() {
      super(LINUX);
    }
  }

  @Nested
  class Traps extends TrapsContract {
    Traps() {
      super(LINUX);
    }
  }

  @Nested
  class Program extends ProgramContract {
    Program() {
      super(LINUX);
    }
  }

  @Nested
  class RandomProgram extends RandomProgramContract {
    RandomProgram() {
      super(LINUX);
    }
  }
}
