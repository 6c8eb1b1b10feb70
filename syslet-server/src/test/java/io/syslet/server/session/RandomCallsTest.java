package io.syslet.server.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.syslet.Errno;
import io.syslet.Nr;
import io.syslet.Sys;
import io.syslet.Syslet;
import io.syslet.ring.Memory;
import io.syslet.server.policy.Policy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A client that calls whatever comes to its mind, with whatever arguments. */
class RandomCallsTest {
  private static final int ROUNDS = Boolean.getBoolean("syslet.long") ? 200 : 8;
  private static final int BATCHES = 300;
  private static final String[] PATHS = {
    "a",
    "a/b",
    "/",
    ".",
    "..",
    "../outside",
    "a/../../outside/x",
    "link",
    "link/x",
    "new",
    "a/new",
    "",
    "//",
    "a/b/",
    "/a//b/./../b",
    "up",
    "new/",
    "a/new2"
  };

  @TempDir Path folder;

  @Test
  void harmsNobodyAndLeaksNothing() throws Exception {
    long seed = Long.getLong("syslet.seed", System.nanoTime());
    Path root = Files.createDirectories(folder.resolve("root/a"));
    Files.createDirectories(folder.resolve("outside"));
    Files.writeString(folder.resolve("outside/x"), "untouched");
    Files.createSymbolicLink(folder.resolve("root/link"), Path.of("../outside"));
    Files.createSymbolicLink(folder.resolve("root/up"), Path.of("a/b"));
    Files.writeString(root.resolve("b"), "text");
    String before = state(folder.resolve("outside"));
    try (Served served = new Served(folder.resolve("root"), options -> options.canWrite(true))) {
      Client bystander = served.client();
      long open = Served.openDescriptors();
      for (int round = 0; round < ROUNDS; round++) {
        new Monkey(served.client(), new Random(seed + round)).play();
        assertThat(bystander.call(Nr.GETPID)).as("seed " + seed).isEqualTo(4711);
      }
      while (served.sessions.inFlight() > 0 || Served.openDescriptors() > open) {
        Thread.onSpinWait();
      }
      assertThat(Served.openDescriptors()).as("seed " + seed).isEqualTo(open);
      assertThat(served.sessions.views()).hasSize(1);
    }
    assertThat(state(folder.resolve("outside"))).as("seed " + seed).isEqualTo(before);
  }

  /** Everything there, with its attributes. */
  private static String state(Path directory) throws Exception {
    try (var files = Files.walk(directory)) {
      List<String> lines = new ArrayList<>();
      for (Path file : files.sorted().collect(Collectors.toList())) {
        lines.add(
            file + " " + Files.readAttributes(file, "unix:mode,ino,nlink,size,lastModifiedTime"));
      }
      return String.join("\n", lines);
    }
  }

  private static final class Monkey {
    private static final long PENDING = -Syslet.ESYSLETPENDING;

    private final Client client;
    private final Random random;
    private final List<Long> numbers = new ArrayList<>();
    private final long[] paths = new long[PATHS.length];
    private final long junk;

    Monkey(Client client, Random random) throws Exception {
      this.client = client;
      this.random = random;
      Policy policy = new Policy(true, false, null);
      for (long nr = 0; nr < 512; nr++) {
        if (policy.allows(nr)) {
          numbers.add(nr);
        }
      }
      for (int i = 0; i < paths.length; i++) {
        paths[i] = client.port.allocate(64);
        byte[] bytes = PATHS[i].getBytes(java.nio.charset.StandardCharsets.UTF_8);
        for (int b = 0; b < bytes.length; b++) {
          Memory.putByte(HeapPort.here(paths[i]) + b, bytes[b]);
        }
      }
      junk = client.port.allocate(65536);
    }

    void play() throws Exception {
      for (int i = 0; i < BATCHES; i++) {
        scribble();
        int count = 1 + random.nextInt(8);
        for (int slot = 0; slot < count; slot++) {
          fill(slot);
        }
        int accepted = client.submit(count);
        assertThat(accepted == -Errno.EAGAIN || (accepted >= 1 && accepted <= count))
            .as("%d accepted of %d", accepted, count)
            .isTrue();
        for (int slot = 0; slot < accepted - 1; slot++) {
          assertThat(client.status(slot)).as("only the last blocks").isNotEqualTo(PENDING);
        }
        client.port.consumed(client.port.completions.size());
        client.port.completions.clear();
      }
      client.sessions.end(client.session);
    }

    private void fill(int slot) {
      long[] arguments = new long[6];
      for (int i = 0; i < arguments.length; i++) {
        arguments[i] = argument();
      }
      long nr = numbers.get(random.nextInt(numbers.size()));
      client.set(slot, slot, random.nextInt(50) == 0 ? random.nextLong() : nr, arguments);
    }

    private long argument() {
      return switch (random.nextInt(12)) {
        case 0, 1, 2 -> random.nextInt(12);
        case 3, 4 -> paths[random.nextInt(paths.length)];
        case 5, 6 -> junk + 8L * random.nextInt(1000);
        case 7 -> Sys.AT_FDCWD;
        case 8 -> 1L << random.nextInt(64);
        case 9 -> random.nextInt(1 << 20);
        case 10 -> random.nextLong();
        default -> 0;
      };
    }

    /** Structures of small numbers, descriptors and addresses. */
    private void scribble() {
      for (int i = 0; i < 64; i++) {
        long at = HeapPort.here(junk) + 8L * random.nextInt(1100);
        Memory.putLong(at, random.nextBoolean() ? random.nextInt(12) : argument());
      }
    }
  }
}
