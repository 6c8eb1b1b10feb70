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

/** A full ring, and a call that gives its slot back while another wants one. */
@JCStressTest
@Outcome(id = "0, -11", expect = ACCEPTABLE, desc = "release -> reserve: the slot goes over")
@Outcome(id = "-11, 0", expect = ACCEPTABLE, desc = "reserve -> release: full, and free afterwards")
@Outcome(id = "-11, -11", expect = FORBIDDEN, desc = "release -> the slot is nobody's: lost")
@Outcome(expect = FORBIDDEN, desc = "the slot is free and held")
@State
public class ReserveRelease {
  private final CompletionRing ring = Rings.take();
  private final int kept = ring.producer().reserve();
  private final int given = ring.producer().reserve();
  private int taken;

  /** Made by jcstress. */
  public ReserveRelease() {}

  /** A call that did not block. */
  @Actor
  public void release() {
    ring.producer().release(given);
  }

  /** A call that starts. */
  @Actor
  public void reserve(II_Result r) {
    taken = ring.producer().reserve();
    r.r1 = Math.min(taken, 0);
  }

  /** Whether there is one more. */
  @Arbiter
  public void end(II_Result r) {
    int more = ring.producer().reserve();
    r.r2 = Math.min(more, 0);
    ring.producer().release(kept);
    ring.producer().release(Math.max(taken, more));
    Rings.give(ring);
  }
}
