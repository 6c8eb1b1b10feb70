package io.syslet.linux;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/**
 * Something is queued as the last carrier gives its processor up: one of the two sees the other.
 */
@JCStressTest
@Outcome(id = "0, 1", expect = ACCEPTABLE, desc = "the carrier sees what waits")
@Outcome(id = "1, 0", expect = ACCEPTABLE, desc = "the submitter sees that it is free")
@Outcome(id = "1, 1", expect = ACCEPTABLE, desc = "both do")
@Outcome(expect = FORBIDDEN, desc = "a wake-up is lost")
@State
public class SubmitRelease {
  private static final long CARRIER = 0x1000;

  private final Cpu cpu = new Cpu(0, StressMemory.take());

  /** Made by jcstress. */
  public SubmitRelease() {
    boolean _ = CpuRecord.passActive(cpu.record, 0, CARRIER);
  }

  /** Whoever submits. */
  @Actor
  public void submitter(II_Result r) {
    cpu.add(() -> {});
    r.r1 = cpu.isFree() ? 1 : 0;
  }

  /** The carrier, which has found nothing. */
  @Actor
  public void carrier(II_Result r) {
    boolean _ = CpuRecord.passActive(cpu.record, CARRIER, 0);
    r.r2 = cpu.waiting() > 0 ? 1 : 0;
  }

  /** Nobody uses the record any more. */
  @Arbiter
  public void end(II_Result r) {
    StressMemory.give(cpu.record);
  }
}
