package io.syslet;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.syslet.ring.Memory;
import java.lang.foreign.Arena;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class CStringTest {
  @Test
  void textsAreUtf8AndEndInNul() {
    try (Arena arena = Arena.ofConfined()) {
      long address = CString.allocate(arena, "é/ü");
      assertThat(CString.length(address, 100)).isEqualTo(5);
      assertThat(Memory.getByte(address + 5)).isZero();
      assertThat(CString.toString(address, 100)).isEqualTo("é/ü");
      assertThat(CString.bytes(address, 100)).isEqualTo("é/ü".getBytes(StandardCharsets.UTF_8));
    }
  }

  @Test
  void bytesNeedNotBeText() {
    try (Arena arena = Arena.ofConfined()) {
      byte[] bytes = {(byte) 0x80, 'a', (byte) 0xff, 1};
      long address = CString.allocate(arena, bytes);
      assertThat(CString.bytes(address, 100)).isEqualTo(bytes);
      assertThat(CString.toString(address, 100)).isEqualTo("\ufffda\ufffd\u0001");
      assertThat(CString.startsWith(address, new byte[] {(byte) 0x80, 'a'})).isTrue();
      assertThat(CString.startsWith(address, new byte[] {(byte) 0x80, 'b'})).isFalse();
    }
  }

  @Test
  void theEmptyTextIsANul() {
    try (Arena arena = Arena.ofConfined()) {
      long address = CString.allocate(arena, "");
      assertThat(Memory.getByte(address)).isZero();
      assertThat(CString.bytes(address, 100)).isEmpty();
    }
  }

  @Test
  void noMoreThanTheLimitIsRead() {
    try (Arena arena = Arena.ofConfined()) {
      long address = CString.allocate(arena, "abcdef");
      assertThat(CString.length(address, 3)).isEqualTo(3);
      assertThat(CString.length(address, 0)).isZero();
      assertThat(CString.bytes(address, 2)).isEqualTo(new byte[] {'a', 'b'});
    }
  }

  @Test
  void aNulCannotBePartOfAText() {
    try (Arena arena = Arena.ofConfined()) {
      assertThatThrownBy(() -> CString.allocate(arena, "a\0b"))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("a NUL at 1");
    }
  }

  @Test
  void aPathIsTheBytesThatTheJdkUses() throws Exception {
    Charset names = Charset.forName(System.getProperty("sun.jnu.encoding"));
    boolean canEncode = names.newEncoder().canEncode('\u00e4');
    Path file = Files.createTempFile(canEncode ? "p\u00e4th" : "path", "");
    try (Arena arena = Arena.ofConfined()) {
      Kernel kernel = new HostKernel();
      long name = CString.allocate(arena, CString.bytes(file));
      Stat stat = Stat.allocate(arena);
      assertThat(Sys.lstat(kernel, Sys.AT_FDCWD, name, stat)).isZero();
      assertThat(CString.bytes(Path.of("a/../b"))).isEqualTo("a/../b".getBytes(US_ASCII));
    } finally {
      Files.delete(file);
    }
  }

  @Test
  void aPathWhoseBytesAreNotKnownIsRefused() {
    assertThatThrownBy(() -> CString.bytes(Path.of("a\ufffd")))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aNameIsResolvedAgainstADirectory() {
    try (Arena arena = Arena.ofConfined()) {
      long name = CString.allocate(arena, "name");
      assertThat(CString.resolve("dir".getBytes(US_ASCII), name))
          .isEqualTo("dir/name".getBytes(US_ASCII));
      // 255 letters on vfat and the like.
      String longest = "漢".repeat(255);
      assertThat(CString.resolve(new byte[0], CString.allocate(arena, longest)))
          .isEqualTo(("/" + longest).getBytes(StandardCharsets.UTF_8));
    }
  }
}
