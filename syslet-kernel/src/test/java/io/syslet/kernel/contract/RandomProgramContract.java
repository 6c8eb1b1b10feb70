package io.syslet.kernel.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.syslet.Atoms;
import io.syslet.CString;
import io.syslet.Kernel;
import io.syslet.Nr;
import io.syslet.Sys;
import io.syslet.Syslet;
import io.syslet.ring.Memory;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Programs of atoms at random do what a second interpreter says, blocked or not. */
public abstract class RandomProgramContract extends KernelContract {
  private static final int PROGRAMS = Integer.getInteger("syslet.programs", 2000);
  private static final long SEED = Long.getLong("syslet.seed", System.nanoTime());
  private static final int STEPS = 30;

  /** Of the kernels that the booter makes. */
  protected RandomProgramContract(Booter booter) {
    super(booter);
  }

  @Test
  void aProgramDoesWhatASecondInterpreterSays() throws Exception {
    needsHandOver();
    run(
        kernel -> {
          Rig rig = new Rig(kernel);
          long file = file(kernel);
          SplittableRandom random = new SplittableRandom(SEED);
          int blocked = 0;
          for (int i = 0; i < PROGRAMS; i++) {
            ProgramPlan plan = new ProgramPlan(random);
            String program = "-Dsyslet.seed=" + SEED + ", program " + i + ": " + plan;
            blocked += compare(rig, file, plan, program) ? 1 : 0;
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

  /** Runs a program both ways; whether it blocked. */
  private static boolean compare(Rig rig, long file, ProgramPlan plan, String program) {
    if (plan.pipe > 0) {
      rig.feed(plan.pipe);
    }
    Atoms atoms = plan.write(rig, file);
    long result = rig.kernel.exec(atoms, 0, STEPS, 0);
    ProgramModel model = new ProgramModel(plan, STEPS);
    if (model.blocked) {
      assertThat(result).as(program).isEqualTo(PENDING);
      rig.feed(ProgramModel.FEED);
    }
    if (result == PENDING) {
      assertThat(rig.await()).as(program).isEqualTo(model.status);
      assertThat(rig.consume()).as(program).isEqualTo(model.last);
    } else {
      assertThat(result).as(program).isEqualTo(model.failed ? model.status : model.last);
    }
    for (int i = 0; i < model.statuses.length; i++) {
      assertThat(atoms.status(i)).as(program).isEqualTo(model.statuses[i]);
    }
    for (int i = 0; i < ProgramPlan.WORDS; i++) {
      assertThat(Memory.getLong(atoms.data() + 8L * i)).as(program).isEqualTo(model.word(i));
    }
    assertThat(left(rig)).as(program).isEqualTo(model.pipe);
    return model.blocked;
  }

  /** Empties the pipe: how many bytes were in it. */
  private static long left(Rig rig) {
    long left = rig.call(0, Syslet.NONBLOCK, Nr.READ, rig.in, rig.buffer, Rig.BUFFER);
    return Math.max(left, 0);
  }
}
