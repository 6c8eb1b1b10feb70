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
 * A ring full of unread completions: a call gets a slot only when the program has read it, and what
 * it completes there does not overwrite what the program reads.
 */
@JCStressTest
@Outcome(id = "12, 3", expect = ACCEPTABLE, desc = "drain -> reserve -> complete: after the others")
@Outcome(id = "12, 0", expect = ACCEPTABLE, desc = "reserve -> drain: −EAGAIN")
@Outcome(expect = FORBIDDEN, desc = "reserve -> complete -> the program reads what is not its own")
@State
public class DrainReserve {
  private final CompletionRing ring = Rings.take();

  /** Fills the ring. */
  public DrainReserve() {
    Rings.complete(ring, 1, 1);
    Rings.complete(ring, 2, 2);
  }

  /** The program drains. */
  @Actor
  public void consumer(II_Result r) {
    ring.drain((status, callerData) -> r.r1 = 10 * r.r1 + (int) callerData, Rings.ELEMENTS);
  }

  /** A call starts, and ends. */
  @Actor
  public void producer() {
    int entry = ring.producer().reserve();
    if (entry >= 0) {
      ring.producer().complete(entry, 3, 3);
    }
  }

  /** What came after. */
  @Arbiter
  public void end(II_Result r) {
    ring.drain((status, callerData) -> r.r2 = 10 * r.r2 + (int) callerData, Rings.ELEMENTS);
    Rings.give(ring);
  }
}
