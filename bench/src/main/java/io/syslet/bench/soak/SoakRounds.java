package io.syslet.bench.soak;

import io.syslet.Kernel;
import io.syslet.KernelStats;
import io.syslet.bench.BlockingRead;
import io.syslet.bench.Table;
import io.syslet.linux.LinuxKernel;
import io.syslet.ring.CompletionRing;
import java.util.ArrayList;
import java.util.List;

/**
 * Calls that block and calls that do not, undisturbed and disturbed: {@code SoakRounds CALLS}. Each
 * part is preceded by a shorter one of its kind, so that what is made once is not taken for a leak.
 */
public final class SoakRounds {
  private static final int WARM_UP_SHARE = 20;
  private static final double MICRO = 1000;

  private final int calls;
  private final List<String> leaks = new ArrayList<>();
  private final Table table =
      new Table(
          "calls",
          "made",
          "pending",
          "missed",
          "µs per call",
          "bytes allocated per call",
          "threads",
          "descriptors",
          "VmRSS MB");

  private SoakRounds(int calls) {
    this.calls = calls;
  }

  /** Prints the table; the exit status is 1 if something leaks. */
  public static void main(String[] args) throws Exception {
    SoakRounds rounds = new SoakRounds(Integer.parseInt(args[0]));
    try (LinuxKernel kernel = LinuxKernel.boot()) {
      kernel.run(rounds::run);
    }
    System.out.println();
    System.out.print(rounds.table);
    rounds.leaks.forEach(leak -> System.out.println("LEAK: " + leak));
    System.exit(rounds.leaks.isEmpty() ? 0 : 1);
  }

  private void run(Kernel kernel) throws Exception {
    CompletionRing ring = CompletionRing.allocate(kernel.arena(), 8, 0);
    try (BlockingRead read = new BlockingRead(kernel, ring)) {
      part(kernel, "blocked", () -> blocked(read));
      part(kernel, "blocked, polled for", () -> polled(read));
      part(kernel, "inline", () -> inline(read));
      try (Disturbers disturbers = new Disturbers(Thread.currentThread())) {
        part(kernel, "blocked, disturbed", () -> blocked(read));
        part(kernel, "inline, disturbed", () -> inline(read));
        System.out.println("\n" + disturbers.text());
      }
    }
  }

  private void part(Kernel kernel, String name, Runnable call) {
    repeat(call, calls / WARM_UP_SHARE);
    Snapshot before = Snapshot.take();
    KernelStats stats = kernel.stats();
    repeat(call, calls);
    Snapshot after = Snapshot.take();
    KernelStats now = kernel.stats();
    after.leaksSince(before).forEach(leak -> leaks.add(name + ": " + leak));
    table.row(
        name,
        Integer.toString(calls),
        Long.toString(now.pending() - stats.pending()),
        Long.toString(now.missed() - stats.missed()),
        Table.number((after.nanos() - before.nanos()) / MICRO / calls, 2),
        Table.number((double) (after.allocated() - before.allocated()) / calls, 2),
        before.threads() + " -> " + after.threads(),
        before.descriptors() + " -> " + after.descriptors(),
        before.megabytes() + " -> " + after.megabytes());
  }

  private static void repeat(Runnable call, int times) {
    for (int i = 0; i < times; i++) {
      call.run();
    }
  }

  private static void blocked(BlockingRead read) {
    if (read.call(0)) {
      read.feed();
      read.settle();
    }
  }

  private static void polled(BlockingRead read) {
    if (read.call(0)) {
      read.feed();
      read.poll();
    }
  }

  /** The byte is there already; still, a carrier that is held up may be taken for blocked. */
  private static void inline(BlockingRead read) {
    read.feed();
    if (read.call(0)) {
      read.settle();
    }
  }
}
