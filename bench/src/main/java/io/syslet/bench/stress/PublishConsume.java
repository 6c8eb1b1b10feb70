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

/** Who sees the head sees the payload, and not that of the lap before. */
@JCStressTest
@Outcome(id = "0, 0", expect = ACCEPTABLE, desc = "consumer -> producer: empty")
@Outcome(id = "1, 1", expect = ACCEPTABLE, desc = "producer -> consumer: both words are there")
@Outcome(expect = FORBIDDEN, desc = "head -> consumer -> payload")
@State
public class PublishConsume {
  private final CompletionRing ring = Rings.take();
  private final int start = ring.head();

  /** Made by jcstress. */
  public PublishConsume() {}

  /** The call ends. */
  @Actor
  public void producer() {
    Rings.complete(ring, Rings.payload(start), Rings.payload(start));
  }

  /** The program looks. */
  @Actor
  public void consumer(II_Result r) {
    if (ring.head() != start) {
      r.r1 = Rings.isRight(ring.statusAt(start), start);
      r.r2 = Rings.isRight(ring.callerDataAt(start), start);
    }
  }

  /** The ring serves again. */
  @Arbiter
  public void end() {
    Rings.give(ring);
  }
}
