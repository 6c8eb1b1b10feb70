package io.syslet.linux;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/** A processor that was lent: its lender ends its turn as a spare comes. One of the two has it. */
@JCStressTest
@Outcome(id = "1, 0", expect = ACCEPTABLE, desc = "the lender has it back")
@Outcome(id = "0, 1", expect = ACCEPTABLE, desc = "the spare has it")
@Outcome(expect = FORBIDDEN, desc = "both, or nobody")
@State
public class LenderOrTaker {
  private static final long LENDER = 0x1000;
  private static final long SPARE = 0x2000;

  private final long cpu = StressMemory.take();

  /** Made by jcstress. */
  public LenderOrTaker() {
    boolean _ = CpuRecord.passActive(cpu, 0, LENDER | CpuRecord.LENT);
  }

  /** The lender ends its turn. */
  @Actor
  public void lender(II_Result r) {
    r.r1 = CpuRecord.passActive(cpu, LENDER | CpuRecord.LENT, LENDER) ? 1 : 0;
  }

  /** A spare that has seen it asleep. */
  @Actor
  public void spare(II_Result r) {
    r.r2 = CpuRecord.passActive(cpu, LENDER | CpuRecord.LENT, SPARE) ? 1 : 0;
  }

  /** Nobody uses the record any more. */
  @Arbiter
  public void end(II_Result r) {
    StressMemory.give(cpu);
  }
}
