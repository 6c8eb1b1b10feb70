package io.syslet.ring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The server's ring and the client's view of it, both well-behaved. */
class ServiceRingTest {
  private static final int ELEMENTS = 8;
  private final MemorySegment shared =
      Arena.ofAuto().allocate(ServiceRing.sizeOf(ELEMENTS), RingDescriptor.GATE_LENGTH);

  private ServiceRing serve(long position) {
    return ServiceRing.serve(shared, ELEMENTS, 3, position);
  }

  private static List<Long> drain(RingView view) {
    List<Long> seen = new ArrayList<>();
    assertThat(view.drain((status, callerData) -> seen.add(callerData), Integer.MAX_VALUE))
        .isEqualTo(seen.size());
    return seen;
  }

  @Test
  void whatIsPostedIsSeenWhenItIsPublished() {
    ServiceRing ring = serve(0);
    RingView view = RingView.of(shared);
    assertThat(ring.post(1, 10)).isZero();
    assertThat(ring.post(2, 20)).isZero();
    assertThat(drain(view)).isEmpty();
    ring.publish();
    assertThat(drain(view)).containsExactly(10L, 20L);
    assertThat(ring.consumed()).isEqualTo(2);
  }

  @Test
  void aFullRingTakesNoMoreUntilTheClientHasConsumed() {
    ServiceRing ring = serve(0);
    RingView view = RingView.of(shared);
    for (int i = 0; i < ELEMENTS; i++) {
      assertThat(ring.room()).isEqualTo(ELEMENTS - i);
      assertThat(ring.post(0, i)).isZero();
    }
    assertThat(ring.post(0, 99)).isEqualTo(-RingErrno.EAGAIN);
    ring.publish();
    assertThat(drain(view)).hasSize(ELEMENTS);
    assertThat(ring.room()).isEqualTo(ELEMENTS);
    assertThat(ring.post(0, 99)).isZero();
  }

  @Test
  void whatIsReadStaysUntilTheClientHasConsumedIt() {
    ServiceRing ring = serve(0);
    RingView view = RingView.of(shared);
    for (int i = 0; i < ELEMENTS; i++) {
      assertThat(ring.post(~i, i)).isZero();
    }
    ring.publish();
    assertThat(view.head()).isEqualTo(ELEMENTS);
    List<Long> seen = new ArrayList<>();
    CompletionHandler handler =
        (status, callerData) -> {
          assertThat(status).isEqualTo(~callerData);
          seen.add(callerData);
        };
    assertThat(view.read(view.tail(), handler)).isEqualTo(ELEMENTS);
    assertThat(view.read(ELEMENTS - 1, handler)).isEqualTo(1);
    assertThat(seen).containsExactly(0L, 1L, 2L, 3L, 4L, 5L, 6L, 7L, 7L);
    assertThat(view.read(ELEMENTS, handler)).isZero();
    assertThat(view.read(ELEMENTS + 1, handler)).as("beyond the head").isZero();
    assertThat(view.read(-1, handler)).as("more than there are slots").isZero();
    assertThat(seen).hasSize(ELEMENTS + 1);
    assertThat(ring.consumed()).isZero();
    view.consumed(3);
    assertThat(view.tail()).isEqualTo(3);
    assertThat(ring.consumed()).isEqualTo(3);
    assertThat(ring.room()).isEqualTo(3);
  }

  @Test
  void positionsGoOnPastTheEndOfTheIndexes() {
    long first = (3L << 32) - 5;
    ServiceRing ring = serve(first);
    RingView view = RingView.of(shared);
    for (long i = 0; i < 50; i++) {
      assertThat(ring.posted()).isEqualTo(first + i);
      assertThat(ring.post(i, i)).isZero();
      ring.publish();
      assertThat(drain(view)).containsExactly(i);
      assertThat(ring.consumed()).isEqualTo(first + i + 1);
    }
    assertThat(ring.nonsense()).isZero();
  }

  @Test
  void aSleepingClientIsWoken() throws InterruptedException {
    ServiceRing ring = serve(0);
    RingView view = RingView.of(shared);
    for (int i = 0; i < 1000; i++) {
      int before = i;
      Thread waiter = Thread.ofPlatform().start(() -> view.await(before, Long.MAX_VALUE));
      if (i % 2 == 0) {
        awaitAsleep();
      }
      assertThat(ring.post(i, i)).isZero();
      ring.publish();
      waiter.join();
      assertThat(drain(view)).containsExactly((long) i);
    }
  }

  private void awaitAsleep() {
    while (waiters() == 0) {
      Thread.onSpinWait();
    }
  }

  private long waiters() {
    long at = RingDescriptor.gateOffset(ELEMENTS) + RingDescriptor.WAITERS_OFFSET;
    return Memory.getLongAcquire(shared.address() + at);
  }

