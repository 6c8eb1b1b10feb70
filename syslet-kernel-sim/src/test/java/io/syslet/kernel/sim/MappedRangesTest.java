package io.syslet.kernel.sim;

import static org.assertj.core.api.Assertions.assertThat;

import io.syslet.Errno;
import io.syslet.ring.Memory;
import java.lang.foreign.Arena;
import java.util.BitSet;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Which addresses a program may use. */
class MappedRangesTest {
  private static final long BASE = 1L << 40;
  private static final int SIZE = 4096;

  private final MappedRanges memory = new MappedRanges();

  @Test
  void anythingElseIsEfault() {
    memory.map(BASE, 16);
    assertThat(memory.check(BASE, 16, true)).isZero();
    assertThat(memory.check(BASE + 15, 1, false)).isZero();
    assertThat(memory.check(BASE, 17, false)).isEqualTo(-Errno.EFAULT);
    assertThat(memory.check(BASE - 1, 1, false)).isEqualTo(-Errno.EFAULT);
    assertThat(memory.check(BASE + 16, 1, false)).isEqualTo(-Errno.EFAULT);
    assertThat(memory.check(0, 1, false)).isEqualTo(-Errno.EFAULT);
    assertThat(memory.check(-8, 16, false)).isEqualTo(-Errno.EFAULT);
    assertThat(memory.check(BASE, -1, false)).isEqualTo(-Errno.EFAULT);
    assertThat(memory.check(BASE, Long.MAX_VALUE, false)).isEqualTo(-Errno.EFAULT);
    assertThat(memory.check(5, 0, false)).as("no bytes").isZero();
  }

  @Test
  void randomRangesAreWhatABitSetSays() {
    for (int seed = 0; seed < 20; seed++) {
      Random random = new Random(seed);
      MappedRanges mapped = new MappedRanges();
      BitSet model = new BitSet();
      for (int at = random.nextInt(9); at < SIZE; at += random.nextInt(40)) {
        int length = Math.min(1 + random.nextInt(30), SIZE - at);
        mapped.map(BASE + at, length);
        model.set(at, at + length);
        at += length;
      }
      for (int i = 0; i < 2000; i++) {
        int at = random.nextInt(SIZE);
        int length = 1 + random.nextInt(20);
        boolean inside = model.nextClearBit(at) >= at + length;
        assertThat(mapped.check(BASE + at, length, false) == 0)
            .as("seed %s, %s bytes at %s", seed, length, at)
            .isEqualTo(inside);
      }
    }
  }

  @Test
  void aStringEndsInsideOrIsEfault() {
    try (Arena arena = Arena.ofConfined()) {
      long text = arena.allocate(16).address();
      memory.map(text, 8);
      for (int i = 0; i < 8; i++) {
        Memory.putByte(text + i, (byte) 'x');
      }
      assertThat(memory.checkString(text, 100)).isEqualTo(-Errno.EFAULT);
      assertThat(memory.checkString(text, 8)).as("no NUL up to the limit").isEqualTo(8);
      memory.map(text + 8, 8);
      assertThat(memory.checkString(text, 100)).as("ranges that touch").isEqualTo(8);
      assertThat(memory.checkString(text + 8, 100)).isZero();
      assertThat(memory.checkString(1, 100)).isEqualTo(-Errno.EFAULT);
    }
  }
}
