package io.syslet.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.syslet.server.local.CPrograms;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * POSIX AIO on a server that is killed: a write at the end of a file, which nobody knows to have
 * been made or not, is not made again. Skipped where there is no gcc.
 */
class AppendedOnceTest {
  private static final long LOOK_NANOS = 1_000_000;
  @TempDir private Path folder;

  @Test
  void aWriteThatMayHaveBeenMadeFails() throws Exception {
    Path built = CPrograms.library();
    Path program = CPrograms.program(built, "aiotest");
    try (Victims victims = new Victims(folder)) {
      await(victims, ", pid " + victims.server().pid() + ".");
      Process process = start(victims, built.resolve("libsyslet-aio.so"), program);
      await(victims, "ready\n");
      victims.server().destroyForcibly().waitFor();
      process.getOutputStream().write('\n');
      process.getOutputStream().flush();
      process.waitFor();
      assertThat(victims.said()).endsWith("right\n");
    }
  }

  private Process start(Victims victims, Path library, Path program) throws IOException {
    return victims.start(
        List.of(
            "/usr/bin/env",
            "SYSLET_SOCKET=" + victims.socket,
            "LD_PRELOAD=" + library,
            program.toString(),
            "lost-append",
            folder.toString()));
  }

  private static void await(Victims victims, String word) {
    while (!victims.said().contains(word)) {
      LockSupport.parkNanos(LOOK_NANOS);
    }
  }
}
