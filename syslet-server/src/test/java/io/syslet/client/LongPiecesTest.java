package io.syslet.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.syslet.Calls;
import io.syslet.Kernel;
import io.syslet.Sys;
import io.syslet.Task;
import io.syslet.client.wire.Wire;
import io.syslet.server.Served;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Many who read and write as much as a frame holds at once: neither side waits for the other. */
class LongPiecesTest {
  private static final int TASKS = 200;
  private static final int ROUNDS = 3;
  private static final int LENGTH = Wire.MAX_DATA / 2;

  @TempDir private static Path temp;

  @Test
  void bothWaysOverOneConnection() throws Exception {
    try (Served served = Served.in(temp);
        RemoteKernel kernel = served.connect("tls")) {
      Files.write(served.root.resolve("long"), new byte[LENGTH]);
      List<Task> tasks = new ArrayList<>();
      for (int i = 0; i < TASKS; i++) {
        int number = i;
        tasks.add(kernel.start(in -> readAndWrite(in, number)));
      }
      for (Task task : tasks) {
        task.join();
      }
    }
  }

  private static void readAndWrite(Kernel kernel, int number) {
    try (Calls calls = Calls.of(kernel, 8)) {
      Path path = Path.of(number % 2 == 0 ? "long" : "written" + number % 8);
      int fd =
          (int) calls.openat(Sys.AT_FDCWD, path, Sys.O_RDWR | Sys.O_CREAT, 0600).awaitOrThrow();
      MemorySegment piece = calls.allocate(LENGTH);
      for (int i = 0; i < ROUNDS; i++) {
        long length =
            number % 2 == 0
                ? calls.pread(fd, piece, 0).awaitOrThrow()
                : calls.pwrite(fd, piece, 0).awaitOrThrow();
        assertThat(length).isEqualTo(LENGTH);
      }
      calls.close(fd).awaitOrThrow();
    }
  }
}
