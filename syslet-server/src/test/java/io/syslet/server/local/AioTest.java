package io.syslet.server.local;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.syslet.server.Server;
import io.syslet.server.ServerOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * POSIX AIO on a server, for programs that do not know of it: each rule of the manual pages is a
 * case of {@code aiotest.c}. Skipped where there is no gcc; fio's part where there is no fio.
 */
class AioTest {
  private static final List<String> CASES =
      List.of(
          "read",
          "read-errors",
          "pipe",
          "socket",
          "pipe-end",
          "write",
          "append",
          "large",
          "fsync",
          "fsync-order",
          "return",
          "suspend",
          "cancel",
          "cancel-changed",
          "cancel-twice",
          "many",
          "list",
          "list-interrupted",
          "list-events",
          "signal",
          "thread",
          "numbers",
          "refused",
          "threads");

  @TempDir private Path folder;
  private Path socket;
  private Path work;
  private Path built = Path.of("");
  private Server server;

  @BeforeEach
  void serve() throws IOException {
    CPrograms.needsCompiler();
    socket = folder.resolve("socket");
    work = Files.createDirectory(folder.resolve("work"));
    server = serve(List.of("write", "descriptors"));
  }

  private Server serve(List<String> grants) throws IOException {
    ServerOptions options = new ServerOptions();
    options.root = Files.createDirectories(folder.resolve("root"));
    options.listen = List.of("unix:" + socket);
    options.grant = grants;
    options.drainTimeout = 0;
    return Server.open(options);
  }

  @AfterEach
  void end() {
    if (server != null) {
      server.close();
    }
  }

  private Path compile() throws IOException, InterruptedException {
    built = CPrograms.library();
    return CPrograms.program(built, "aiotest");
  }

  /** A program in front of whose C library ours is loaded. */
  private Object[] preloaded(Object... words) {
    List<Object> command = new ArrayList<>(List.of("/usr/bin/env", "SYSLET_SOCKET=" + socket));
    command.add("LD_PRELOAD=" + built.resolve("libsyslet-aio.so"));
    command.addAll(List.of(words));
    return command.toArray();
  }

  @Test
  void everyRuleOfTheManualPages() throws Exception {
    Path program = compile();
    for (String each : CASES) {
      long before = server.sessions().totals().calls();
      assertThat(CPrograms.run(preloaded(program, each, work))).as(each).isEqualTo("0 right");
      assertThat(server.sessions().totals().calls()).as(each).isGreaterThan(before);
    }
    assertThat(CPrograms.run(preloaded(program, "fork", work))).isEqualTo("0 right");
  }

  @ParameterizedTest
  @ValueSource(strings = {"address,undefined", "thread"})
  void theSameWithSanitizers(String sanitizer) throws Exception {
    CPrograms.needsTime(sanitizer);
    built = CPrograms.library(sanitizer);
    Path library = built.resolve("libsyslet-aio.so");
    Path program =
        CPrograms.program(
            built,
            "aiotest",
            "-fsanitize=" + sanitizer,
            "-Wl,--no-as-needed",
            library.toString(),
            "-Wl,-rpath," + built);
    for (String each : CASES) {
      assertThat(CPrograms.run("/usr/bin/env", "SYSLET_SOCKET=" + socket, program, each, work))
          .as(each)
          .isEqualTo("0 right");
    }
  }

  /** What the server had, and what comes after it, is made all the same. */
  @Test
  void aProgramOutlivesItsServer() throws Exception {
    Process process = CPrograms.start(preloaded(compile(), "lost", work));
    byte[] ready = process.getInputStream().readNBytes("ready\n".length());
    assertThat(new String(ready, UTF_8)).isEqualTo("ready\n");
    process.getOutputStream().write('\n');
    process.getOutputStream().flush();
    server.close();
    assertThat(new String(process.getInputStream().readAllBytes(), UTF_8)).isEqualTo("right\n");
  }

  @Test
  void withoutAServerTheCLibrarysOwnIsUsed() throws Exception {
    Path program = compile();
    server.close();
    assertThat(CPrograms.run(preloaded(program, "threads", work)))
        .contains("libsyslet-aio: No such file or directory: the C library's own is used")
        .startsWith("0 ")
        .contains("right");
    server = serve(List.of("write"));
    assertThat(CPrograms.run(preloaded(program, "append", work)))
        .contains("libsyslet-aio: the server takes no descriptors: the C library's own is used")
        .startsWith("0 ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"randrw", "write", "randwrite"})
  void fioReadsBackWhatItWrote(String pattern) throws Exception {
    Path fio = Path.of("/usr/bin/fio");
    Assumptions.assumeTrue(Files.isExecutable(fio), "no fio here");
    built = CPrograms.library();
    long before = server.sessions().totals().calls();
    String said =
        CPrograms.run(
            preloaded(
                fio,
                "--name=verified",
                "--filename=" + work.resolve("data"),
                "--ioengine=posixaio",
                "--rw=" + pattern,
                "--bsrange=512-64k",
                "--size=16m",
                "--iodepth=32",
                "--fsync=32",
                "--verify=crc32c",
                "--verify_fatal=1",
                "--verify_state_save=0",
                "--minimal"));
    assertThat(said).startsWith("0 3;fio-").doesNotContain("verify:");
    assertThat(server.sessions().totals().calls() - before).isGreaterThan(500);
  }
}
