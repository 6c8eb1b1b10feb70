package io.syslet.server.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The library for C programs, in a process of its own. Skipped where there is no gcc. */
class ClientLibraryTest {
  private static final int FOLDERS = 7;
  private static final int FILES = 300;

  @TempDir Path folder;
  private Path socket;
  private Path walksize;

  @BeforeEach
  void compile() throws IOException, InterruptedException {
    socket = folder.resolve("socket");
    walksize = CPrograms.walksize();
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
      assertThat(CPrograms.run(walksize, socket, root))
          .startsWith("0 files " + FOLDERS * FILES + " bytes " + bytes + " seconds ");
    }
  }

  @Test
  void aProgramThatIsRefusedIsToldWhy() throws Exception {
    try (TestServer _ = new TestServer(socket, TestServer.Manner.REFUSE)) {
      assertThat(CPrograms.run(walksize, socket))
          .isEqualTo("1 walksize: we are full: Too many open files");
    }
  }

  @Test
  void aProgramSeesThatTheServerHasGone() throws Exception {
    try (TestServer _ = new TestServer(socket, TestServer.Manner.LEAVE)) {
      assertThat(CPrograms.run(walksize, socket))
          .isEqualTo("1 walksize: submit: Connection reset by peer");
    }
  }

  @Test
  void aProgramWithoutAServerSaysSo() throws Exception {
    assertThat(CPrograms.run(walksize, socket))
        .isEqualTo("1 walksize: " + socket + ": No such file or directory");
  }
}
