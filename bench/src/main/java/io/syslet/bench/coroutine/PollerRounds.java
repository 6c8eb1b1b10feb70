package io.syslet.bench.coroutine;

import io.syslet.kernel.coroutine.StackSwitch;
import io.syslet.kernel.poller.MainLoop;
import io.syslet.kernel.poller.PollerJob;

/**
 * How many idle pollers run in a second, in a JVM of its own: {@code PollerRounds KIND}. Prints a
 * line {@code pollers MILLIONS} for each round. The loop has twenty pollers and the host's time.
 */
final class PollerRounds {
  private static final int POLLERS = 20;
  private static final int ROUNDS = 5;
  private static final long ROUND_NS = 300_000_000;

  private final MainLoop loop;
  private long polls;

  private PollerRounds(boolean plain) {
    loop =
        new MainLoop(System::nanoTime, plain ? null : StackSwitch.continuations(), warning -> {});
  }

  /** Prints the figures. */
  public static void main(String[] args) {
    PollerRounds rounds = new PollerRounds(args[0].equals(CoroutineReport.PLAIN));
    int pausing =
        switch (args[0]) {
          case CoroutineReport.PLAIN, CoroutineReport.NONE_PAUSES -> 0;
          case CoroutineReport.ONE_PAUSES -> 1;
          case CoroutineReport.ALL_PAUSE -> POLLERS;
          default -> throw new IllegalArgumentException(args[0]);
        };
    for (int i = 0; i < POLLERS; i++) {
      rounds.register(i, i < pausing);
    }
    rounds.measure();
  }

  private void register(int number, boolean pauses) {
    PollerJob poller = new PollerJob("p" + number, pauses ? this::pollForEver : this::poll);
    if (loop.pollers().register(poller) != 0) {
      throw new IllegalStateException("not registered");
    }
  }

  private void poll() {
    polls++;
  }

  private void pollForEver() {
    while (true) {
      polls++;
      loop.pause();
    }
  }

  private void measure() {
    run();
    for (int i = 0; i < ROUNDS; i++) {
      System.out.println("pollers " + run());
    }
  }

  /** Millions in a second of processor time. */
  private double run() {
    long before = polls;
    long start = CpuTime.nanos();
    long now = start;
    while (now - start < ROUND_NS) {
      for (int i = 0; i < 1000; i++) {
        loop.resched();
      }
      now = CpuTime.nanos();
    }
    return (polls - before) * 1e3 / (now - start);
  }
}
