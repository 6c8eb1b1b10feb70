package io.syslet.kernel.sim;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

/** Events happen in order, and can be taken back. */
class EventHeapTest {
  private final EventHeap events = new EventHeap();

  @Test
  void equalTimesAreInTheOrderOfAsking() {
    List<Integer> order = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      int mine = i;
      events.add(7, () -> order.add(mine));
    }
    for (Event event = events.poll(); event != null; event = events.poll()) {
      event.action.run();
    }
    assertThat(order).hasSize(100).isSorted();
    assertThat(events.next()).isEqualTo(Long.MAX_VALUE);
  }

  @RepeatedTest(20)
  void anyMixOfAddingTakingAndRemovingIsWhatASortedListDoes(RepetitionInfo info) {
    Random random = new Random(info.getCurrentRepetition());
    List<Event> model = new ArrayList<>();
    Comparator<Event> order =
        Comparator.<Event>comparingLong(e -> e.when).thenComparingLong(e -> e.sequence);
    for (int i = 0; i < 2000; i++) {
      int what = random.nextInt(10);
      if (what < 6) {
        model.add(events.add(random.nextInt(50), () -> {}));
      } else if (what < 8 && !model.isEmpty()) {
        Event gone = model.remove(random.nextInt(model.size()));
        events.remove(gone);
        events.remove(gone);
      } else {
        model.sort(order);
        Event expected = model.isEmpty() ? null : model.removeFirst();
        assertThat(events.poll()).as("seed %s", info.getCurrentRepetition()).isSameAs(expected);
      }
    }
  }
}
