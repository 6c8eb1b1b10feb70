package io.syslet.linux;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * No wake-up is lost, and no spare, whatever collects the memory. The property {@code syslet.long}
 * makes a thousand times as many.
 */
class WakeUpsTest {
  private static final int PASSES = 20_000;
  private static final int SLEEPS = 4_000;

  @ParameterizedTest
  @ValueSource(strings = {"Serial", "Parallel", "G1", "Z"})
  void everybodyIsWoken(String collector) throws Exception {
    int times = Boolean.getBoolean("syslet.long") ? 200 : 1;
    String _ =
        OtherJvm.run(
            WakeUps.class,
            "-Xmx256m -XX:+Use" + collector + "GC",
            String.valueOf(PASSES * times),
            String.valueOf(SLEEPS * times));
  }
}
