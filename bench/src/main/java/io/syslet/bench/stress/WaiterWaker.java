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
 * A program goes to sleep while a call ends. Whichever is first, it wakes: the waiter enters its
 * bucket and then looks at the head, the waker moves the head and then looks at the bucket.
 */
@JCStressTest
@Outcome(id = "0, 0", expect = ACCEPTABLE, desc = "waiter looks -> waker moves the head: woken")
@Outcome(id = "1, 0", expect = ACCEPTABLE, desc = "waker moves the head -> waiter looks: no sleep")
@Outcome(expect = FORBIDDEN, desc = "waiter looks -> waker sees no waiter -> waiter sleeps: lost")
@State
public class WaiterWaker {
  private final CompletionRing ring = Rings.take();
  private final int start = ring.head();

  /** Made by jcstress. */
  public WaiterWaker() {}

  /** The program waits; one that had to wait for the time-out has lost its wake-up. */
  @Actor
  public void waiter(II_Result r) {
    r.r1 = ring.head() - start;
    r.r2 = Rings.await(ring, start, 1);
  }

  /** The call ends. */
  @Actor
  public void waker() {
    Rings.complete(ring, 1, 1);
  }

  /** The ring serves again. */
  @Arbiter
  public void end() {
    Rings.give(ring);
  }
}
