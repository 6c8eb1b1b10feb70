package io.syslet.linux;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** A task recurses about as deep as a virtual thread of the JDK. */
class RecursionTest {
  @Test
  void aTaskHasAsMuchStackAsAVirtualThread() throws Exception {
    AtomicInteger task = new AtomicInteger();
    AtomicInteger virtual = new AtomicInteger();
    Linux.run(kernel -> task.set(depth()));
    Thread.startVirtualThread(() -> virtual.set(depth())).join();
    assertThat(task.get()).isGreaterThan(virtual.get() / 4);
  }

  private static int depth() {
    int[] frames = new int[1];
    try {
      descend(frames, Integer.MAX_VALUE);
    } catch (StackOverflowError e) {
      return frames[0];
    }
    return 0;
  }

  private static int descend(int[] frames, int most) {
    frames[0]++;
    return frames[0] == most ? 0 : 1 + descend(frames, most);
  }
}
