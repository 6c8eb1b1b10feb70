package io.syslet.linux;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * The native stub as a shared library with one function, for the dynamic linker of the system:
 * elf(5), 64 bits, little endian.
 *
 * <pre>
 *      0  the header, and four program headers
 *    288  symbols: none, the function
 *    336  hash table: one bucket with that function
 *    360  names
 *   4096  the code, at the beginning of a page
 *         dynamic section, in a segment of its own that may be written, as some linkers do
 * </pre>
 */
final class StubFile {
  private static final int SYMBOLS = 288;
  private static final int HASH = SYMBOLS + 2 * 24;
  private static final int NAMES = HASH + 5 * Integer.BYTES;
  private static final int CODE = 4096;
  private static final int DYNAMIC_LENGTH = 6 * 16;

  /** Where the second segment lies above its place in the file: pages have 64 KiB at most. */
  private static final int ABOVE = 0x10000;

  private static final int EXECUTE = 1;
  private static final int WRITE = 2;
  private static final int READ = 4;

  private final byte[] code;
  private final byte[] name;
  private final int dynamic;
  private final ByteBuffer file;

  private StubFile(byte[] code, String name) {
    this.code = code;
    this.name = name.getBytes(StandardCharsets.US_ASCII);
    this.dynamic = CODE + (code.length + 15) / 16 * 16;
    this.file = ByteBuffer.allocate(dynamic + DYNAMIC_LENGTH).order(ByteOrder.LITTLE_ENDIAN);
  }

  /**
   * The bytes of the library.
   *
   * @param machine as uname(1) names it.
   * @param name of its function, which is at the beginning of the code.
   */
  static byte[] of(String machine, String name) {
    StubFile made = new StubFile(StubCode.of(machine), name);
    made.header((short) (machine.equals("aarch64") ? 183 : 62));
    made.segments();
    made.symbols();
    made.file.position(CODE).put(made.code);
    made.dynamic();
    return made.file.array();
  }

  private void header(short machine) {
    file.put(new byte[] {0x7f, 'E', 'L', 'F', 2, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0});
    file.putShort((short) 3).putShort(machine).putInt(1);
    file.putLong(0).putLong(64).putLong(0).putInt(0);
    file.putShort((short) 64).putShort((short) 56).putShort((short) 4);
    file.putShort((short) 64).putShort((short) 0).putShort((short) 0);
  }

  private void segments() {
    segment(1, READ | EXECUTE, 0, 0, CODE + code.length, ABOVE);
    segment(1, READ | WRITE, dynamic, ABOVE, DYNAMIC_LENGTH, ABOVE);
    segment(2, READ | WRITE, dynamic, ABOVE, DYNAMIC_LENGTH, 8);
    // No executable stack: the JVM looks for that.
    segment(0x6474e551, READ | WRITE, 0, 0, 0, 16);
  }

  private void segment(int type, int flags, int at, int above, int length, int align) {
    file.putInt(type).putInt(flags).putLong(at).putLong(at + above).putLong(at + above);
    file.putLong(length).putLong(length).putLong(align);
  }

  private void symbols() {
    file.position(SYMBOLS + 24);
    file.putInt(1).put((byte) 0x12).put((byte) 0).putShort((short) 1);
    file.putLong(CODE).putLong(code.length);
    file.putInt(1).putInt(2).putInt(1).putInt(0).putInt(0);
    file.put((byte) 0).put(name).put((byte) 0);
    assert file.position() <= CODE : "the name of the function is too long";
  }

  private void dynamic() {
    file.position(dynamic);
    file.putLong(4).putLong(HASH);
    file.putLong(5).putLong(NAMES);
    file.putLong(6).putLong(SYMBOLS);
    file.putLong(10).putLong(name.length + 2);
    file.putLong(11).putLong(24);
    file.putLong(0).putLong(0);
  }
}
