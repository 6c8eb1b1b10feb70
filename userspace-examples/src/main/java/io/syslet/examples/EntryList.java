package io.syslet.examples;

import io.syslet.ring.Memory;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The entries that one task found, as lines of size, tab and path, if anybody wants them; whole
 * lines go out together.
 */
final class EntryList {
  private static final int CHUNK = 64 * 1024;

  private final @Nullable OutputStream out;
  private byte[] lines = {};
  private int length;
  private @Nullable Directory directory;
  private byte[] prefix = {};

  EntryList(@Nullable OutputStream out) {
    this.out = out;
  }

  /** Adds an entry by its directory and the address of its name. */
  void add(Directory parent, long name, long size) {
    if (out == null) {
      return;
    }
    if (parent != directory) {
      directory = parent;
      prefix = Paths.below(parent);
    }
    put(Long.toString(size).getBytes(StandardCharsets.ISO_8859_1));
    put((byte) '\t');
    put(prefix);
    putName(name);
    put((byte) '\n');
    if (length >= CHUNK) {
      flush();
    }
  }

  /** Writes what there is. */
  void flush() {
    if (out == null) {
      return;
    }
    try {
      synchronized (out) {
        out.write(lines, 0, length);
      }
      length = 0;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void put(byte[] bytes) {
    reserve(bytes.length);
    System.arraycopy(bytes, 0, lines, length, bytes.length);
    length += bytes.length;
  }

  private void put(byte b) {
    reserve(1);
    lines[length++] = b;
  }

  private void putName(long name) {
    for (long at = name; Memory.getByte(at) != 0; at++) {
      put(Memory.getByte(at));
    }
  }

  private void reserve(int more) {
    if (length + more > lines.length) {
      lines = Arrays.copyOf(lines, Math.max(2 * lines.length, CHUNK + length + more));
    }
  }
}
