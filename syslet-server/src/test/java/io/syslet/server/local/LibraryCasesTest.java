package io.syslet.server.local;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.syslet.server.Server;
import io.syslet.server.ServerOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The cases of {@code libtest.c}, plain and with sanitizers. Skipped where there is no gcc. */
class LibraryCasesTest {
  private static final List<String> CASES =
      List.of("call", "heap", "threads", "pass", "resume", "fork", "kept", "default");

  @TempDir private Path folder;
  private Path socket;
  private Path file;
  private Server server;

  @BeforeEach
  void serve() throws IOException {
    CPrograms.needsCompiler();
    socket = folder.resolve("socket");
    file = Files.writeString(folder.resolve("file"), "content");
    ServerOptions options = new ServerOptions();
    options.root = Files.createDirectory(folder.resolve("root"));
    options.listen = List.of("unix:" + socket);
    options.grant = List.of("write", "descriptors");
    options.drainTimeout = 1;
    server = Server.open(options);
  }

  @AfterEach
  void end() {
    if (server != null) {
      server.close();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "address,undefined", "thread"})
  void everyCaseIsRight(String sanitizer) throws Exception {
    CPrograms.needsTime(sanitizer);
    everyCaseIsRight(compile(sanitizer));
  }

  @Test
  void everyCaseIsRightWithAnotherLibc() throws Exception {
    everyCaseIsRight(CPrograms.withMusl("libtest"));
  }

  private void everyCaseIsRight(Path program) throws Exception {
    for (String each : CASES) {
      assertThat(CPrograms.run(program, each, socket, file)).as(each).isEqualTo("0 right");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "address,undefined"})
  void aProgramSeesTheServersEnd(String sanitizer) throws Exception {
    Process process = CPrograms.start(compile(sanitizer), "end", socket, file);
    byte[] ready = process.getInputStream().readNBytes("ready\n".length());
    assertThat(new String(ready, UTF_8)).isEqualTo("ready\n");
    server.close();
    assertThat(new String(process.getInputStream().readAllBytes(), UTF_8)).isEqualTo("right\n");
  }

  private Path compile(String sanitizer) throws IOException, InterruptedException {
    Path built = CPrograms.library(sanitizer);
    String[] flags = sanitizer.isEmpty() ? new String[0] : new String[] {"-fsanitize=" + sanitizer};
    return CPrograms.program(built, "libtest", flags);
  }
}
