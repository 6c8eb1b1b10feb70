package io.syslet.server.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A server killed with SIGKILL, at any moment, again and again: also while it opens the journal,
 * and while it begins a new file. Every call that it had begun has exactly one completion
 * afterwards.
 */
class CrashTest {
  private static final int ROUNDS = Boolean.getBoolean("syslet.long") ? 200 : 10;
  private static final int STEPS = 2000;
  private static final int OPENING_MS = 500;

  @TempDir private Path dir;

  private final long seed = Long.getLong("syslet.seed", System.nanoTime());
  private final Random random = new Random(seed);

  /** What may be held: more than one thing if nobody knows whether the last record was finished. */
  private List<Model> possible = List.of(new Model());

  @Test
  void everyCallHasOneCompletionWheneverTheServerIsKilled() throws Exception {
    int opened = 0;
    for (int round = 0; round < ROUNDS; round++) {
      Durability durability = round % 5 == 4 ? Durability.FSYNC : Durability.PAGE_CACHE;
      opened += round("round " + round + ", seed " + seed, durability) ? 1 : 0;
    }
    assertThat(opened).as("rounds in which it came to write").isPositive();
    try (Journal journal = Journal.open(dir, JournalOptions.defaults())) {
      assertThat(texts()).as("seed " + seed).contains(Model.text(journal.recovered()));
      assertThat(journal.loss()).isEqualTo(Loss.NONE);
    }
  }

  private List<String> texts() {
    return possible.stream().map(Model::crashed).toList();
  }

  private boolean round(String as, Durability durability) throws Exception {
    Process server = start(durability);
    try (BufferedReader lines = server.inputReader()) {
      assertThat(lines.readLine()).as(as).isEqualTo("opening");
      int steps = random.nextInt(4) == 0 ? -1 : random.nextInt(STEPS);
      if (steps < 0) {
        server.waitFor(random.nextInt(OPENING_MS), TimeUnit.MILLISECONDS);
      }
      return follow(server, lines, steps, as);
    } finally {
      server.destroyForcibly().waitFor();
    }
  }

  /** Follows what it says, and kills it on the way; it goes on until it is dead. */
  private boolean follow(Process server, BufferedReader lines, int steps, String as)
      throws IOException {
    if (steps < 0) {
      kill(server);
    }
    String held = lines.readLine();
    if (held == null || !(held.endsWith(";") || held.equals("held "))) {
      return false;
    }
    Model model = found(held.substring("held ".length()), as);
    @Nullable Step tried = null;
    int done = 0;
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      if (line.startsWith("try ")) {
        tried = parse(line);
      } else if (line.equals("did") && tried != null) {
        model.apply(tried);
        tried = null;
        done++;
      } else {
        assertThat("loss ").as(as).startsWith(line);
      }
      if (done == steps) {
        kill(server);
      }
    }
    possible = after(model, tried);
    return true;
  }

  /** Kills it, and leaves what it has said to be read. */
  private static void kill(Process server) {
    server.toHandle().destroyForcibly();
  }

  /** A line may be cut, and then its step was not written: it is said before. */
  private static @Nullable Step parse(String line) {
    return line.matches("try [A-Z_]+( -?\\d+){3}") ? Step.parse(line.substring(4)) : null;
  }

  private Model found(String held, String as) {
    List<String> texts = texts().stream().map(Model::line).toList();
    assertThat(texts).as(as).contains(held);
    Model model = possible.get(texts.indexOf(held));
    model.crash();
    return model;
  }

  private static List<Model> after(Model model, @Nullable Step tried) {
    List<Model> possible = new ArrayList<>(List.of(model));
    if (tried != null) {
      Model other = model.copy();
      other.apply(tried);
      possible.add(other);
    }
    return possible;
  }

  private Process start(Durability durability) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(ProcessHandle.current().info().command().orElseThrow());
    command.addAll(JvmFlags.ours());
    command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-cp"));
    command.add(System.getProperty("java.class.path"));
    command.add(Crasher.class.getName());
    command.addAll(List.of(dir.toString(), Long.toString(random.nextLong()), durability.name()));
    return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
  }
}
