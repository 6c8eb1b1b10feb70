package io.syslet.bench.wake;

import io.syslet.bench.Latencies;
import io.syslet.bench.Machine;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

/** From a publication to the parked waiter running: {@code WakeReport [ROUNDS [TIMES]]}. */
public final class WakeReport {
  /** How one is woken, and what kind of thread sleeps. */
  private record Way(Supplier<Bell> bell, Supplier<Thread.Builder> kind) {}

  private WakeReport() {}

  /** Prints the table. */
  public static void main(String[] args) throws InterruptedException {
    int rounds = args.length > 0 ? Integer.parseInt(args[0]) : 7;
    int times = args.length > 1 ? Integer.parseInt(args[1]) : 10_000;
    Map<String, Way> ways = ways();
    Latencies latencies = new Latencies();
    for (int round = 0; round <= rounds; round++) {
      for (Map.Entry<String, Way> way : ways.entrySet()) {
        Sleeper sleeper = new Sleeper(way.getValue().bell.get(), times);
        var found = sleeper.measure(way.getValue().kind.get());
        if (round > 0) {
          latencies.add(way.getKey(), found);
        }
      }
    }
    System.out.println("wake: from a publication to the waiter running; " + Machine.text());
    System.out.println();
    System.out.print(latencies.table("waiter"));
  }

  private static Map<String, Way> ways() {
    Map<String, Way> ways = new LinkedHashMap<>();
    ways.put("ring, platform thread", new Way(RingBell::new, Thread::ofPlatform));
    ways.put("bare futex, platform thread", new Way(FutexBell::new, Thread::ofPlatform));
    ways.put("LockSupport, platform thread", new Way(ParkBell::new, Thread::ofPlatform));
    ways.put("ring, virtual thread", new Way(RingBell::new, Thread::ofVirtual));
    ways.put("LockSupport, virtual thread", new Way(ParkBell::new, Thread::ofVirtual));
    return ways;
  }
}
