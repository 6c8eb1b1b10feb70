package io.syslet.ring;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;

/**
 * Publishers of one ring in every order: COUNT STEP…, which are those at which they stop.
 *
 * <p>The head is past everything that was published when a publisher has looked, whoever moved it;
 * when {@code complete} returns and the head is past its completion, everybody has been told, who
 * waits or listens; each completion comes once.
 */
final class PublishersMain implements Interleaver.Scene {
  private static final boolean ARM = "aarch64".equals(System.getProperty("os.arch"));
  private static final int EFD_NONBLOCK = 0x800;
  private static final int WAITERS = 3;
  private static final int FD = (int) HostCalls.call(ARM ? 19 : 290, 0, EFD_NONBLOCK, 0, 0, 0, 0);

  private final Arena arena = Arena.ofShared();
  private final MemorySegment counter = arena.allocate(8, 8);
  private final CompletionRing ring = CompletionRing.allocate(arena, 4, 7);
  private final List<WakeUp> waiters = new ArrayList<>();
  private final int count;
  private final boolean[] published;
  private final int[] due;
  private boolean signalled;

  private PublishersMain(int count) {
    this.count = count;
    published = new boolean[count];
    due = new int[count];
    assertThat(ring.attachEventFd(FD)).isZero();
    for (int i = 0; i < WAITERS; i++) {
      waiters.add(enter());
    }
  }

  public static void main(String[] args) throws InterruptedException {
    int[] steps = new int[args.length - 1];
    for (int i = 0; i < steps.length; i++) {
      steps[i] = Integer.parseInt(args[i + 1]);
    }
    int count = Integer.parseInt(args[0]);
    System.out.println(new Interleaver(steps).explore(() -> new PublishersMain(count)));
  }

  private WakeUp enter() {
    return ring.waits().onWake(() -> {});
  }

  @Override
  public List<Runnable> bodies() {
    List<Runnable> bodies = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int entry = ring.producer().reserve();
      int number = i;
      bodies.add(() -> assertThat(ring.producer().complete(entry, number, ~number)).isZero());
    }
    return bodies;
  }

  @Override
  public void moved(int actor, int step) {
    int head = ring.head();
    look(head);
    if (!published[actor] && step != ProtocolStep.CLAIMED) {
      published[actor] = true;
      due[actor] = publishedInOrder();
    }
    if (step == ProtocolStep.HEAD_MOVED || step < 0) {
      assertThat(head).as("head, behind what was published").isGreaterThanOrEqualTo(due[actor]);
    }
    if (step < 0 && head > 0 && due[actor] > 0) {
      assertThat(waiters).as("waiters").allMatch(WakeUp::isDone);
      assertThat(signalled).as("eventfd").isTrue();
    }
  }

  private int publishedInOrder() {
    int end = 0;
    while (end < count && ring.memory.isPublished(end)) {
      end++;
    }
    return end;
  }

  /** Who was told in vain waits again. */
  private void look(int head) {
    HostCalls.call(ARM ? 63 : 0, FD, counter.address(), 8, 0, 0, 0);
    signalled |= counter.get(ValueLayout.JAVA_LONG, 0) > 0 && head > 0;
    counter.set(ValueLayout.JAVA_LONG, 0, 0);
    if (head == 0) {
      waiters.replaceAll(waiter -> waiter.isDone() ? enter() : waiter);
    }
  }

  @Override
  public void ended() {
    assertThat(ring.head()).isEqualTo(count);
    List<Long> seen = new ArrayList<>();
    int drained =
        ring.drain(
            (status, callerData) -> {
              assertThat(callerData).isEqualTo(~status);
              seen.add(status);
            },
            count + 1);
    assertThat(drained).isEqualTo(count);
    assertThat(seen).doesNotHaveDuplicates();
    ring.close();
    arena.close();
  }
}
