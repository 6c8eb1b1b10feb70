package io.syslet.ring;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.Writer;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A participant with at least four calls in flight is killed with SIGKILL at each step of the
 * protocol in turn, again and again. The survivors, a consumer and a producer, go on; every call
 * that the victim had accepted ends in exactly one completion with its caller data.
 *
 * <p>{@code -Dio.syslet.ring.killRounds} sets the number of rounds (38), {@code
 * -Dio.syslet.ring.seed} the seed.
 */
class KillTest {
  private static final int ROUNDS = Integer.getInteger("io.syslet.ring.killRounds", 38);
  private static final long SEED = Long.getLong("io.syslet.ring.seed", System.nanoTime());
  private static final int STANDBY = 3;
  private static final int ELEMENTS = 64;
  private static final long SURVIVOR = 1L << 62;

  @TempDir Path folder;
  private final Random random = new Random(SEED);
  private final ArrayDeque<Process> standby = new ArrayDeque<>();
  private final int[] seen = new int[Journal.CALLS];
  private int strangers;
  private int ownerDead;
  private long survivorSeen;
  private volatile long survivorDone;
  private volatile boolean stop;
  private long round;

  @Test
  void survivorsFinishAndEveryAcceptedCallCompletesOnce() throws Exception {
    try (CompletionRing ring = CompletionRing.create(folder.resolve("ring"), ELEMENTS, 9)) {
      Thread survivor = Thread.ofPlatform().start(() -> survive(ring));
      for (round = 1; round <= ROUNDS; round++) {
        refill();
        killOne(ring);
      }
      stop = true;
      survivor.join();
      drain(ring);
      assertThat(survivorSeen).as("seed %d", SEED).isEqualTo(survivorDone);
      assertThat(ring.isEmpty()).isTrue();
      assertAllEntriesAreFree(ring);
    } finally {
      stop = true;
      standby.forEach(Process::destroyForcibly);
    }
  }

  private void survive(CompletionRing ring) {
    for (long i = 0; !stop; ) {
      int entry = ring.producer().reserve();
      if (entry >= 0) {
        ring.producer().arm(entry, SURVIVOR | i);
        assertThat(ring.producer().complete(entry, i++)).isZero();
        survivorDone = i;
      }
      LockSupport.parkNanos(50_000);
    }
  }

  private void refill() throws IOException {
    while (standby.size() < STANDBY) {
      standby.add(
          Programs.java(
              VictimMain.class,
              List.of("-Dio.syslet.ring.steps=true"),
              folder.resolve("ring"),
              folder.resolve("journal")));
    }
  }

  private void killOne(CompletionRing ring) throws Exception {
    Arrays.fill(seen, 0);
    Journal journal = Journal.map(folder.resolve("journal" + round));
    ownerDead = 0;
    int step = (int) (round % ProtocolStep.COUNT);
    boolean twice = step == ProtocolStep.RECOVERY_TAKEN;
    boolean anywhere = random.nextInt(8) == 0;
    Process victim = release(twice ? random.nextInt(ProtocolStep.RELEASE_IDLE) : step);
    if (anywhere) {
      victim.waitFor(1 + random.nextInt(20), TimeUnit.MILLISECONDS);
      victim.destroyForcibly();
    }
    bury(ring, victim);
    if (twice) {
      bury(ring, release(ProtocolStep.RECOVERY_TAKEN));
    }
    settle(ring, journal, step);
    assertThat(anywhere || ownerDead >= 4)
        .as("step %d: %d in flight, round %d seed %d", step, ownerDead, round, SEED)
        .isTrue();
  }

  /** Drains, but does not recover, until the victim is dead. */
  private void bury(CompletionRing ring, Process victim) throws InterruptedException {
    while (victim.isAlive()) {
      drain(ring);
      LockSupport.parkNanos(200_000);
    }
    assertThat(victim.waitFor()).as("round %d seed %d", round, SEED).isEqualTo(137);
  }

  private Process release(int step) throws IOException {
    Process victim = standby.remove();
    int countdown = 1 + random.nextInt(30);
    try (Writer in = victim.outputWriter(UTF_8)) {
      in.write(round + " " + step + " " + countdown + " " + random.nextLong() + "\n");
    }
    return victim;
  }

  private void settle(CompletionRing ring, Journal journal, int step) {
    long deadline = System.nanoTime() + 5_000_000_000L;
    do {
      ring.recover();
      drain(ring);
    } while (!isSettled(journal) && System.nanoTime() - deadline < 0);
    for (int call = 0; call < Journal.CALLS; call++) {
      assertThat(journal.allows(call, seen[call]))
          .as(
              "round %d step %d call %d journal %d completions %d seed %d",
              round, step, call, journal.get(call), seen[call], SEED)
          .isTrue();
    }
    assertThat(strangers).as("strangers, seed %d", SEED).isZero();
  }

  private boolean isSettled(Journal journal) {
    for (int call = 0; call < Journal.CALLS && journal.get(call) != Journal.NONE; call++) {
      if (!journal.allows(call, seen[call])) {
        return false;
      }
    }
    return true;
  }

  private void drain(CompletionRing ring) {
    assertThat(ring.drain(this::count, Integer.MAX_VALUE)).isNotNegative();
  }

  private void count(long status, long callerData) {
    if ((callerData & SURVIVOR) != 0) {
      assertThat(callerData).as("seed %d", SEED).isEqualTo(SURVIVOR | survivorSeen++);
    } else if (callerData >>> 32 == round) {
      int call = (int) callerData;
      assertThat(status).isIn((long) call, (long) -RingErrno.EOWNERDEAD);
      seen[call]++;
      ownerDead += status == -RingErrno.EOWNERDEAD ? 1 : 0;
    } else {
      strangers++;
    }
  }

  private void assertAllEntriesAreFree(CompletionRing ring) {
    ring.recover();
    for (int i = 0; i < ELEMENTS; i++) {
      assertThat(ring.producer().reserve()).as("entry %d of all, seed %d", i, SEED).isNotNegative();
    }
  }
}
