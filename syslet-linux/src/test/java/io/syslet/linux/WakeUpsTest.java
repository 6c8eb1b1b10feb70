package io.syslet.linux;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * No wake-up is lost, and no spare, whatever collects the memory. With the property {@code
 * syslet.long} ten million batons are passed, and two million sleeps slept, under each collector.
 */
class WakeUpsTest {
  private static final int PASSES = 20_000;
  private static final int SLEEPS = 4_000;

  @ParameterizedTest
  @ValueSource(strings = {"Serial", "Parallel", "G1", "Z"})
  void everybodyIsWoken(String collector) throws Exception {
    boolean manyTimes = Boolean.getBoolean("syslet.long");
    int times = manyTimes ? 500 : 1;
    String _ =
        OtherJvm.run(
            WakeUps.class,
            "-Xmx256m -Dsyslet.long=" + manyTimes + " -XX:+Use" + collector + "GC",
            String.valueOf(PASSES * times),
            String.valueOf(SLEEPS * times));
  }
}
