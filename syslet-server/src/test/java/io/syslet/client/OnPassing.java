package io.syslet.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.syslet.CString;
import io.syslet.Nr;
import io.syslet.Sys;
import io.syslet.ring.HostCalls;
import io.syslet.ring.Memory;
import io.syslet.server.AsUser;
import io.syslet.server.Served;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A server that takes descriptors of its clients, and what there is to pass. */
abstract class OnPassing {
  static final int LIMIT = 40;

  @TempDir Path temp;
  final Arena arena = Arena.ofAuto();
  final long memory = arena.allocate(4096, 8).address();
  Path outside;
  Served served;

  @BeforeEach
  void serve() throws IOException {
    outside = Files.writeString(temp.resolve("outside"), "content");
    served =
        Served.in(
            temp.resolve("server"),
            options -> {
              options.grant = List.of("write", "descriptors");
              options.descriptors = LIMIT;
              options.resumeTimeout = 1;
              options.users = List.of(Users.own(), (long) AsUser.SOMEBODY);
            });
  }

  @AfterEach
  void end() {
    served.close();
  }

  int open(Path file, int flags) {
    return host(Nr.OPENAT, Sys.AT_FDCWD, CString.allocate(arena, file.toString()), flags, 0600);
  }

  static int host(long nr, long a0, long a1, long a2, long a3) {
    long made = HostCalls.call(nr, a0, a1, a2, a3, 0, 0);
    assertThat(made).isNotNegative();
    return (int) made;
  }

  static void close(int fd) {
    HostCalls.send(Nr.CLOSE, fd, 0, 0, 0, 0, 0);
  }

  static long openDescriptors() throws IOException {
    try (var files = Files.list(Path.of("/proc/self/fd"))) {
      return files
          .filter(file -> !link(file).matches("/proc/\\d+/task/.*|.*\\[perf_event\\]"))
          .count();
    }
  }

  static String link(Path file) {
    try {
      return Files.readSymbolicLink(file).toString();
    } catch (IOException e) {
      return "/proc/1/task/gone";
    }
  }

  long pass(RemoteKernel kernel, int fd) {
    long passed = kernel.pass(fd);
    close(fd);
    return passed;
  }

  int[] pipe() {
    host(Nr.PIPE2, memory, Sys.O_CLOEXEC, 0, 0);
    return new int[] {Memory.getInt(memory), Memory.getInt(memory + 4)};
  }
}
