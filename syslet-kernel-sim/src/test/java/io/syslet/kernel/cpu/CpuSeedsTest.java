package io.syslet.kernel.cpu;

import static org.assertj.core.api.Assertions.assertThat;

import io.syslet.Errno;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The processor on a host that puts threads aside by a seed: each run can be had again. */
class CpuSeedsTest {
  private static final int SEEDS = Boolean.getBoolean("syslet.long") ? 100_000 : 2_000;
  private static final int THREADS = 6;

  @Test
  void nobodyIsLostAndShutdownFreesOnceAndLast() {
    for (long seed = 0; seed < SEEDS; seed++) {
      Run run = new Run(seed);
      run.host.run(run::main);
      assertThat(run.log).as("seed %d", seed).endsWith("freed").containsOnlyOnce("freed");
      assertThat(run.inside).as("seed %d", seed).isZero();
      assertThat(run.ended).as("seed %d", seed).isEqualTo(THREADS);
      assertThat(run.refused + run.entered).as("seed %d", seed).isEqualTo(THREADS * 5);
    }
  }

  @Test
  void oneSeedIsOneRun() {
    for (long seed = 0; seed < 100; seed++) {
      Run one = new Run(seed);
      Run same = new Run(seed);
      one.host.run(one::main);
      same.host.run(same::main);
      assertThat(same.log).isEqualTo(one.log);
    }
  }

  private static final class Run {
    private final SeededHost host;
    private final List<String> log = new ArrayList<>();
    private final HostedCpu cpu;
    private int inside;
    private int entered;
    private int refused;
    private int ended;

    Run(long seed) {
      host = new SeededHost(seed);
      cpu = new HostedCpu(host, irq -> log.add("irq " + irq), () -> log.add("freed"));
    }

    void main() {
      List<CpuHost.HostThread> threads = new ArrayList<>();
      for (int i = 0; i < THREADS; i++) {
        int number = i;
        threads.add(host.start("t" + i, () -> body(number)));
      }
      host.after(5, () -> cpu.tryRunIrq(7));
      host.after(12, cpu::shutdown);
      threads.forEach(CpuHost.HostThread::join);
      cpu.awaitShutdown();
    }

    private void body(int number) {
      for (int i = 0; i < 5; i++) {
        enter(number);
      }
      ended++;
    }

    private void enter(int number) {
      if (cpu.get() == -Errno.ESHUTDOWN) {
        refused++;
        return;
      }
      assertThat(++inside).isEqualTo(1);
      assertThat(log).doesNotContain("freed");
      log.add("t" + number + " at " + host.now());
      host.perhapsAnother();
      inside--;
      entered++;
      cpu.put();
    }
  }
}
