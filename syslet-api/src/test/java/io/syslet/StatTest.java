package io.syslet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.syslet.ring.Memory;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.reflect.Field;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class StatTest {
  private static final int NOFOLLOW = Stat.AT_SYMLINK_NOFOLLOW;

  @Test
  void offsetsAreThoseOfC() throws Exception {
    CProgram program = new CProgram().include("stddef.h").include("sys/stat.h").begin();
    Map<String, Long> ours = new TreeMap<>();
    for (Field field : Stat.class.getFields()) {
      String name = field.getName();
      if (name.indexOf('_') < 0 || name.endsWith("_MAJOR") || name.endsWith("_MINOR")) {
        ours.put(name, field.getLong(null));
      }
    }
    for (String name : ours.keySet()) {
      program.print(name, offsetOf(name));
    }
    assertThat(ours).hasSizeGreaterThan(18);
    assertThat(program.numbers()).isEqualTo(ours);
  }

  private static String offsetOf(String name) {
    return switch (name) {
      case "LENGTH" -> "sizeof(struct statx)";
      case "NANOSECONDS" -> "offsetof(struct statx_timestamp, tv_nsec)";
      default -> "offsetof(struct statx, stx_" + name.toLowerCase(Locale.ROOT) + ")";
    };
  }

  @Test
  void constantsAreThoseOfC() throws Exception {
    CProgram program = new CProgram().include("fcntl.h").include("sys/stat.h").begin();
    Map<String, Long> ours = new TreeMap<>();
    for (Field field : Stat.class.getFields()) {
      if (field.getName().matches("(AT|STATX|S)_.*")) {
        ours.put(field.getName(), field.getLong(null));
        program.print(field.getName(), field.getName());
      }
    }
    assertThat(ours).hasSizeGreaterThan(25);
    assertThat(program.numbers()).isEqualTo(ours);
  }

  @Test
  void fieldsAreReadWhereTheyLie() {
    try (Arena arena = Arena.ofConfined()) {
      Stat stat = Stat.allocate(arena);
      long at = stat.address();
      for (int i = 0; i < Stat.LENGTH; i++) {
        Memory.putByte(at + i, (byte) i);
      }
      assertThat(stat.mask()).isEqualTo(0x03020100);
      assertThat(stat.blksize()).isEqualTo(0x07060504);
      assertThat(stat.attributes()).isEqualTo(0x0f0e0d0c0b0a0908L);
      assertThat(stat.nlink()).isEqualTo(0x13121110);
      assertThat(stat.uid()).isEqualTo(0x17161514);
      assertThat(stat.gid()).isEqualTo(0x1b1a1918);
      assertThat(stat.mode()).isEqualTo(0x1d1c);
      assertThat(stat.ino()).isEqualTo(0x2726252423222120L);
      assertThat(stat.size()).isEqualTo(0x2f2e2d2c2b2a2928L);
      assertThat(stat.blocks()).isEqualTo(0x3736353433323130L);
      assertThat(stat.atimeSec()).isEqualTo(0x4746454443424140L);
      assertThat(stat.atimeNsec()).isEqualTo(0x4b4a4948);
      assertThat(stat.btimeSec()).isEqualTo(0x5756555453525150L);
      assertThat(stat.btimeNsec()).isEqualTo(0x5b5a5958);
      assertThat(stat.ctimeSec()).isEqualTo(0x6766656463626160L);
      assertThat(stat.ctimeNsec()).isEqualTo(0x6b6a6968);
      assertThat(stat.mtimeSec()).isEqualTo(0x7776757473727170L);
      assertThat(stat.mtimeNsec()).isEqualTo(0x7b7a7978);
      assertThat(stat.rdevMajor()).isEqualTo(0x83828180);
      assertThat(stat.rdevMinor()).isEqualTo(0x87868584);
      assertThat(stat.devMajor()).isEqualTo(0x8b8a8988);
      assertThat(stat.devMinor()).isEqualTo(0x8f8e8d8c);
      assertThat(stat.dev()).isEqualTo(0x8b8a89888f8e8d8cL);
    }
  }

  @Test
  void typesExcludeEachOther() {
    try (Arena arena = Arena.ofConfined()) {
      Stat stat = Stat.allocate(arena);
      for (int type = 0; type <= 15; type++) {
        int mode = type << 12 | 0xfff;
        Memory.putInt(stat.address() + Stat.MODE, mode);
        assertThat(stat.type()).isEqualTo(type << 12);
        assertThat(stat.isDirectory()).isEqualTo(type == 4);
        assertThat(stat.isRegular()).isEqualTo(type == 8);
        assertThat(stat.isSymlink()).isEqualTo(type == 10);
        assertThat(stat.isFifo()).isEqualTo(type == 1);
        assertThat(stat.isSocket()).isEqualTo(type == 12);
        assertThat(stat.isBlockDevice()).isEqualTo(type == 6);
        assertThat(stat.isCharacterDevice()).isEqualTo(type == 2);
      }
    }
  }

  @Test
  void wrapRefusesWhatIsNoStruct() {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment enough = arena.allocate(Stat.LENGTH);
      assertThat(new Stat().wrap(enough).address()).isEqualTo(enough.address());
      assertThatThrownBy(() -> new Stat().wrap(arena.allocate(Stat.LENGTH - 1)))
          .isInstanceOf(IllegalArgumentException.class);
      assertThatThrownBy(() -> new Stat().wrap(MemorySegment.ofArray(new byte[Stat.LENGTH])))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void readsWhatTheKernelWrites(@TempDir Path directory) throws Exception {
    Path file = Files.writeString(directory.resolve("file"), "seven b");
    Path link = Files.createSymbolicLink(directory.resolve("link"), file);
    try (Arena arena = Arena.ofConfined()) {
      Stat stat = lstat(arena, file);
      assertThat(stat.mask() & Stat.STATX_BASIC_STATS).isEqualTo(Stat.STATX_BASIC_STATS);
      assertThat(stat.isRegular()).isTrue();
      assertThat(stat.size()).isEqualTo(7);
      assertThat(stat.ino()).isEqualTo(Files.getAttribute(file, "unix:ino"));
      assertThat(stat.mode()).isEqualTo(Files.getAttribute(file, "unix:mode"));
      assertThat(stat.nlink()).isEqualTo(Files.getAttribute(file, "unix:nlink"));
      assertThat(Instant.ofEpochSecond(stat.mtimeSec(), stat.mtimeNsec()))
          .isEqualTo(Files.getLastModifiedTime(file).toInstant());
      assertThat(lstat(arena, link).isSymlink()).isTrue();
      assertThat(lstat(arena, directory).isDirectory()).isTrue();
    }
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void theOldStructSaysTheSame(@TempDir Path directory) throws Exception {
    Path file = Files.writeString(directory.resolve("file"), "seven b");
    try (Arena arena = Arena.ofConfined();
        HostKernel kernel = new HostKernel()) {
      for (Path path : List.of(file, directory, Path.of("/dev/null"))) {
        Stat converted = Stat.allocate(arena);
        long at = converted.address();
        long name = CString.allocate(arena, path.toString());
        assertThat(kernel.syscall(Nr.NEWFSTATAT, Sys.AT_FDCWD, name, at, NOFOLLOW, 0, 0)).isZero();
        StructStat.convert(at);
        assertThat(basics(converted)).as("%s", path).isEqualTo(basics(lstat(arena, path)));
      }
    }
  }

  private static List<Long> basics(Stat s) {
    return LongStream.of(
            s.mask() & Stat.STATX_BASIC_STATS,
            s.mode(),
            s.uid(),
            s.gid(),
            s.nlink(),
            s.ino(),
            s.dev(),
            s.rdevMajor(),
            s.rdevMinor(),
            s.size(),
            s.blocks(),
            s.blksize(),
            s.atimeSec(),
            s.atimeNsec(),
            s.mtimeSec(),
            s.mtimeNsec(),
            s.ctimeSec(),
            s.ctimeNsec())
        .boxed()
        .toList();
  }

  private static Stat lstat(Arena arena, Path path) {
    Stat stat = Stat.allocate(arena);
    long name = CString.allocate(arena, path.toString());
    try (HostKernel kernel = new HostKernel()) {
      assertThat(Sys.lstat(kernel, Sys.AT_FDCWD, name, stat)).isZero();
    }
    return stat;
  }

  @Test
  void readsAllocateNothing() {
    try (Arena arena = Arena.ofConfined()) {
      Stat stat = Stat.allocate(arena);
      long[] sum = new long[1];
      long bytes =
          Allocation.of(
              () -> sum[0] += stat.wrap(stat.address()).size() + (stat.isDirectory() ? 1 : 0));
      assertThat(bytes).isZero();
    }
  }
}
