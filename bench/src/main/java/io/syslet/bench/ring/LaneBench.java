package io.syslet.bench.ring;

import io.syslet.bench.Host;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Group;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.infra.Control;

/**
 * Messages a second from producers to one consumer. What counts is what the consumer has received,
 * the {@code completions} counter. Who finds the queue full or empty yields the processor, whatever
 * the queue. The consumer is bound to the first processor and the producers to the others in turn,
 * beginning with the second: left to the scheduler, a pair sometimes shares a processor and its
 * cache, and is then three times as fast, whatever the queue.
 */
@State(Scope.Group)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
public class LaneBench {
  private static final int BURST = 64;

  /** Which queue, a name that {@link Lanes} knows. */
  @Param({Lanes.OURS, "agrona", "jctools", "disruptor", "array-blocking-queue"})
  public String lane = Lanes.OURS;

  /** How many messages the consumer takes at most in one go. */
  @Param({"256", "1"})
  public int limit = 1;

  private final AtomicInteger producers = new AtomicInteger();
  private Lane queue = Lanes.of(Lanes.OURS);

  /** Made by JMH. */
  public LaneBench() {}

  /** Makes the queue. */
  @Setup
  public void open() {
    queue = Lanes.of(lane);
  }

  /** A producer's end of the queue. */
  @State(Scope.Thread)
  public static class Producer {
    private Lane.Sender sender = (status, callerData) -> false;
    private long sent;

    /** Made by JMH. */
    public Producer() {}

    /** Takes its end; the first producer has a processor of its own. */
    @Setup
    public void open(LaneBench bench) {
      Host.pin(0, bench.producers.incrementAndGet());
      sender = bench.queue.sender();
    }
  }

  /** What the consumer has received. */
  @AuxCounters(AuxCounters.Type.OPERATIONS)
  @State(Scope.Thread)
  public static class Received {
    /** Messages. */
    public long completions;

    /** Made by JMH. */
    public Received() {}

    /** The consumer's processor is the first. */
    @Setup
    public void open() {
      Host.pin(0, 0);
    }
  }

  /** Sends a burst. */
  @Benchmark
  @Group("lane")
  @SuppressWarnings("ThreadPriorityCheck") // the same for every queue
  public void produce(Producer producer, Control control) {
    for (int i = 0; i < BURST && !control.stopMeasurement; ) {
      if (producer.sender.send(producer.sent, i)) {
        producer.sent++;
        i++;
      } else {
        Thread.yield();
      }
    }
  }

  /** Receives a burst, or what there is of it. */
  @Benchmark
  @Group("lane")
  @SuppressWarnings("ThreadPriorityCheck")
  public long consume(Received received) {
    for (int done = 0; done < BURST; ) {
      int count = queue.receive(limit);
      if (count <= 0) {
        Thread.yield();
        break;
      }
      done += count;
      received.completions += count;
    }
    return queue.sum();
  }
}
