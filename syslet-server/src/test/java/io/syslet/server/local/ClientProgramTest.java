package io.syslet.server.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.syslet.server.Server;
import io.syslet.server.ServerOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A C program and the whole server. {@code -Dsyslet.long=true} for the sizes of 100,000 files.
 * Skipped where there is no gcc.
 */
class ClientProgramTest {
  private static final boolean LONG = Boolean.getBoolean("syslet.long");
  private static final int FOLDERS = LONG ? 100 : 2;
  private static final int FILES = 1000;
  private static final int KILLS = LONG ? 100 : 5;
  private static final long SEED = Long.getLong("syslet.seed", System.nanoTime());

  @TempDir Path folder;
  private final ServerOptions options = new ServerOptions();
  private Path walksize;
  private Path socket;
  private Server server;
  private String total;

  @BeforeEach
  void serve() throws IOException, InterruptedException {
    walksize = CPrograms.walksize();
    socket = folder.resolve("socket");
    options.root = Files.createDirectory(folder.resolve("root"));
    options.listen = List.of("unix:" + socket);
    options.resumeTimeout = 1;
    total = "0 files " + FOLDERS * FILES + " bytes " + makeFiles(options.root) + " ";
    server = Server.open(options);
  }

  @AfterEach
  void end() {
    if (server != null) {
      server.close();
    }
  }

  private static long makeFiles(Path root) throws IOException {
    long bytes = 0;
    for (int d = 0; d < FOLDERS; d++) {
      Path deeper = Files.createDirectory(root.resolve("d" + d));
      for (int f = 0; f < FILES; f++) {
        int size = (d + f) % 100;
        bytes += size;
        Files.write(deeper.resolve("f" + f), new byte[size]);
      }
    }
    return bytes;
  }

  @Test
  void aProgramReadsTheSizesOfAllFilesOfTheRoot() throws Exception {
    assertThat(CPrograms.run(walksize, socket)).startsWith(total);
    assertThat(CPrograms.run(walksize, socket, "..")).startsWith("1 walksize: ..: ");
  }

  /** Wherever they were, nothing of them is left, and the others do not notice. */
  @Test
  void programsThatAreKilledLeaveNothingBehind() throws Exception {
    long before = mappings();
    Random random = new Random(SEED);
    for (int i = 0; i < KILLS; i++) {
      Process victim = CPrograms.start(walksize, socket);
      if (!victim.waitFor(random.nextInt(20_000), TimeUnit.MICROSECONDS)) {
        victim.destroyForcibly().waitFor();
      }
    }
    assertThat(CPrograms.run(walksize, socket)).as("seed %d", SEED).startsWith(total);
    while (!server.sessions().views().isEmpty() || mappings() > before) {
      Thread.onSpinWait();
    }
    assertThat(server.connections()).isZero();
  }

  /** Those of other tests' clients in this process are none of ours. */
  private static long mappings() throws IOException {
    try (Stream<String> maps = Files.lines(Path.of("/proc/self/maps"))) {
      return maps.filter(map -> map.contains("memfd:syslet-")).count();
    }
  }
}
