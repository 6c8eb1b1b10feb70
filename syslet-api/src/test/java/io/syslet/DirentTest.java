package io.syslet;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.syslet.ring.Memory;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class DirentTest {
  private final Arena arena = Arena.ofShared();
  private final MemorySegment memory = arena.allocate(8192, 8);
  private final long buffer = memory.address();
  private final Dirent dirent = new Dirent();

  @AfterEach
  void free() {
    arena.close();
  }

  @Test
  void offsetsAreThoseOfC() throws Exception {
    CProgram program = new CProgram().include("stddef.h").include("dirent.h").begin();
    for (String field : new String[] {"ino", "off", "reclen", "type", "name"}) {
      program.print(field, "offsetof(struct dirent64, d_" + field + ")");
    }
    for (String type : new String[] {"UNKNOWN", "FIFO", "CHR", "DIR", "BLK", "REG", "LNK"}) {
      program.print(type, "DT_" + type);
    }
    program.print("SOCK", "DT_SOCK").print("WHT", "DT_WHT");
    Map<String, Long> theirs = program.numbers();
    assertThat(theirs)
        .containsEntry("ino", (long) Dirent.INO)
        .containsEntry("off", (long) Dirent.OFFSET)
        .containsEntry("reclen", (long) Dirent.RECLEN)
        .containsEntry("type", (long) Dirent.TYPE)
        .containsEntry("name", (long) Dirent.NAME);
    assertThat(theirs)
        .containsEntry("UNKNOWN", (long) Dirent.DT_UNKNOWN)
        .containsEntry("FIFO", (long) Dirent.DT_FIFO)
        .containsEntry("CHR", (long) Dirent.DT_CHR)
        .containsEntry("DIR", (long) Dirent.DT_DIR)
        .containsEntry("BLK", (long) Dirent.DT_BLK)
        .containsEntry("REG", (long) Dirent.DT_REG)
        .containsEntry("LNK", (long) Dirent.DT_LNK)
        .containsEntry("SOCK", (long) Dirent.DT_SOCK)
        .containsEntry("WHT", (long) Dirent.DT_WHT);
  }

  @Test
  void walksNamesOfEveryLength() {
    for (int length = 1; length <= 255; length++) {
      int end = put(put(0, 7, Dirent.DT_REG, name(length)), 8, Dirent.DT_DIR, name(1));
      dirent.wrap(buffer, end);
      assertThat(dirent.next()).isTrue();
      assertThat(dirent.ino()).isEqualTo(7);
      assertThat(dirent.offset()).isEqualTo(-7);
      assertThat(dirent.type()).isEqualTo(Dirent.DT_REG);
      assertThat(dirent.nameLength()).isEqualTo(length);
      assertThat(dirent.nameBytes()).isEqualTo(name(length));
      assertThat(dirent.next()).isTrue();
      assertThat(dirent.ino()).isEqualTo(8);
      assertThat(dirent.next()).isFalse();
      assertThat(dirent.next()).isFalse();
      assertThat(dirent.isMalformed()).isFalse();
    }
  }

  @Test
  void emptyAndNegativeLengthsHoldNothing() {
    put(0, 1, Dirent.DT_REG, name(3));
    for (long length : new long[] {0, -1, -22, Long.MIN_VALUE}) {
      assertThat(dirent.wrap(buffer, length).next()).isFalse();
      assertThat(dirent.isMalformed()).isFalse();
    }
    assertThat(new Dirent().next()).isFalse();
  }

  @Test
  void childrenAreWhatIsNeitherDotNorDotDot() {
    int end = put(0, 1, Dirent.DT_DIR, ".".getBytes(US_ASCII));
    end = put(end, 2, Dirent.DT_REG, "a".getBytes(US_ASCII));
    end = put(end, 3, Dirent.DT_DIR, "..".getBytes(US_ASCII));
    end = put(end, 4, Dirent.DT_LNK, "...".getBytes(US_ASCII));
    dirent.wrap(buffer, end);
    assertThat(dirent.nextChild()).isTrue();
    assertThat(dirent.ino()).isEqualTo(2);
    assertThat(dirent.nextChild()).isTrue();
    assertThat(dirent.ino()).isEqualTo(4);
    assertThat(Dirent.typeOf(dirent.nameAddress())).isEqualTo(Dirent.DT_LNK);
    assertThat(dirent.nextChild()).isFalse();
  }

  @Test
  void dotsAreTold() {
    assertThat(isDots(".")).isTrue();
    assertThat(isDots("..")).isTrue();
    for (String name : new String[] {"...", ".a", "a", "a.", "..a", ". ", " ."}) {
      assertThat(isDots(name)).as(name).isFalse();
    }
  }

  private boolean isDots(String name) {
    assertThat(dirent.wrap(buffer, put(0, 1, 4, name.getBytes(StandardCharsets.UTF_8))).next())
        .isTrue();
    return dirent.isDotOrDotDot();
  }

  @Test
  void namesAreBytes() {
    byte[] odd = {(byte) 0xff, '\n', (byte) 0xc3, ' '};
    dirent.wrap(buffer, put(0, 1, 8, odd)).next();
    assertThat(dirent.nameEquals(odd)).isTrue();
    assertThat(dirent.nameEquals(new byte[] {(byte) 0xff, '\n', (byte) 0xc3})).isFalse();
    assertThat(dirent.nameEquals(new byte[] {(byte) 0xff, '\n', (byte) 0xc3, '!'})).isFalse();
    byte[] to = new byte[6];
    assertThat(dirent.copyName(to, 1)).isEqualTo(4);
    assertThat(to).isEqualTo(new byte[] {0, (byte) 0xff, '\n', (byte) 0xc3, ' ', 0});
    assertThat(dirent.copyName(to, 3)).isEqualTo(4);
    assertThat(to[3]).isEqualTo((byte) 0xc3);
    assertThat(CString.bytes(dirent.nameAddress(), 255)).isEqualTo(odd);
  }

  @Test
  void recordLengthsThatCannotBeEndTheWalk() {
    int first = put(0, 1, Dirent.DT_REG, name(4));
    int end = put(first, 2, Dirent.DT_REG, name(4));
    for (int reclen : new int[] {0, 1, 18, 19, end - first + 1, 4096, 0xffff}) {
      putShort(first + Dirent.RECLEN, reclen);
      dirent.wrap(buffer, end);
      assertThat(dirent.next()).isTrue();
      assertThat(dirent.next()).as("reclen " + reclen).isFalse();
      assertThat(dirent.isMalformed()).isTrue();
      assertThat(dirent.next()).isFalse();
    }
  }

  @Test
  void cutRecordsEndTheWalk() {
    int first = put(0, 1, Dirent.DT_REG, name(4));
    int end = put(first, 2, Dirent.DT_REG, name(4));
    for (int length = first + 1; length < end; length++) {
      dirent.wrap(buffer, length);
      assertThat(dirent.next()).isTrue();
      assertThat(dirent.next()).as("length " + length).isFalse();
      assertThat(dirent.isMalformed()).isTrue();
    }
  }

  @Test
  void namesWithoutNulEndTheWalk() {
    for (int reclen = 20; reclen <= 64; reclen++) {
      memory.fill((byte) 'x');
      putShort(Dirent.RECLEN, reclen);
      assertThat(dirent.wrap(buffer, reclen).next()).as("reclen " + reclen).isFalse();
      assertThat(dirent.isMalformed()).isTrue();
      Memory.putByte(buffer + reclen - 1, (byte) 0);
      assertThat(dirent.wrap(buffer, reclen).next()).as("reclen " + reclen).isTrue();
      assertThat(dirent.nameLength()).isEqualTo(reclen - 20);
    }
  }

  @Test
  void paddingNeedNotBeZero() {
    memory.fill((byte) 'x');
    putShort(Dirent.RECLEN, 48);
    Memory.putByte(buffer + Dirent.NAME + 2, (byte) 0);
    assertThat(dirent.wrap(buffer, 48).next()).isTrue();
    assertThat(dirent.nameLength()).isEqualTo(2);
  }

  @Test
  void noBytesWhateverLeadOutOfTheBuffer() {
    Random random = new Random(42);
    for (int round = 0; round < 20_000; round++) {
      int length = random.nextInt(512);
      fill(random, length);
      dirent.wrap(buffer, length);
      long last = buffer;
      while (dirent.next()) {
        assertThat(dirent.nameAddress()).isGreaterThan(last);
        last = dirent.nameAddress() + dirent.nameLength();
        assertThat(last).isLessThan(buffer + length);
        assertThat(Memory.getByte(last)).isZero();
      }
    }
  }

  private void fill(Random random, int length) {
    memory.fill((byte) 'x');
    for (int i = 0; i < length; i++) {
      Memory.putByte(buffer + i, random.nextBoolean() ? (byte) random.nextInt(64) : 0);
    }
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void readsWhatTheKernelWrites(@TempDir Path directory) throws Exception {
    List<String> names = new ArrayList<>(List.of(".", ".."));
    for (int i = 1; i <= 200; i++) {
      String name = "n".repeat(i);
      Files.createFile(directory.resolve(name));
      names.add(name);
    }
    List<String> found = list(directory);
    assertThat(found).containsExactlyInAnyOrderElementsOf(names);
  }

  private List<String> list(Path directory) {
    List<String> found = new ArrayList<>();
    long path = CString.allocate(arena, directory.toString());
    try (HostKernel kernel = new HostKernel()) {
      int fd = (int) Sys.openat(kernel, Sys.AT_FDCWD, path, Sys.O_RDONLY | Sys.O_DIRECTORY, 0);
      assertThat(fd).isNotNegative();
      long bytes = Sys.getdents64(kernel, fd, buffer, 1024);
      for (; bytes > 0; bytes = Sys.getdents64(kernel, fd, buffer, 1024)) {
        dirent.wrap(buffer, bytes);
        while (dirent.next()) {
          found.add(new String(dirent.nameBytes(), StandardCharsets.UTF_8));
        }
        assertThat(dirent.isMalformed()).isFalse();
      }
      assertThat(bytes).isZero();
      assertThat(Sys.close(kernel, fd)).isZero();
    }
    return found;
  }

  @Test
  void walkingAllocatesNothing() {
    int end = put(put(put(0, 1, 4, name(1)), 2, 8, name(20)), 3, 8, name(255));
    byte[] wanted = name(20);
    byte[] to = new byte[256];
    long[] sum = new long[1];
    long bytes =
        Allocation.of(
            () -> {
              dirent.wrap(buffer, end);
              while (dirent.next()) {
                sum[0] += dirent.isDotOrDotDot() || dirent.nameEquals(wanted) ? 1 : 0;
                sum[0] += dirent.copyName(to, 0) + dirent.ino() + dirent.type();
              }
            });
    assertThat(bytes).isZero();
    assertThat(sum[0]).isNotZero();
  }

  private static byte[] name(int length) {
    return "n".repeat(length).getBytes(StandardCharsets.UTF_8);
  }

  private int put(int at, long ino, int type, byte[] name) {
    int reclen = (Dirent.NAME + name.length + 8) & -8;
    memory.asSlice(at, reclen).fill((byte) 'p');
    Memory.putLong(buffer + at + Dirent.INO, ino);
    Memory.putLong(buffer + at + Dirent.OFFSET, -ino);
    putShort(at + Dirent.RECLEN, reclen);
    Memory.putByte(buffer + at + Dirent.TYPE, (byte) type);
    CString.put(buffer + at + Dirent.NAME, name);
    return at + reclen;
  }

  private void putShort(int at, int value) {
    memory.set(ValueLayout.JAVA_SHORT_UNALIGNED, at, (short) value);
  }
}
