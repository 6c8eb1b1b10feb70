package io.syslet.ring;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A user who writes anything into the v7 part while the ring is used: errors for that user, but no
 * access outside, no hang, no reservation lost.
 */
class HostileMemoryTest {
  private static final int ELEMENTS = 16;
  private static final long GUARD = 4096;
  private static final byte PATTERN = 0x5a;

  private final Arena arena = Arena.ofAuto();
  private final MemorySegment all =
      arena.allocate(2 * GUARD + CompletionRing.sizeOf(ELEMENTS), 128);
  private volatile boolean stop;

  private CompletionRing guarded() {
    all.fill(PATTERN);
    MemorySegment inside = all.asSlice(GUARD, CompletionRing.sizeOf(ELEMENTS)).fill((byte) 0);
    inside.set(ValueLayout.JAVA_INT, RingDescriptor.ELEMENTS_OFFSET, ELEMENTS);
    return CompletionRing.wrap(inside);
  }

  private void scribble(long seed) {
    Random random = new Random(seed);
    int[] tempting = {0, 1, -1, ELEMENTS, -ELEMENTS, Integer.MIN_VALUE};
    while (!stop) {
      long at = GUARD + 4L * random.nextInt(random.nextBoolean() ? 4 : 4 + 4 * ELEMENTS);
      int now = all.get(ValueLayout.JAVA_INT, at);
      int delta = tempting[random.nextInt(tempting.length)];
      all.set(ValueLayout.JAVA_INT, at, random.nextBoolean() ? now + delta : random.nextInt());
    }
  }

  private static void produce(CompletionRing ring, AtomicLong bad, int turns) {
    for (int i = 0; i < turns; i++) {
      int entry = ring.producer().reserve();
      boolean ok = entry >= 0 ? ring.producer().complete(entry, i, i) == 0 : isExpected(entry);
      bad.addAndGet(ok ? 0 : 1);
    }
  }

  private static boolean isExpected(int error) {
    return error == -RingErrno.EAGAIN || error == -RingErrno.EINVAL;
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void scribblingHurtsNobodyElse(long seed) throws InterruptedException {
    CompletionRing ring = guarded();
    int[] held = {ring.producer().reserve(), ring.producer().reserve(), ring.producer().reserve()};
    AtomicLong bad = new AtomicLong();
    List<Thread> threads = new ArrayList<>();
    threads.add(Thread.ofPlatform().start(() -> scribble(seed)));
    threads.add(Thread.ofPlatform().start(() -> consume(ring)));
    Thread one = Thread.ofPlatform().start(() -> produce(ring, bad, 300_000));
    produce(ring, bad, 300_000);
    one.join();
    stop = true;
    for (Thread thread : threads) {
      thread.join();
    }
    assertThat(bad).as("seed %d", seed).hasValue(0);
    assertGuards();
    assertNothingLost(ring, held);
  }

  private void consume(CompletionRing ring) {
    while (!stop) {
      ring.drain((status, callerData) -> {}, 8);
      ring.drainShared((status, callerData) -> {}, 8);
      ring.await(ring.head(), 3, System.nanoTime() + 1000);
    }
  }

  private void assertGuards() {
    for (long i = 0; i < GUARD; i++) {
      assertThat(all.get(ValueLayout.JAVA_BYTE, i)).isEqualTo(PATTERN);
      assertThat(all.get(ValueLayout.JAVA_BYTE, all.byteSize() - 1 - i)).isEqualTo(PATTERN);
    }
  }

  /** The next completion repairs the head; a user who then repairs the tail has all slots again. */
  private static void assertNothingLost(CompletionRing ring, int[] held) {
    for (int entry : held) {
      assertThat(ring.producer().complete(entry, 0, 0)).isZero();
    }
    ring.advanceTo(ring.head());
    for (int i = 0; i < ELEMENTS; i++) {
      assertThat(ring.producer().reserve()).as("reservation %d", i).isNotNegative();
    }
    assertThat(ring.producer().reserve()).isEqualTo(-RingErrno.EAGAIN);
  }

  @Test
  void badMemoryIsRefused() {
    MemorySegment memory = arena.allocate(CompletionRing.sizeOf(8), 64);
    memory.set(ValueLayout.JAVA_INT, RingDescriptor.ELEMENTS_OFFSET, 8);
    assertThat(CompletionRing.check(memory)).isZero();
    assertThat(CompletionRing.check(MemorySegment.NULL)).isEqualTo(-RingErrno.EFAULT);
    assertThat(CompletionRing.check(MemorySegment.ofArray(new byte[4096])))
        .isEqualTo(-RingErrno.EFAULT);
    assertThat(CompletionRing.check(memory.asSlice(0, 15))).isEqualTo(-RingErrno.EFAULT);
    assertThat(CompletionRing.check(memory.asSlice(0, memory.byteSize() - 1)))
        .isEqualTo(-RingErrno.EFAULT);
    assertThat(CompletionRing.check(memory.asSlice(4))).isEqualTo(-RingErrno.EINVAL);
    memory.set(ValueLayout.JAVA_LONG, RingDescriptor.gateOffset(8), 1);
    assertThat(CompletionRing.check(memory)).isEqualTo(-RingErrno.EINVAL);
  }
}
