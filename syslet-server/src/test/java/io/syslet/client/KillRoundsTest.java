package io.syslet.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.syslet.Errno;
import io.syslet.client.wire.Address;
import io.syslet.server.journal.Journal;
import io.syslet.server.journal.JournalOptions;
import io.syslet.server.journal.Loss;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The server's process and the client's are killed at any moment, also while they start and while
 * they find each other again; the client goes on by its token. What must not be is checked by
 * {@link CallLog}, there and here. {@code -Dsyslet.long=true} for 100 rounds.
 */
class KillRoundsTest {
  private static final boolean LONG = Boolean.getBoolean("syslet.long");
  private static final int ROUNDS = LONG ? 50 : 4;
  private static final long SEED = Long.getLong("syslet.seed", System.nanoTime());
  private static final int STEPS = 1 << 16;
  private static final long LOOK_NANOS = 200_000;

  /** Calls that ended so have had no effect. */
  private static final Set<Long> FAILURES =
      Set.of((long) -Errno.EAGAIN, (long) -Errno.EBADF, (long) -Errno.ENOTCONN);

  private final Random random = new Random(SEED);
  @TempDir private Path folder;
  private Victims victims;
  private Path log;
  private String kind = "";
  private @Nullable Process client;

  @BeforeEach
  void serve() throws IOException {
    log = folder.resolve("log");
    victims = new Victims(folder);
  }

  @AfterEach
  void endProcesses() throws InterruptedException {
    victims.close();
  }

  /** Both transports with -Plong alone. */
  static List<String> kinds() {
    return LONG ? List.of("unix", "tls") : List.of("tls");
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void eachAcceptedCallHasOneCompletionWhoeverIsKilled(String how) throws Exception {
    kind = how;
    client = victims.call(log, address(), random.nextLong());
    awaitSteps(1);
    for (int i = 0; i < ROUNDS; i++) {
      round();
    }
    client().destroyForcibly().waitFor();
    finish();
    victims.server().destroy();
    assertThat(victims.server().waitFor(1, TimeUnit.MINUTES)).isTrue();
    theFilesTellTheSame();
    nothingIsLeft();
  }

  private Address address() {
    return victims.address(kind);
  }

  private Process client() {
    return Objects.requireNonNull(client);
  }

  private void round() throws Exception {
    awaitSteps(random.nextInt(4) == 0 ? 0 : random.nextInt(STEPS));
    int who = random.nextInt(5);
    if (who < 3) {
      victims.killServer();
    }
    if (who > 1) {
      client().destroyForcibly().waitFor();
      client = victims.call(log, address(), random.nextLong());
    }
  }

  /** Waits until the client's log is so many bytes longer, which is a clock of its own. */
  private void awaitSteps(long more) throws IOException {
    long end = (Files.exists(log) ? Files.size(log) : 0) + more;
    while (!Files.exists(log) || Files.size(log) < end) {
      assertThat(victims.server().isAlive() && client().isAlive()).as(this::state).isTrue();
      LockSupport.parkNanos(LOOK_NANOS);
    }
  }

  private String state() {
    return "seed " + SEED + "\n" + victims.said();
  }

  // ---- the end

  /** The program's last run, in this process. */
  private void finish() throws Exception {
    try (CallLog mine = new CallLog(log)) {
      NumberedCalls program = new NumberedCalls(mine, address(), victims.options(), SEED);
      while (!program.run(true)) {
        assertThat(victims.server().isAlive()).as(this::state).isTrue();
        LockSupport.parkNanos(LOOK_NANOS);
      }
      assertThat(mine.waiting()).as("seed " + SEED).isZero();
    }
    while (!victims.isReady() || holdsMemory(victims.server().pid())) {
      LockSupport.parkNanos(LOOK_NANOS);
    }
  }

  private static boolean holdsMemory(long pid) throws IOException {
    try (Stream<Path> descriptors = Files.list(Path.of("/proc/" + pid + "/fd"))) {
      return Files.readString(Path.of("/proc/" + pid + "/maps")).contains("memfd:syslet-")
          || descriptors.anyMatch(KillRoundsTest::isOfASession);
    }
  }

  private static boolean isOfASession(Path descriptor) {
    try {
      String target = Files.readSymbolicLink(descriptor).toString();
      return target.contains("memfd:syslet-") || target.endsWith("/numbers");
    } catch (IOException e) {
      return false;
    }
  }

  /** Calls with effects have had them once; or once at most, if nobody knows. */
  private void theFilesTellTheSame() throws IOException {
    Map<Long, Integer> written = written();
    try (CallLog all = new CallLog(log)) {
      assertThat(all.consumed()).isPositive();
      for (long n = 1; n < all.next(); n++) {
        Long status = all.status(n);
        if (all.kind(n) == 'a') {
          check(n, status, Long.BYTES, written.getOrDefault(n, 0));
        } else if (all.kind(n) == 'm') {
          check(n, status, 0, Files.exists(victims.root.resolve("d" + n)) ? 1 : 0);
        }
      }
    }
  }

  private Map<Long, Integer> written() throws IOException {
    Map<Long, Integer> written = new HashMap<>();
    byte[] bytes = Files.readAllBytes(victims.root.resolve("numbers"));
    ByteBuffer numbers = ByteBuffer.wrap(bytes).order(ByteOrder.nativeOrder());
    while (numbers.hasRemaining()) {
      written.merge(numbers.getLong(), 1, Integer::sum);
    }
    return written;
  }

  private static void check(long n, @Nullable Long status, long success, int times) {
    String as = "call " + n + ", status " + status + ", seed " + SEED;
    if (status == null || status == -Errno.EOWNERDEAD) {
      assertThat(times).as(as).isLessThanOrEqualTo(1);
    } else {
      assertThat(status == success || FAILURES.contains(status)).as(as).isTrue();
      assertThat(times).as(as).isEqualTo(status == success ? 1 : 0);
    }
  }

  private void nothingIsLeft() throws IOException {
    assertThat(victims.socket).as(this::state).doesNotExist();
    JournalOptions options = JournalOptions.defaults();
    try (Journal journal = Journal.open(victims.journal, options)) {
      assertThat(journal.loss()).isEqualTo(Loss.NONE);
      assertThat(journal.recovered()).isEmpty();
    }
  }
}
