package io.syslet.linux;

import static org.assertj.core.api.Assertions.assertThat;

import io.syslet.linux.OtherLoad.Ticks;
import java.lang.foreign.Arena;
import org.junit.jupiter.api.Test;

class OtherLoadTest {
  @Test
  void whatAllDidIsInTheFirstLine() {
    assertThat(Ticks.parse("cpu  10 20 30 400 5 6 7 8 9 1\ncpu0 1 2 3 4 5 6 7 8 9 1\n"))
        .isEqualTo(new Ticks(486, 405));
  }

  @Test
  void programsThatLoopAreOthers() throws Exception {
    try (Arena arena = Arena.ofConfined();
        BusyMachine hogs = BusyMachine.start()) {
      OtherLoad load = new OtherLoad(arena);
      assertThat(load.isBegun()).isFalse();
      load.begin();
      double share = 0;
      for (int i = 0; i < 1000 && share < 0.5; i++) {
        Thread.sleep(20);
        share = load.share();
      }
      assertThat(share).as("beside %s", hogs).isGreaterThanOrEqualTo(0.5);
    }
  }
}
