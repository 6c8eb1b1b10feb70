package io.syslet.bench.entry;

import io.syslet.Kernel;
import io.syslet.bench.Allocation;
import io.syslet.bench.Pending;
import io.syslet.linux.HandOverPolicy;
import io.syslet.linux.LinuxKernel;
import io.syslet.linux.LinuxOptions;
import io.syslet.ring.CompletionRing;
import java.lang.foreign.Arena;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The rounds of one JVM: {@code EntryRounds ROUNDS POLICY}. All ways run in one task of the kernel,
 * in turns; each round prints a line {@code call;way;nanoseconds per call;bytes per call}.
 */
public final class EntryRounds {
  /** Calls of a round are a multiple of this: the largest batch. */
  static final int STEP = 64;

  static final String DIRECT = "direct";

  private static final int CALLS = 640 * STEP;
  private static final int WARM_UP_ROUNDS = 12;

  private final int rounds;
  private final HandOverPolicy policy;

  private EntryRounds(int rounds, HandOverPolicy policy) {
    this.rounds = rounds;
    this.policy = policy;
  }

  /** Prints the lines. */
  public static void main(String[] args) throws Exception {
    HandOverPolicy policy = HandOverPolicy.valueOf(args[1]);
    EntryRounds rounds = new EntryRounds(Integer.parseInt(args[0]), policy);
    try (LinuxKernel kernel = LinuxKernel.boot(LinuxOptions.defaults().policy(policy))) {
      kernel.run(rounds::run);
    }
  }

  private void run(Kernel kernel) {
    Arena arena = kernel.arena();
    String file = "/proc/self/exe";
    for (Work work :
        List.of(
            Work.lstat(arena, "/etc/passwd"), Work.pread(kernel, arena, file), Work.getppid())) {
      measure(work, ways(kernel, work));
    }
  }

  private Map<String, Subject> ways(Kernel kernel, Work work) {
    Pending pending = new Pending(kernel, CompletionRing.allocate(kernel.arena(), STEP, 0));
    Map<String, Subject> ways = new LinkedHashMap<>();
    ways.put(DIRECT, Direct.of(work));
    if (policy == HandOverPolicy.ADAPTIVE) {
      ways.put("single, adaptive", new Single(kernel, pending, work));
      return ways;
    }
    ways.put("single", new Single(kernel, pending, work));
    ways.put("batch of 8", new Batch(kernel, pending, work, 8));
    ways.put("batch of 64", new Batch(kernel, pending, work, 64));
    ways.put("Calls", new ByName(kernel, work));
    return ways;
  }

  private void measure(Work work, Map<String, Subject> ways) {
    long expected = Direct.of(work).run(CALLS);
    for (int round = -WARM_UP_ROUNDS; round < rounds; round++) {
      for (Map.Entry<String, Subject> way : ways.entrySet()) {
        String line = time(way.getValue(), expected);
        if (round >= 0) {
          System.out.println(work.name() + ";" + way.getKey() + ";" + line);
        }
      }
    }
  }

  private static String time(Subject way, long expected) {
    way.run(STEP);
    long allocated = Allocation.bytes();
    long start = System.nanoTime();
    long sum = way.run(CALLS);
    double nanos = (double) (System.nanoTime() - start) / CALLS;
    double bytes = (double) (Allocation.bytes() - allocated) / CALLS;
    if (sum != expected) {
      throw new IllegalStateException("the results sum up to " + sum + ", not " + expected);
    }
    return nanos + ";" + bytes;
  }
}