  /** The server is killed after it has moved the head, before it wakes who waits. */
  @Test
  void whoWaitsIsWokenInPlaceOfADeadServer() throws InterruptedException {
    serve(0);
    RingView view = RingView.of(shared);
    Thread waiter = Thread.ofPlatform().start(() -> view.await(0, Long.MAX_VALUE));
    awaitAsleep();
    Thread.sleep(20); // most probably in FUTEX_WAIT; right in any case
    Memory.putIntVolatile(view.address() + RingDescriptor.KERNEL_HEAD_OFFSET, 1);
    view.wake();
    assertThat(waiter.join(Duration.ofSeconds(30))).isTrue();
  }

  @Test
  void aWaitEndsAtItsDeadlineAndAtTheClose() throws InterruptedException {
    serve(7);
    RingView view = RingView.of(shared);
    assertThat(view.await(6, Long.MAX_VALUE)).isZero();
    long deadline = System.nanoTime() + 1_000_000;
    assertThat(view.await(7, deadline)).isEqualTo(-RingErrno.ETIME);
    assertThat(System.nanoTime() - deadline).isNotNegative();
    assertThat(waiters()).as("who does not sleep need not be woken").isZero();
    List<Integer> results = new ArrayList<>();
    Thread waiter = Thread.ofPlatform().start(() -> results.add(view.await(7, Long.MAX_VALUE)));
    awaitAsleep();
    view.close();
    waiter.join();
    assertThat(results).containsExactly(-RingErrno.EFAULT);
    assertThat(view.await(7, Long.MAX_VALUE)).isEqualTo(-RingErrno.EFAULT);
  }

  @Test
  void onlyServedRingsAreViewed() {
    assertThatThrownBy(() -> RingView.of(shared)).isInstanceOf(IllegalArgumentException.class);
    serve(0);
    assertThat(RingView.of(shared).elements()).isEqualTo(ELEMENTS);
    assertThatThrownBy(() -> RingView.of(shared.asSlice(0, shared.byteSize() - 1)))
        .isInstanceOf(IllegalArgumentException.class);
    MemorySegment moved = Arena.ofAuto().allocate(shared.byteSize() + 8, 64).asSlice(4);
    assertThatThrownBy(() -> RingView.of(moved.copyFrom(shared)))
        .as("not aligned")
        .isInstanceOf(IllegalArgumentException.class);
    shared.set(ValueLayout.JAVA_INT, RingDescriptor.ELEMENTS_OFFSET, 2 * ELEMENTS);
    assertThatThrownBy(() -> RingView.of(shared)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> ServiceRing.serve(shared, 12, 0, 0))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> ServiceRing.serve(shared.asSlice(8), 4, 0, 0))
        .isInstanceOf(IllegalArgumentException.class);
  }

  /** Clients in other languages have no more than this. */
  @Test
  void theMemorySaysWhatItIs() {
    ServiceRing ring = serve(5);
    assertThat(ring.elements()).isEqualTo(ELEMENTS);
    assertThat(shared.get(ValueLayout.JAVA_INT, RingDescriptor.KERNEL_HEAD_OFFSET)).isEqualTo(5);
    assertThat(shared.get(ValueLayout.JAVA_INT, RingDescriptor.USER_TAIL_OFFSET)).isEqualTo(5);
    assertThat(shared.get(ValueLayout.JAVA_INT, RingDescriptor.ELEMENTS_OFFSET))
        .isEqualTo(ELEMENTS);
    assertThat(shared.get(ValueLayout.JAVA_INT, RingDescriptor.WAIT_GROUP_OFFSET)).isEqualTo(3);
    MemorySegment gate = shared.asSlice(RingDescriptor.gateOffset(ELEMENTS));
    assertThat(gate.get(ValueLayout.JAVA_LONG, 0)).isEqualTo(RingDescriptor.MAGIC);
    assertThat(gate.get(ValueLayout.JAVA_INT, 8)).isEqualTo(RingDescriptor.VERSION);
    assertThat(gate.get(ValueLayout.JAVA_INT, 12)).isEqualTo(ELEMENTS);
    assertThat(gate.get(ValueLayout.JAVA_LONG, 16)).isEqualTo(ServiceRing.sizeOf(ELEMENTS));
  }

  @Test
  void anotherVersionIsNotViewed() {
    long gate = RingDescriptor.gateOffset(ELEMENTS);
    for (int offset : new int[] {0, 8, 12}) {
      serve(0);
      int now = shared.get(ValueLayout.JAVA_INT, gate + offset);
      shared.set(ValueLayout.JAVA_INT, gate + offset, now + 1);
      assertThatThrownBy(() -> RingView.of(shared))
          .as("offset %d of the gate", offset)
          .isInstanceOf(IllegalArgumentException.class);
    }
  }
}
