package io.syslet.kernel.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.syslet.Atoms;
import io.syslet.Nr;
import io.syslet.Syslet;
import io.syslet.ring.Memory;
import java.util.SplittableRandom;

/** Programs of atoms at random, each of which is run by a kernel and by a second interpreter. */
public final class RandomPrograms {
  private static final int STEPS = 30;
  private static final long PENDING = -Syslet.ESYSLETPENDING;

  private final Rig rig;
  private final long file;
  private final long seed;
  private final SplittableRandom random;
  private int made;

  /**
   * Those of a seed, for a task of a kernel.
   *
   * @param file a descriptor of a file that can be read and written.
   */
  public RandomPrograms(Rig rig, long file, long seed) {
    this.rig = rig;
    this.file = file;
    this.seed = seed;
    random = new SplittableRandom(seed);
  }

  /** Runs the next program both ways; whether it blocked. */
  public boolean next() {
    ProgramPlan plan = new ProgramPlan(random);
    String program = "-Dsyslet.seed=" + seed + ", program " + made++ + ": " + plan;
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
    compare(atoms, model, program);
    return model.blocked;
  }

  private void compare(Atoms atoms, ProgramModel model, String program) {
    for (int i = 0; i < model.statuses.length; i++) {
      assertThat(atoms.status(i)).as(program).isEqualTo(model.statuses[i]);
    }
    for (int i = 0; i < ProgramPlan.WORDS; i++) {
      assertThat(Memory.getLong(atoms.data() + 8L * i)).as(program).isEqualTo(model.word(i));
    }
    assertThat(left()).as(program).isEqualTo(model.pipe);
  }

  /** Empties the pipe: how many bytes were in it. */
  private long left() {
    long left = rig.call(0, Syslet.NONBLOCK, Nr.READ, rig.in, rig.buffer, Rig.BUFFER);
    return Math.max(left, 0);
  }
}
