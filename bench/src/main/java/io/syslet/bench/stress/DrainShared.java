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

/** Two consumers, two completions: each completion goes to one of them. */
@JCStressTest
@Outcome(id = "1, 2", expect = ACCEPTABLE, desc = "A takes the first -> B the second")
@Outcome(id = "2, 1", expect = ACCEPTABLE, desc = "B takes the first -> A the second")
@Outcome(id = "12, 0", expect = ACCEPTABLE, desc = "A takes both -> B finds none")
@Outcome(id = "0, 12", expect = ACCEPTABLE, desc = "B takes both -> A finds none")
@Outcome(expect = FORBIDDEN, desc = "A reads -> B takes -> A takes the same")
@State
public class DrainShared {
  private final CompletionRing ring = Rings.take();

  /** Fills the ring. */
  public DrainShared() {
    Rings.complete(ring, 1, 1);
    Rings.complete(ring, 2, 2);
  }

  /** A consumer. */
  @Actor
  public void a(II_Result r) {
    ring.drainShared((status, callerData) -> r.r1 = 10 * r.r1 + (int) status, Rings.ELEMENTS);
  }

  /** Another. */
  @Actor
  public void b(II_Result r) {
    ring.drainShared((status, callerData) -> r.r2 = 10 * r.r2 + (int) status, Rings.ELEMENTS);
  }

  /** The ring serves again. */
  @Arbiter
  public void end() {
    Rings.give(ring);
  }
}
