package io.syslet.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.syslet.Calls;
import io.syslet.Kernel;
import io.syslet.Sys;
import io.syslet.Task;
import io.syslet.server.Served;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Many who read and write as much as a frame holds at once: neither side waits for the other. */
class LongPiecesTest {
  private static final int TASKS = 100;
  private static final int ROUNDS = 2;

  @TempDir private static Path temp;

  /** Half a frame each by TLS; a local client has not so much memory. */
  @ParameterizedTest
  @CsvSource({"tls, 516096", "unix, 65536"})
  void bothWaysOverOneConnection(String kind, int length) throws Exception {
    try (Served served = Served.in(Files.createTempDirectory(temp, kind));
        RemoteKernel kernel = served.connect(kind)) {
      Files.write(served.root.resolve("long"), new byte[length]);
      List<Task> tasks = new ArrayList<>();
      for (int i = 0; i < TASKS; i++) {
        int number = i;
        tasks.add(kernel.start(in -> readAndWrite(in, number, length)));
      }
      for (Task task : tasks) {
        task.join();
      }
    }
  }

  private static void readAndWrite(Kernel kernel, int number, int length) {
    try (Calls calls = Calls.of(kernel, 8)) {
      Path path = Path.of(number % 2 == 0 ? "long" : "written" + number % 8);
      int fd =
          (int) calls.openat(Sys.AT_FDCWD, path, Sys.O_RDWR | Sys.O_CREAT, 0600).awaitOrThrow();
      MemorySegment piece = calls.allocate(length);
      for (int i = 0; i < ROUNDS; i++) {
        long done =
            number % 2 == 0
                ? calls.pread(fd, piece, 0).awaitOrThrow()
                : calls.pwrite(fd, piece, 0).awaitOrThrow();
        assertThat(done).isEqualTo(length);
      }
      calls.close(fd).awaitOrThrow();
    }
  }
}
