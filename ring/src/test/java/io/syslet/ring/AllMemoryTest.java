package io.syslet.ring;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.Arena;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Without a flag of the JVM's the ring works the same. */
class AllMemoryTest {
  private final Random random = new Random(1);

  @Test
  void isTheSameMemoryAsWithTheFlag() {
    assertThat(Memory.isDirect()).as("these tests have the flag").isTrue();
    try (Arena arena = Arena.ofConfined()) {
      long at = arena.allocate(64, 64).address();
      for (int i = 0; i < 100; i++) {
        tryAll(at);
      }
    }
  }

  private void tryAll(long at) {
    long value = random.nextLong();
    int small = (int) value;
    AllMemory.putLong(at + 1, value);
    assertThat(Memory.getLong(at + 1)).isEqualTo(AllMemory.getLong(at + 1)).isEqualTo(value);
    AllMemory.putInt(at + 3, small);
    assertThat(Memory.getInt(at + 3)).isEqualTo(AllMemory.getInt(at + 3)).isEqualTo(small);
    AllMemory.putByte(at + 5, (byte) value);
    assertThat(Memory.getByte(at + 5)).isEqualTo(AllMemory.getByte(at + 5));
    assertThat(Memory.getUnsignedShort(at + 5)).isEqualTo(0xffff & AllMemory.getShort(at + 5));
    AllMemory.putIntRelease(at + 4, small);
    assertThat(AllMemory.compareAndSetInt(at + 4, small + 1, 0)).isFalse();
    assertThat(AllMemory.compareAndSetInt(at + 4, small, 7)).isTrue();
    assertThat(AllMemory.getAndAddInt(at + 4, small)).isEqualTo(7);
    assertThat(Memory.getIntVolatile(at + 4)).isEqualTo(AllMemory.getIntVolatile(at + 4));
    AllMemory.putIntVolatile(at + 4, 3);
    assertThat(Memory.getIntAcquire(at + 4)).isEqualTo(3);
    tryLongs(at, value);
    AllMemory.copy(at, at + 32, 24);
    assertThat(Memory.getLong(at + 40)).isEqualTo(Memory.getLong(at + 8));
    AllMemory.clear(at + 8, 8);
    assertThat(Memory.getLong(at + 8)).isZero();
  }

  private static void tryLongs(long at, long value) {
    AllMemory.putLongRelease(at + 8, value);
    assertThat(AllMemory.compareAndSetLong(at + 8, value + 1, 0)).isFalse();
    assertThat(AllMemory.compareAndSetLong(at + 8, value, 12)).isTrue();
    assertThat(AllMemory.getAndBitwiseOrLong(at + 8, 1)).isEqualTo(12);
    assertThat(AllMemory.getAndBitwiseAndLong(at + 8, ~4L)).isEqualTo(13);
    assertThat(AllMemory.getAndAddLong(at + 8, 1)).isEqualTo(9);
    assertThat(AllMemory.getAndSetLong(at + 8, value)).isEqualTo(10);
    assertThat(Memory.getLongVolatile(at + 8)).isEqualTo(AllMemory.getLongVolatile(at + 8));
    AllMemory.putLongVolatile(at + 8, ~value);
    assertThat(Memory.getLongAcquire(at + 8)).isEqualTo(~value);
  }

  @Test
  void aRingWorksInAJvmThatWasStartedWithoutFlags() throws Exception {
    String said = Programs.finish(Programs.java(List.of(), LazyLinkMain.class, List.of()));
    assertThat(said).endsWith("\n1").doesNotContain("Exception");
  }
}
