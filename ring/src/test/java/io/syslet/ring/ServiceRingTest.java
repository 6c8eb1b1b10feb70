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
    long waiters = RingDescriptor.gateOffset(ELEMENTS) + RingDescriptor.WAITERS_OFFSET;
    while (Memory.getLongAcquire(shared.address() + waiters) == 0) {
      Thread.onSpinWait();
    }
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
    assertThat(view.await(7, System.nanoTime() + 1_000_000)).isEqualTo(-RingErrno.ETIME);
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
    shared.set(ValueLayout.JAVA_INT, RingDescriptor.ELEMENTS_OFFSET, 2 * ELEMENTS);
    assertThatThrownBy(() -> RingView.of(shared)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> ServiceRing.serve(shared, 12, 0, 0))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> ServiceRing.serve(shared.asSlice(8), 4, 0, 0))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
