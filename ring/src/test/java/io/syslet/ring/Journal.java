package io.syslet.ring;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.agrona.UnsafeApi;

/**
 * What a victim has done to its calls, in a mapped file that outlives it: an int per call.
 *
 * <pre>
 *   NONE          never heard of              no completion
 *   STARTING      arm() may have happened     at most one completion
 *   ACCEPTED      arm() has happened          exactly one completion
 *   ENDING        disarm() may have happened  at most one completion
 *   ENDED_INLINE  disarm() has happened       no completion
 * </pre>
 */
final class Journal {
  static final int NONE = 0;
  static final int STARTING = 1;
  static final int ACCEPTED = 2;
  static final int ENDING = 3;
  static final int ENDED_INLINE = 4;
  static final int CALLS = 20_000;
  private final long base;

  private Journal(long base) {
    this.base = base;
  }

  static Journal map(Path file) throws IOException {
    try (FileChannel channel =
        FileChannel.open(
            file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      return new Journal(channel.map(MapMode.READ_WRITE, 0, 4L * CALLS, Arena.global()).address());
    }
  }

  void set(int call, int state) {
    UnsafeApi.putIntVolatile(null, base + 4L * call, state);
  }

  int get(int call) {
    return UnsafeApi.getIntVolatile(null, base + 4L * call);
  }

  boolean allows(int call, int completions) {
    return switch (get(call)) {
      case ACCEPTED -> completions == 1;
      case STARTING, ENDING -> completions == 0 || completions == 1;
      default -> completions == 0;
    };
  }
}
