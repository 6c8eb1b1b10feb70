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
 * The waker is in front: a first wake-up meets the waiter on its way into the bucket and is not for
 * it, since it waits for two completions. The second one must find it there again.
 */
@JCStressTest
@Outcome(id = "0, 0", expect = ACCEPTABLE, desc = "waiter -> first -> second: woken twice")
@Outcome(id = "1, 0", expect = ACCEPTABLE, desc = "first -> waiter -> second: woken by the second")
@Outcome(id = "2, 0", expect = ACCEPTABLE, desc = "first -> second -> waiter: no sleep")
@Outcome(expect = FORBIDDEN, desc = "first takes the waiter out -> second sees none: lost")
@State
public class WaiterTwoWakers {
  private final CompletionRing ring = Rings.take();
  private final int start = ring.head();

  /** Made by jcstress. */
  public WaiterTwoWakers() {}

  /** The program waits for both. */
  @Actor
  public void waiter(II_Result r) {
    r.r1 = ring.head() - start;
    r.r2 = Rings.await(ring, start, 2);
  }

  /** Two calls end. */
  @Actor
  public void waker() {
    Rings.complete(ring, 1, 1);
    Rings.complete(ring, 2, 2);
  }

  /** The ring serves again. */
  @Arbiter
  public void end() {
    Rings.give(ring);
  }
}
