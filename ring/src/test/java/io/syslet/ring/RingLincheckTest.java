package io.syslet.ring;

import java.lang.foreign.Arena;
import java.util.ArrayDeque;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.jetbrains.lincheck.datastructures.StressOptions;
import org.jetbrains.lincheck.datastructures.ThreadIdGen;
import org.junit.jupiter.api.Test;

/**
 * The ring as a bounded queue, linearizable: reserve counts what is held and what is unread,
 * complete puts at the end, poll takes from the front.
 *
 * <p>What the ring does not promise is left out by {@link #poll}: a completion can be invisible
 * while an earlier position is claimed and not yet published, so "empty" counts only if no
 * completion was under way.
 *
 * <p>The memory is off the heap, which Lincheck's model checker does not see: this is its stress
 * mode. {@code -Dio.syslet.ring.lincheckIterations} sets the number of scenarios; the Maven profile
 * {@code long} has many.
 */
@Param(name = "value", gen = IntGen.class, conf = "1:9")
public class RingLincheckTest {
  private static final int ELEMENTS = 2;
  private static final int EMPTY = -1;
  private static final int THREADS = 3;
  private static final int ITERATIONS = Integer.getInteger("io.syslet.ring.lincheckIterations", 10);

  private final CompletionRing ring = CompletionRing.allocate(Arena.ofAuto(), ELEMENTS, 0);
  private final List<ArrayDeque<Integer>> held =
      Stream.generate(ArrayDeque<Integer>::new).limit(THREADS + 2).toList();
  private final AtomicInteger started = new AtomicInteger();
  private final AtomicInteger finished = new AtomicInteger();

  /** Whether there was room. */
  @Operation
  public boolean reserve(@Param(gen = ThreadIdGen.class) int thread) {
    int entry = ring.producer().reserve();
    if (entry >= 0) {
      held.get(thread).add(entry);
    }
    return entry >= 0;
  }

  /** Whether the thread held a reservation. */
  @Operation
  public boolean complete(
      @Param(gen = ThreadIdGen.class) int thread, @Param(name = "value") int value) {
    Integer entry = held.get(thread).poll();
    if (entry == null) {
      return false;
    }
    started.incrementAndGet();
    ring.producer().complete(entry, value, value);
    finished.incrementAndGet();
    return true;
  }

  /** The oldest completion, or −1. */
  @Operation
  public int poll() {
    int[] taken = {EMPTY};
    for (; ; ) {
      int before = finished.get();
      if (ring.drainShared((status, callerData) -> taken[0] = (int) status, 1) == 1) {
        return taken[0];
      }
      if (started.get() == before) {
        return EMPTY;
      }
      Thread.onSpinWait();
    }
  }

  @Test
  void linearizable() {
    new StressOptions()
        .iterations(ITERATIONS)
        .invocationsPerIteration(1000)
        .threads(THREADS)
        .actorsPerThread(3)
        .sequentialSpecification(BoundedQueue.class)
        .check(getClass());
  }

  /** What the ring must look like. */
  public static class BoundedQueue {
    private final ArrayDeque<Integer> queue = new ArrayDeque<>();
    private final int[] reserved = new int[THREADS + 2];

    /** As above. */
    public boolean reserve(int thread) {
      boolean room = IntStream.of(reserved).sum() + queue.size() < ELEMENTS;
      reserved[thread] += room ? 1 : 0;
      return room;
    }

    /** As above. */
    public boolean complete(int thread, int value) {
      boolean mine = reserved[thread] > 0;
      if (mine) {
        reserved[thread]--;
        queue.add(value);
      }
      return mine;
    }

    /** As above. */
    public int poll() {
      return queue.isEmpty() ? EMPTY : queue.remove();
    }
  }
}
