package io.syslet.linux;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.III_Result;

/** Two take from a stack of two spares, one of them puts its own back: each is in one place. */
@JCStressTest
@Outcome(id = "1, 2, 0", expect = ACCEPTABLE, desc = "each has one")
@Outcome(id = "2, 1, 0", expect = ACCEPTABLE, desc = "each has one")
@Outcome(expect = FORBIDDEN, desc = "a spare was lost, or is in two places")
@State
public class SparesTaken {
  private final long scheduler = StressMemory.take();
  private final long first = StressMemory.take();
  private final long second = StressMemory.take();
  private long mine;
  private long other;

  /** Made by jcstress. */
  public SparesTaken() {
    SchedulerRecord.push(scheduler, first, 0);
    SchedulerRecord.push(scheduler, second, 0);
  }

  /** Takes one, puts it back, takes one. */
  @Actor
  public void returns(III_Result r) {
    long spare = SchedulerRecord.pop(scheduler, 0);
    SchedulerRecord.push(scheduler, spare, 0);
    mine = SchedulerRecord.pop(scheduler, 0);
    r.r1 = name(mine);
  }

  /** Takes one. */
  @Actor
  public void takes(III_Result r) {
    other = SchedulerRecord.pop(scheduler, 0);
    r.r2 = name(other);
  }

  /** What is left: nothing, and the two are not the same. */
  @Arbiter
  public void end(III_Result r) {
    r.r3 = mine == other || SchedulerRecord.pop(scheduler, 0) != 0 ? 1 : 0;
    StressMemory.give(scheduler);
    StressMemory.give(first);
    StressMemory.give(second);
  }

  private int name(long spare) {
    return spare == first ? 1 : spare == second ? 2 : 0;
  }
}
