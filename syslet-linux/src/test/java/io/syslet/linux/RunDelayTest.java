package io.syslet.linux;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RunDelayTest {
  @Test
  void whoWaitsForHalfItsTimeWaitsForLong() {
    assertThat(RunDelay.isLong("140474000 167939000 95\n")).isTrue();
    assertThat(RunDelay.isLong("127127000 12427000 33\n")).isFalse();
  }

  @Test
  void whatIsNotKnownIsNotLong() {
    assertThat(RunDelay.isLong("")).isFalse();
    assertThat(RunDelay.isLong("0 0 0\n")).isFalse();
  }

  @Test
  void aThreadBesideProgramsThatLoopWaitsForLong() throws Exception {
    try (BusyMachine hogs = BusyMachine.start();
        BusyMachine more = BusyMachine.start()) {
      boolean[] waited = new boolean[1];
      Thread runner = new Thread(() -> waited[0] = loopsUntilItWaits());
      runner.start();
      runner.join();
      assertThat(waited[0]).as("beside %s and %s", hogs, more).isTrue();
    }
  }

  private static boolean loopsUntilItWaits() {
    long deadline = System.nanoTime() + 60_000_000_000L;
    while (!RunDelay.isLong() && System.nanoTime() < deadline) {
      Thread.onSpinWait();
    }
    return RunDelay.isLong();
  }
}
