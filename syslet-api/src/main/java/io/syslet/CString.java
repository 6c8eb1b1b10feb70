package io.syslet;

import io.syslet.ring.Memory;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * Bytes up to a NUL, as calls take names. A name is bytes and need not be valid UTF-8, so what
 * comes from the kernel stays bytes until it is shown. Addresses are not checked. Any thread.
 */
public final class CString {
  /** Bytes of the longest path that a call takes, and its NUL. Some names are nearly as long. */
  public static final int PATH_MAX = 4096;

  private static final Charset NAMES = Charset.forName(System.getProperty("sun.jnu.encoding"));

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
    put(address, bytes, bytes.length);
  }

  /** As {@link #put(long, byte[])}, of the first {@code length} bytes. */
  static void put(long address, byte[] bytes, int length) {
    for (int i = 0; i < length; i++) {
      if (bytes[i] == 0) {
        throw new IllegalArgumentException("a NUL at " + i);
      }
      Memory.putByte(address + i, bytes[i]);
    }
    Memory.putByte(address + length, (byte) 0);
  }

  /**
   * The bytes of a path, as the JDK would give them to a call.
   *
   * @throws IllegalArgumentException for a path that is no text in the encoding of file names
   *     ({@code sun.jnu.encoding}), and so cannot be told from others; for one of another file
   *     system than the default one.
   */
  public static byte[] bytes(Path path) {
    String text = path.toString();
    boolean isDefault = path.getFileSystem() == FileSystems.getDefault();
    byte[] bytes = text.getBytes(NAMES);
    if (!isDefault || text.indexOf('\ufffd') >= 0 || !new String(bytes, NAMES).equals(text)) {
      throw new IllegalArgumentException("give the bytes of this path: " + text);
    }
    return bytes;
  }

  /**
   * The path of an entry: a directory's path, a slash, and the name at an address.
   *
   * @param name address of bytes up to a NUL, fewer than {@link #PATH_MAX}, as {@link
   *     Dirent#nameAddress} is.
   */
  public static byte[] resolve(byte[] directory, long name) {
    int length = length(name, PATH_MAX - 1);
    byte[] path = Arrays.copyOf(directory, directory.length + 1 + length);
    path[directory.length] = '/';
    copyTo(name, path, directory.length + 1, length);
    return path;
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
