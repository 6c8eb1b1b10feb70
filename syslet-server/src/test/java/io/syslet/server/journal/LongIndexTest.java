package io.syslet.server.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The table behaves as a HashMap does. */
class LongIndexTest {
  private static final int STEPS = 200_000;
  private static final int KEYS = 500;

  @Test
  void itAnswersAsAMapDoes() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    LongIndex index = new LongIndex();
    Map<Long, Integer> map = new HashMap<>();
    for (int i = 0; i < STEPS; i++) {
      // Neighbours and numbers far apart, so that places collide.
      long key = random.nextInt(KEYS) * (random.nextBoolean() ? 1L : 1L << 40);
      switch (random.nextInt(3)) {
        case 0 -> {
          index.put(key, i);
          map.put(key, i);
        }
        case 1 ->
            assertThat(index.get(key)).as("seed " + seed).isEqualTo(map.getOrDefault(key, -1));
        default -> {
          Integer expected = map.remove(key);
          assertThat(index.remove(key))
              .as("seed " + seed)
              .isEqualTo(expected == null ? -1 : expected);
        }
      }
      assertThat(index.size()).isEqualTo(map.size());
    }
  }
}
