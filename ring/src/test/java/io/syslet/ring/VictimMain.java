package io.syslet.ring;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Random;

/**
 * A process that is killed: RING JOURNAL. A line of standard input, ROUND STEP COUNTDOWN SEED,
 * starts it. It keeps at least four calls in flight and kills itself at the COUNTDOWN-th passage of
 * STEP.
 */
final class VictimMain {
  private static final int IN_FLIGHT = 5;
  private final CompletionRing ring;
  private final Journal journal;
  private final long round;
  private final Random random;
  private final ArrayDeque<int[]> calls = new ArrayDeque<>();
  private int next;
  private int countdown;

  private VictimMain(CompletionRing ring, Journal journal, long round, long seed) {
    this.ring = ring;
    this.journal = journal;
    this.round = round;
    this.random = new Random(seed);
  }

  public static void main(String[] args) throws IOException {
    HostFiles.size(-1);
    System.out.println("ready");
    String line =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8)).readLine();
    if (line == null) {
      return;
    }
    String[] words = line.split(" ", -1);
    int step = Integer.parseInt(words[1]);
    Journal journal = Journal.map(Path.of(args[1] + words[0]));
    if (step == ProtocolStep.RECOVERY_TAKEN) {
      dieWhileRecovering(Path.of(args[0]));
    }
    try (CompletionRing ring = CompletionRing.open(Path.of(args[0]))) {
      long round = Long.parseLong(words[0]);
      VictimMain victim = new VictimMain(ring, journal, round, Long.parseLong(words[3]));
      victim.live(step, Integer.parseInt(words[2]));
    }
  }

  /** Attaching recovers; if there was nothing to recover, it dies with nothing to do. */
  private static void dieWhileRecovering(Path file) throws IOException {
    int[] left = {2};
    ProtocolStep.listener =
        passed -> {
          if (passed == ProtocolStep.RECOVERY_TAKEN && --left[0] == 0) {
            die();
          }
        };
    CompletionRing.open(file).close();
    die();
  }

  private void live(int step, int passages) {
    countdown = passages;
    while (calls.size() < IN_FLIGHT) {
      start(reserve());
    }
    ProtocolStep.listener = passed -> dieAt(passed == step);
    while (next < Journal.CALLS - 2) {
      act(random.nextInt(10));
    }
    die();
  }

  private void dieAt(boolean here) {
    if (here && --countdown <= 0) {
      die();
    }
  }

  static void die() {
    long pid = ProcessHandle.current().pid();
    HostCalls.send("aarch64".equals(System.getProperty("os.arch")) ? 129 : 62, pid, 9, 0, 0, 0, 0);
  }

  private void act(int dice) {
    switch (dice) {
      case 0 -> ring.producer().release(reserve());
      case 1 -> endInline();
      case 2 -> ring.await(ring.head(), 1, System.nanoTime() + 200_000);
      default -> {
        start(reserve());
        complete();
      }
    }
  }

  private int reserve() {
    int entry = ring.producer().reserve();
    while (entry < 0) {
      ring.await(ring.head(), 1, System.nanoTime() + 100_000);
      entry = ring.producer().reserve();
    }
    return entry;
  }

  private void start(int entry) {
    journal.set(next, Journal.STARTING);
    ring.producer().arm(entry, round << 32 | next);
    journal.set(next, Journal.ACCEPTED);
    calls.add(new int[] {entry, next++});
  }

  private void endInline() {
    int entry = reserve();
    start(entry);
    int call = calls.removeLast()[1];
    journal.set(call, Journal.ENDING);
    ring.producer().disarm(entry);
    journal.set(call, Journal.ENDED_INLINE);
    ring.producer().release(entry);
  }

  private void complete() {
    for (int turns = random.nextInt(IN_FLIGHT); turns > 0; turns--) {
      calls.add(calls.remove());
    }
    int[] call = calls.remove();
    ring.producer().complete(call[0], call[1]);
  }
}
