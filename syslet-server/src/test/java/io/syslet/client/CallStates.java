package io.syslet.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.syslet.Errno;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * What a killed program knows of its numbered calls, in a file that {@code survivor.c} draws, and
 * whether that can be.
 */
final class CallStates {
  static final int CALLS = 1 << 20;
  static final int SUBMITTED = 1;
  static final int PENDING = 2;
  static final int INLINE = 4;
  static final int COMPLETED = 8;
  private static final int AGAIN = 24;
  private static final int HEADER = 32;
  private static final int CALL = 16;
  private static final int KNOWN = 8;
  private static final int KIND = 12;

  /** Calls that ended so have had no effect. */
  private static final Set<Long> FAILURES =
      Set.of((long) -Errno.EAGAIN, (long) -Errno.EBADF, (long) -Errno.ENOTCONN);

  private final MemorySegment memory;

  CallStates(Path file) throws IOException {
    try (FileChannel channel =
        FileChannel.open(
            file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      memory = channel.map(MapMode.READ_WRITE, 0, HEADER + (long) CALLS * CALL, Arena.ofAuto());
    }
  }

  /** The number of the next call. */
  long next() {
    return memory.get(ValueLayout.JAVA_LONG, 0);
  }

  /** Completions that were told to one process and, when it was killed, to the next. */
  long again() {
    return memory.get(ValueLayout.JAVA_LONG, AGAIN);
  }

  private long status(long n) {
    return memory.get(ValueLayout.JAVA_LONG, HEADER + n * CALL);
  }

  private int known(long n) {
    return memory.get(ValueLayout.JAVA_INT, HEADER + n * CALL + KNOWN);
  }

  private char kind(long n) {
    return (char) memory.get(ValueLayout.JAVA_BYTE, HEADER + n * CALL + KIND);
  }

  /** Each call that went pending has ended; calls with effects have had them once, or at most. */
  void check(Path root, String as) throws IOException {
    Map<Long, Integer> written = written(root);
    int completed = 0;
    for (long n = 1; n < next(); n++) {
      if ((known(n) & PENDING) != 0) {
        assertThat(known(n)).as("call %d, %s", n, as).isEqualTo(SUBMITTED | PENDING | COMPLETED);
        completed++;
      }
      if (kind(n) == 'a') {
        check(n, as, Long.BYTES, written.getOrDefault(n, 0));
      } else if (kind(n) == 'm') {
        check(n, as, 0, Files.exists(root.resolve("d" + n)) ? 1 : 0);
      }
    }
    assertThat(completed).as(as).isPositive();
  }

  private void check(long n, String as, long success, int times) {
    String what = "call " + n + ", status " + status(n) + ", known " + known(n) + ", " + as;
    boolean isKnown = (known(n) & (INLINE | COMPLETED)) != 0 && status(n) != -Errno.EOWNERDEAD;
    if (isKnown) {
      assertThat(status(n) == success || FAILURES.contains(status(n))).as(what).isTrue();
      assertThat(times).as(what).isEqualTo(status(n) == success ? 1 : 0);
    } else {
      assertThat(times).as(what).isLessThanOrEqualTo(1);
    }
  }

  private static Map<Long, Integer> written(Path root) throws IOException {
    Map<Long, Integer> written = new HashMap<>();
    byte[] bytes = Files.readAllBytes(root.resolve("numbers"));
    ByteBuffer numbers = ByteBuffer.wrap(bytes).order(ByteOrder.nativeOrder());
    while (numbers.hasRemaining()) {
      written.merge(numbers.getLong(), 1, Integer::sum);
    }
    return written;
  }
}
