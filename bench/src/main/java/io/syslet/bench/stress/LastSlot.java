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

/** Two calls start and one slot is left: one has it, the other is told −EAGAIN. */
@JCStressTest
@Outcome(id = "0, -11", expect = ACCEPTABLE, desc = "A -> B: A has it")
@Outcome(id = "-11, 0", expect = ACCEPTABLE, desc = "B -> A: B has it")
@Outcome(id = "0, 0", expect = FORBIDDEN, desc = "A looks -> B takes -> A takes: a slot for two")
@Outcome(expect = FORBIDDEN, desc = "A meets B -> both give up")
@State
public class LastSlot {
  private final CompletionRing ring = Rings.take();
  private final int held = ring.producer().reserve();
  private int byA;
  private int byB;

  /** Made by jcstress. */
  public LastSlot() {}

  /** A call starts. */
  @Actor
  public void a(II_Result r) {
    byA = ring.producer().reserve();
    r.r1 = Math.min(byA, 0);
  }

  /** Another call starts. */
  @Actor
  public void b(II_Result r) {
    byB = ring.producer().reserve();
    r.r2 = Math.min(byB, 0);
  }

  /** The calls end: next time it is read completions that make room, not slots given back. */
  @Arbiter
  public void end() {
    ring.producer().complete(held, 1, 1);
    ring.producer().complete(Math.max(byA, byB), 2, 2);
    Rings.give(ring);
  }
}
