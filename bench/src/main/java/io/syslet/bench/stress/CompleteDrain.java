package io.syslet.bench.stress;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import io.syslet.ring.CompletionRing;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/**
 * Two calls end while the program drains: what it has not got yet it gets next time, in order. The
 * figures are the completions that each drain saw, as digits.
 */
@JCStressTest
@Outcome(id = "0, 12", expect = ACCEPTABLE, desc = "drain -> first -> second")
@Outcome(id = "1, 2", expect = ACCEPTABLE, desc = "first -> drain -> second")
@Outcome(id = "12, 0", expect = ACCEPTABLE, desc = "first -> second -> drain")
@Outcome(expect = FORBIDDEN, desc = "one is lost, or seen twice, or out of order")
@State
public class CompleteDrain {
  private final CompletionRing ring = Rings.take();

  /** Made by jcstress. */
  public CompleteDrain() {}

  /** Two calls end. */
  @Actor
  public void producer() {
    Rings.complete(ring, 1, 1);
    Rings.complete(ring, 2, 2);
  }

  /** The program drains. */
  @Actor
  public void consumer(II_Result r) {
    ring.drain((status, callerData) -> r.r1 = 10 * r.r1 + (int) status, Rings.ELEMENTS);
  }

  /** And once more. */
  @Arbiter
  public void end(II_Result r) {
    ring.drain((status, callerData) -> r.r2 = 10 * r.r2 + (int) status, Rings.ELEMENTS);
    Rings.give(ring);
  }
}
