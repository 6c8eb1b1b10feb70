package io.syslet.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.syslet.server.local.CPrograms;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A program with libsyslet and its server are killed at any moment; the program finds its session
 * by a file. What it knows must be possible, and be what the files say. {@code -Dsyslet.long=true}
 * for 100 rounds; skipped where there is no gcc.
 */
class KilledProgramTest {
  private static final int ROUNDS = Boolean.getBoolean("syslet.long") ? 100 : 12;
  private static final long SEED = Long.getLong("syslet.seed", System.nanoTime());
  private static final int DEATHS = 10;
  private static final int KILLED = 128 + 9;
  private static final int MOST_CALLS = 500;
  private static final long LOOK_NANOS = 200_000;

  private final Random random = new Random(SEED);
  @TempDir private Path folder;
  private @Nullable Process client;
  private CallStates states;
  private Path program;

  @BeforeEach
  void build() throws Exception {
    Path built = CPrograms.library();
    program = CPrograms.program(built, "survivor");
    states = new CallStates(folder.resolve("state"));
  }

  @Test
  void eachCallOfTheProgramEndsOnceWhoeverIsKilled() throws Exception {
    try (Victims victims = new Victims(folder)) {
      client = start(victims);
      awaitCalls(1, victims);
      for (int i = 0; i < ROUNDS; i++) {
        round(victims);
      }
      client().destroyForcibly().waitFor();
      client = start(victims, "finish");
      assertThat(client().waitFor()).as(() -> state(victims)).isZero();
      states.check(victims.root, "seed " + SEED);
      assertThat(Files.size(folder.resolve("session"))).isEqualTo(4096);
    }
  }

  /** What a program has not written down when it dies in its handler is told to the next one. */
  @Test
  void aCompletionIsSettledWhenItsHandlerHasReturned() throws Exception {
    try (Victims victims = new Victims(folder)) {
      for (int i = 0; i < DEATHS; i++) {
        client = start(victims, "die");
        assertThat(client().waitFor()).as(() -> state(victims)).isEqualTo(KILLED);
      }
      client = start(victims, "finish");
      assertThat(client().waitFor()).as(() -> state(victims)).isZero();
      states.check(victims.root, "seed " + SEED);
    }
  }

  private Process client() {
    return Objects.requireNonNull(client);
  }

  private Process start(Victims victims, String... more) throws IOException {
    List<String> command =
        new java.util.ArrayList<>(
            List.of(
                program.toString(),
                victims.socket.toString(),
                folder.resolve("session").toString(),
                folder.resolve("state").toString(),
                Integer.toString(random.nextInt(Integer.MAX_VALUE))));
    command.addAll(List.of(more));
    return victims.start(command);
  }

  private void round(Victims victims) throws Exception {
    awaitCalls(random.nextInt(4) == 0 ? 0 : random.nextInt(MOST_CALLS), victims);
    int who = random.nextInt(8);
    if (who == 0) {
      victims.killServer();
    }
    if (who != 1) {
      client().destroyForcibly().waitFor();
      client = start(victims);
    } else {
      victims.killServer();
    }
  }

  /** Waits until the program has made so many calls more, which is a clock of its own. */
  private void awaitCalls(long more, Victims victims) {
    long end = states.next() + more;
    while (states.next() < end) {
      assertThat(victims.server().isAlive() && client().isAlive())
          .as(() -> state(victims))
          .isTrue();
      LockSupport.parkNanos(LOOK_NANOS);
    }
  }

  private String state(Victims victims) {
    String client = client().isAlive() ? "alive" : "ended by " + client().exitValue();
    return "seed %d, client %s, call %d%n%s".formatted(SEED, client, states.next(), victims.said());
  }
}
