package io.syslet.ring;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A client that writes anything anywhere into what it shares with a server: the server's numbers
 * stay right, and it writes nowhere else.
 */
class HostileClientTest {
  private static final int ELEMENTS = 16;
  private static final long GUARD = 4096;
  private static final byte PATTERN = 0x5a;

  private final MemorySegment all =
      Arena.ofAuto().allocate(2 * GUARD + ServiceRing.sizeOf(ELEMENTS), GUARD).fill(PATTERN);
  private final MemorySegment shared =
      all.asSlice(GUARD, ServiceRing.sizeOf(ELEMENTS)).fill((byte) 0);
  private volatile boolean stop;

  private void tail(int value) {
    shared.set(ValueLayout.JAVA_INT, RingDescriptor.USER_TAIL_OFFSET, value);
  }

  private void assertGuards() {
    for (long i = 0; i < GUARD; i++) {
      assertThat(all.get(ValueLayout.JAVA_BYTE, i)).isEqualTo(PATTERN);
      assertThat(all.get(ValueLayout.JAVA_BYTE, all.byteSize() - 1 - i)).isEqualTo(PATTERN);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, -2, 13, 1000, Integer.MAX_VALUE, Integer.MIN_VALUE})
  void aTailThatMakesNoSenseConsumesNothingAndIsCountedOnce(int nonsense) {
    ServiceRing ring = ServiceRing.serve(shared, ELEMENTS, 0, 0);
    for (int i = 0; i < 12; i++) {
      assertThat(ring.post(i, i)).isZero();
    }
    ring.publish();
    tail(nonsense);
    assertThat(ring.consumed()).isZero();
    assertThat(ring.room()).isEqualTo(ELEMENTS - 12);
    assertThat(ring.nonsense()).isEqualTo(1);
    tail(5);
    assertThat(ring.consumed()).isEqualTo(5);
    tail(4);
    assertThat(ring.consumed()).isEqualTo(5);
    assertThat(ring.nonsense()).isEqualTo(2);
  }

  @Test
  void whatIsNotPublishedCannotBeConsumed() {
    ServiceRing ring = ServiceRing.serve(shared, ELEMENTS, 0, 0);
    assertThat(ring.post(1, 1)).isZero();
    tail(1);
    assertThat(ring.consumed()).isZero();
    ring.publish();
    assertThat(ring.consumed()).isEqualTo(1);
  }

  /** A session that is resumed goes on at any position. */
  @ParameterizedTest
  @ValueSource(longs = {0, 100, (3L << 32) - 1})
  void aTailBeyondWhatWasPublishedMakesNoSenseAtAnyPosition(long first) {
    ServiceRing ring = ServiceRing.serve(shared, ELEMENTS, 0, first);
    assertThat(ring.post(1, 1)).isZero();
    ring.publish();
    tail((int) first + 2);
    assertThat(ring.consumed()).isEqualTo(first);
    assertThat(ring.nonsense()).isEqualTo(1);
    tail((int) first + 1);
    assertThat(ring.consumed()).isEqualTo(first + 1);
  }

  @Test
  void noUnreadCompletionIsOverwrittenWhateverElseIsWritten() {
    ServiceRing ring = ServiceRing.serve(shared, ELEMENTS, 0, 0);
    Random random = new Random(1);
    for (int i = 0; i < ELEMENTS; i++) {
      assertThat(ring.post(~i, i)).isZero();
      ring.publish();
      shared.set(ValueLayout.JAVA_INT, RingDescriptor.KERNEL_HEAD_OFFSET, random.nextInt());
      shared.set(ValueLayout.JAVA_INT, RingDescriptor.ELEMENTS_OFFSET, random.nextInt());
      tail(ELEMENTS + random.nextInt(1 << 30));
    }
    assertThat(ring.post(0, 0)).isEqualTo(-RingErrno.EAGAIN);
    for (int i = 0; i < ELEMENTS; i++) {
      long slot = RingDescriptor.HEADER_LENGTH + (long) i * RingDescriptor.COMPLETION_LENGTH;
      assertThat(shared.get(ValueLayout.JAVA_LONG, slot)).isEqualTo(~i);
      assertThat(shared.get(ValueLayout.JAVA_LONG, slot + 8)).isEqualTo(i);
    }
  }

  @Test
  void thePublishedHeadIsMendedByTheNextPublication() {
    ServiceRing ring = ServiceRing.serve(shared, ELEMENTS, 0, 0);
    shared.set(ValueLayout.JAVA_INT, RingDescriptor.KERNEL_HEAD_OFFSET, 12345);
    assertThat(ring.post(0, 0)).isZero();
    ring.publish();
    assertThat(shared.get(ValueLayout.JAVA_INT, RingDescriptor.KERNEL_HEAD_OFFSET)).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void scribblingAllTheTimeMovesNothingBeyondWhatWasPublished(long seed) throws Exception {
    ServiceRing ring = ServiceRing.serve(shared, ELEMENTS, 0, 0);
    Thread scribbler = Thread.ofPlatform().start(() -> scribble(seed));
    long consumed = 0;
    for (int i = 0; i < 300_000 || consumed == 0 || ring.nonsense() == 0; i++) {
      long posted = ring.posted();
      int result = ring.post(i, i);
      assertThat(result).isIn(0, -RingErrno.EAGAIN);
      assertThat(ring.posted()).isEqualTo(result == 0 ? posted + 1 : posted);
      ring.publish();
      long now = ring.consumed();
      if (now < consumed || now > ring.posted() || ring.posted() - consumed > ELEMENTS + 1) {
        throw new AssertionError(now + " of " + ring.posted() + ", seed " + seed);
      }
      consumed = now;
    }
    stop = true;
    scribbler.join();
    assertGuards();
  }

  private void scribble(long seed) {
    Scribbler scribbler = new Scribbler(shared, seed);
    while (!stop) {
      scribbler.scribble();
    }
  }
}
