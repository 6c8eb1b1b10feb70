package io.syslet.kernel.contract;

import org.junit.jupiter.api.Nested;

/** The whole contract. A kernel's test extends it and says how such a kernel is booted. */
@SuppressWarnings("ClassCanBeStatic") // nested tests are inner classes
public abstract class SysletContract {
  /** Boots the kernels to be tried. */
  protected abstract Booter booter();

  @Nested
  class Entry extends EntryContract {
    Entry() {
      super(booter());
    }
  }

  @Nested
  class Careful extends CarefulContract {
    Careful() {
      super(booter());
    }
  }

  @Nested
  class Batch extends BatchContract {
    Batch() {
      super(booter());
    }
  }

  @Nested
  class HandOver extends HandOverContract {
    HandOver() {
      super(booter());
    }
  }

  @Nested
  class Frame extends FrameContract {
    Frame() {
      super(booter());
    }
  }

  @Nested
  class Close extends CloseContract {
    Close() {
      super(booter());
    }
  }

  @Nested
  class Cancel extends CancelContract {
    Cancel() {
      super(booter());
    }
  }

  @Nested
  class Deadline extends DeadlineContract {
    Deadline() {
      super(booter());
    }
  }

  @Nested
  class OwnResult extends OwnResultContract {
    OwnResult() {
      super(booter());
    }
  }

  @Nested
  class End extends EndContract {
    End() {
      super(booter());
    }
  }

  @Nested
  class Traps extends TrapsContract {
    Traps() {
      super(booter());
    }
  }

  @Nested
  class Fio extends FioContract {
    Fio() {
      super(booter());
    }
  }

  @Nested
  class ProgramFlow extends ProgramFlowContract {
    ProgramFlow() {
      super(booter());
    }
  }

  @Nested
  class ProgramHandOver extends ProgramHandOverContract {
    ProgramHandOver() {
      super(booter());
    }
  }

  @Nested
  class ProgramErrors extends ProgramErrorsContract {
    ProgramErrors() {
      super(booter());
    }
  }

  @Nested
  class RandomProgram extends RandomProgramContract {
    RandomProgram() {
      super(booter());
    }
  }

  @Nested
  class CallsByName extends CallsContract {
    CallsByName() {
      super(booter());
    }
  }

  @Nested
  class Awaiting extends AwaitContract {
    Awaiting() {
      super(booter());
    }
  }

  @Nested
  class MemoryOfCalls extends CallMemoryContract {
    MemoryOfCalls() {
      super(booter());
    }
  }

  @Nested
  class Chains extends ChainContract {
    Chains() {
      super(booter());
    }
  }

  @Nested
  class Waiting extends WaitingContract {
    Waiting() {
      super(booter());
    }
  }

  @Nested
  class WaitingFiles extends WaitingFilesContract {
    WaitingFiles() {
      super(booter());
    }
  }

  @Nested
  class Sockets extends SocketContract {
    Sockets() {
      super(booter());
    }
  }

  @Nested
  class Connects extends ConnectContract {
    Connects() {
      super(booter());
    }
  }
}
