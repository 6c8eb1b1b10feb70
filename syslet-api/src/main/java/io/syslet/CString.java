package io.syslet;

import io.syslet.ring.Memory;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;

/**
 * Bytes up to a NUL, as calls take names. A name is bytes and need not be valid UTF-8, so what
 * comes from the kernel stays bytes until it is shown. Addresses are not checked. Any thread.
 */
public final class CString {
  private CString() {}

  /**
   * Copies a text, as UTF-8, and a NUL to new memory.
   *
   * @return the address; valid as long as {@code arena}.
   * @throws IllegalArgumentException for a text with a NUL in it.
   */
  public static long allocate(Arena arena, String text) {
    return allocate(arena, text.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * Copies bytes and a NUL to new memory.
   *
   * @return the address; valid as long as {@code arena}.
   * @throws IllegalArgumentException for bytes with a NUL among them.
   */
  public static long allocate(Arena arena, byte[] bytes) {
    MemorySegment memory = arena.allocate(bytes.length + 1L);
    put(memory.address(), bytes);
    return memory.address();
  }

  /**
   * Writes bytes and a NUL at {@code address}, where there is room for {@code bytes.length + 1}.
   * Plain stores.
   *
   * @throws IllegalArgumentException for bytes with a NUL among them; some are written then.
   */
  public static void put(long address, byte[] bytes) {
    for (int i = 0; i < bytes.length; i++) {
      if (bytes[i] == 0) {
        throw new IllegalArgumentException("a NUL at " + i);
      }
      Memory.putByte(address + i, bytes[i]);
    }
    Memory.putByte(address + bytes.length, (byte) 0);
  }

  /**
   * How many bytes there are before the first NUL.
   *
   * @param limit how many may be read.
   * @return 0 to {@code limit}; {@code limit} if no NUL is among them.
   */
  public static int length(long address, int limit) {
    int i = 0;
    while (i < limit && Memory.getByte(address + i) != 0) {
      i++;
    }
    return i;
  }

  /** The bytes before the first NUL, at most {@code limit}, in a new array. */
  public static byte[] bytes(long address, int limit) {
    byte[] bytes = new byte[length(address, limit)];
    copyTo(address, bytes, 0, bytes.length);
    return bytes;
  }

  /**
   * What {@link #bytes} has, to be shown: read as UTF-8, each invalid byte as U+FFFD. It may not
   * name the file any more.
   */
  public static String toString(long address, int limit) {
    return new String(bytes(address, limit), StandardCharsets.UTF_8);
  }

  /** Copies {@code count} bytes to {@code to} from index {@code at} on. */
  public static void copyTo(long address, byte[] to, int at, int count) {
    for (int i = 0; i < count; i++) {
      to[at + i] = Memory.getByte(address + i);
    }
  }

  /** Whether the bytes at {@code address}, of which at least as many may be read, begin so. */
  public static boolean startsWith(long address, byte[] bytes) {
    for (int i = 0; i < bytes.length; i++) {
      if (Memory.getByte(address + i) != bytes[i]) {
        return false;
      }
    }
    return true;
  }
}
