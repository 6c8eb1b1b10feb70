package io.syslet.kernel.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.syslet.CString;
import io.syslet.Kernel;
import io.syslet.Sys;
import org.junit.jupiter.api.Test;

/** Programs of atoms at random do what a second interpreter says, blocked or not. */
public abstract class RandomProgramContract extends KernelContract {
  private static final int PROGRAMS = Integer.getInteger("syslet.programs", 2000);
  private static final long SEED = Long.getLong("syslet.seed", System.nanoTime());

  /** Of the kernels that the booter makes. */
  protected RandomProgramContract(Booter booter) {
    super(booter);
  }

  @Test
  void aProgramDoesWhatASecondInterpreterSays() throws Exception {
    needsHandOver();
    run(
        kernel -> {
          RandomPrograms programs = new RandomPrograms(new Rig(kernel), file(kernel), SEED);
          int blocked = 0;
          for (int i = 0; i < PROGRAMS; i++) {
            blocked += programs.next() ? 1 : 0;
          }
          assertThat(blocked).as("programs that blocked").isBetween(PROGRAMS / 200, PROGRAMS / 2);
        });
  }

  private long file(Kernel kernel) {
    long path = CString.allocate(kernel.arena(), path("seek"));
    long fd = Sys.openat(kernel, Sys.AT_FDCWD, path, Sys.O_RDWR | Sys.O_CREAT, 0600);
    assertThat(fd).isNotNegative();
    return fd;
  }
}
