package io.syslet.server.local;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The library for C programs, in a process of its own. Skipped where there is no gcc. */
class ClientLibraryTest {
  private static final Path GCC = Path.of("/usr/bin/gcc");
  private static final int FOLDERS = 7;
  private static final int FILES = 300;

  @TempDir Path folder;
  private Path socket;
  private Path walksize;

  @BeforeEach
  void compile() throws Exception {
    Assumptions.assumeTrue(Files.isExecutable(GCC), "no gcc here");
    socket = folder.resolve("socket");
    walksize = folder.resolve("walksize");
    List<String> command =
        new ArrayList<>(List.of(GCC.toString(), "-std=c11", "-O2", "-Wall", "-Wextra", "-Werror"));
    command.addAll(List.of("-o", walksize.toString()));
    command.addAll(List.of("src/main/c/walksize.c", "src/main/c/syslet.c"));
    assertThat(run(command)).isEqualTo("0 ");
  }

  /** The exit status and what it said. */
  private static String run(List<String> command) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), UTF_8).strip();
    return process.waitFor() + " " + said;
  }

  private long makeFiles(Path root) throws IOException {
    long bytes = 0;
    for (int d = 0; d < FOLDERS; d++) {
      Path deeper = Files.createDirectories(root.resolve("d" + d).resolve("deeper"));
      for (int f = 0; f < FILES; f++) {
        bytes += f;
        Files.write(deeper.resolve("file" + f), new byte[f]);
      }
    }
    return bytes;
  }

  @Test
  void aProgramReadsTheSizesOfManyFiles() throws Exception {
    Path root = folder.resolve("root");
    long bytes = makeFiles(root);
    try (TestServer _ = new TestServer(socket, TestServer.Manner.SERVE)) {
      assertThat(run(List.of(walksize.toString(), socket.toString(), root.toString())))
          .startsWith("0 files " + FOLDERS * FILES + " bytes " + bytes + " seconds ");
    }
  }

  @Test
  void aProgramThatIsRefusedIsToldWhy() throws Exception {
    try (TestServer _ = new TestServer(socket, TestServer.Manner.REFUSE)) {
      assertThat(run(List.of(walksize.toString(), socket.toString())))
          .isEqualTo("1 walksize: we are full: Too many open files");
    }
  }

  @Test
  void aProgramSeesThatTheServerHasGone() throws Exception {
    try (TestServer _ = new TestServer(socket, TestServer.Manner.LEAVE)) {
      assertThat(run(List.of(walksize.toString(), socket.toString())))
          .isEqualTo("1 walksize: submit: Connection reset by peer");
    }
  }

  @Test
  void aProgramWithoutAServerSaysSo() throws Exception {
    assertThat(run(List.of(walksize.toString(), socket.toString())))
        .isEqualTo("1 walksize: " + socket + ": No such file or directory");
  }
}
