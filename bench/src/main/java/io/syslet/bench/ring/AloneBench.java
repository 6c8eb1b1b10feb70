package io.syslet.bench.ring;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * What a message costs when nobody contends: one thread sends a batch, then receives it. Without
 * the traffic between caches, which is most of the cost with two threads.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class AloneBench {
  private static final int BATCH = 256;

  /** Which queue, a name that {@link Lanes} knows. */
  @Param({Lanes.OURS, "agrona", "jctools", "disruptor", "array-blocking-queue"})
  public String lane = Lanes.OURS;

  private Lane queue = Lanes.of(Lanes.OURS);
  private Lane.Sender sender = queue.sender();

  /** Made by JMH. */
  public AloneBench() {}

  /** Makes the queue. */
  @Setup
  public void open() {
    queue = Lanes.of(lane);
    sender = queue.sender();
  }

  /** Sends a batch and receives it. */
  @Benchmark
  @OperationsPerInvocation(BATCH)
  public long batch() {
    for (int i = 0; i < BATCH; i++) {
      if (!sender.send(i, i)) {
        throw new IllegalStateException("full");
      }
    }
    for (int left = BATCH; left > 0; ) {
      left -= queue.receive(left);
    }
    return queue.sum();
  }
}
