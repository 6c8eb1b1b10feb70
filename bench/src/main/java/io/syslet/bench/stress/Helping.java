package io.syslet.bench.stress;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE_INTERESTING;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import io.syslet.ring.CompletionRing;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.III_Result;

/** Two calls end at once: whoever comes second leaves a head that is over both. */
@JCStressTest
@Outcome(id = "1, 2, 2", expect = ACCEPTABLE, desc = "A moves the head -> B moves the head")
@Outcome(id = "2, 1, 2", expect = ACCEPTABLE, desc = "B moves the head -> A moves the head")
@Outcome(id = "2, 2, 2", expect = ACCEPTABLE, desc = "both publish -> one moves the head over both")
@Outcome(
    id = "0, 2, 2",
    expect = ACCEPTABLE_INTERESTING,
    desc = "B claims -> A publishes behind it and leaves -> B moves the head over both")
@Outcome(
    id = "2, 0, 2",
    expect = ACCEPTABLE_INTERESTING,
    desc = "A claims -> B publishes behind it and leaves -> A moves the head over both")
@Outcome(expect = FORBIDDEN, desc = "both publish -> both leave it to the other: a lost advance")
@State
public class Helping {
  private final CompletionRing ring = Rings.take();
  private final int start = ring.head();

  /** Made by jcstress. */
  public Helping() {}

  /** A call ends, and looks how far the head is. */
  @Actor
  public void a(III_Result r) {
    Rings.complete(ring, 1, 1);
    r.r1 = ring.head() - start;
  }

  /** Another call ends. */
  @Actor
  public void b(III_Result r) {
    Rings.complete(ring, 2, 2);
    r.r2 = ring.head() - start;
  }

  /** Where the head is in the end. */
  @Arbiter
  public void end(III_Result r) {
    r.r3 = ring.head() - start;
    Rings.give(ring);
  }
}
