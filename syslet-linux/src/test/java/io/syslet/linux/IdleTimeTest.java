package io.syslet.linux;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.Arena;
import org.junit.jupiter.api.Test;

class IdleTimeTest {
  private static final String STAT =
      "cpu  1 2 3 4000 5 6 7 8 9 1\ncpu0 1 2 3 100 5 6 7 8 9 1\ncpu10 1 2 3 200 6 6 7 8 9 1\n";

  @Test
  void aCpuHasALineOfItsOwn() {
    assertThat(IdleTime.ticks(STAT, 0)).isEqualTo(105);
    assertThat(IdleTime.ticks(STAT, 10)).isEqualTo(206);
    assertThat(IdleTime.ticks(STAT, 1)).isEqualTo(-1);
    assertThat(IdleTime.ticks("", 0)).isEqualTo(-1);
  }

  @Test
  void idleTimeGrowsOnlyWhereNothingRuns() throws Exception {
    try (Arena arena = Arena.ofConfined()) {
      IdleTime idle = new IdleTime(arena);
      int cpu = Affinity.allowed()[0];
      long before = idle.ticks(cpu);
      Threads.until(() -> idle.ticks(cpu) > before, "the CPU is idle for a tick");
    }
  }
}
