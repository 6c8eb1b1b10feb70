package io.syslet.client;

import io.syslet.Kernel;
import io.syslet.kernel.contract.AwaitContract;
import io.syslet.kernel.contract.BatchContract;
import io.syslet.kernel.contract.Booter;
import io.syslet.kernel.contract.CallMemoryContract;
import io.syslet.kernel.contract.CallsContract;
import io.syslet.kernel.contract.CancelContract;
import io.syslet.kernel.contract.CarefulContract;
import io.syslet.kernel.contract.ChainContract;
import io.syslet.kernel.contract.CloseContract;
import io.syslet.kernel.contract.DeadlineContract;
import io.syslet.kernel.contract.EndContract;
import io.syslet.kernel.contract.EntryContract;
import io.syslet.kernel.contract.FrameContract;
import io.syslet.kernel.contract.HandOverContract;
import io.syslet.kernel.contract.OwnResultContract;
import io.syslet.server.Served;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

/**
 * What every kernel must do, one at the other end of a connection does. Of the traps two are about
 * what such a one has not: workers to be counted, and writes to a pipe that are never short.
 */
@TestInstance(Lifecycle.PER_CLASS)
abstract class RemoteContract {
  @TempDir private static Path work;

  private final String kind;
  private Served served;

  RemoteContract(String kind) {
    this.kind = kind;
  }

  @BeforeAll
  void serve() throws IOException {
    served =
        Served.in(
            work,
            options -> {
              options.grant = List.of("write");
              options.inFlight = 512;
            });
  }

  @AfterAll
  void stop() {
    served.close();
  }

  private final Booter remote =
      new Booter() {
        @Override
        public Kernel boot(int maxWorkers) {
          try {
            Kernel kernel = served.connect(kind);
            kernel.maxWorkers(maxWorkers);
            return kernel;
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        }

        @Override
        public int framesInUse(Kernel kernel) {
          return ((RemoteKernel) kernel).framesInUse();
        }

        @Override
        public String directory() {
          return "";
        }
      };

  @Nested
  class Careful extends CarefulContract {
    Careful() {
      super(remote);
    }
  }

  @Nested
  class Batch extends BatchContract {
    Batch() {
      super(remote);
    }
  }

  @Nested
  class Cancel extends CancelContract {
    Cancel() {
      super(remote);
    }
  }

  @Nested
  class Deadline extends DeadlineContract {
    Deadline() {
      super(remote);
    }
  }

  @Nested
  class Close extends CloseContract {
    Close() {
      super(remote);
    }
  }

  @Nested
  class OwnResult extends OwnResultContract {
    OwnResult() {
      super(remote);
    }
  }

  @Nested
  class End extends EndContract {
    End() {
      super(remote);
    }
  }

  @Nested
  class Entry extends EntryContract {
    Entry() {
      super(remote);
    }
  }

  @Nested
  class Frame extends FrameContract {
    Frame() {
      super(remote);
    }
  }

  @Nested
  class HandOver extends HandOverContract {
    HandOver() {
      super(remote);
    }
  }

  @Nested
  class CallsByName extends CallsContract {
    CallsByName() {
      super(remote);
    }
  }

  @Nested
  class Awaiting extends AwaitContract {
    Awaiting() {
      super(remote);
    }
  }

  @Nested
  class MemoryOfCalls extends CallMemoryContract {
    MemoryOfCalls() {
      super(remote);
    }
  }

  @Nested
  class Chains extends ChainContract {
    Chains() {
      super(remote);
    }
  }
}
