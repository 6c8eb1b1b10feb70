package io.syslet.kernel.sim;

import static org.assertj.core.api.Assertions.assertThat;

import io.syslet.Errno;
import io.syslet.Kernel;
import io.syslet.Nr;
import io.syslet.Syslet;
import io.syslet.Task;
import io.syslet.kernel.contract.Rig;
import io.syslet.ring.CompletionRing;
import java.lang.foreign.Arena;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/** Whatever strikes, each accepted call has one completion, and nothing is left behind. */
class FaultsTest {
  private static final int SEEDS = Boolean.getBoolean("syslet.long") ? 2000 : 40;
  private static final int CALLS = 60;
  private static final int TASKS = 3;

  @ParameterizedTest
  @EnumSource(
      value = Fault.class,
      mode = Mode.EXCLUDE,
      names = {"EIO", "ENOSPC", "LATENCY_SPIKE"})
  void eachAcceptedCallHasOneCompletion(Fault fault) throws Exception {
    long struck = 0;
    for (int seed = 0; seed < SEEDS; seed++) {
      struck += run(SimOptions.defaults().seed(seed).fault(fault, 12), fault);
    }
    assertThat(struck).isPositive();
  }

  @Test
  void allAtOnce() throws Exception {
    for (int seed = 0; seed < SEEDS; seed++) {
      SimOptions options = SimOptions.defaults().seed(seed).maxWorkers(6);
      for (Fault fault : Fault.values()) {
        options = options.fault(fault, 30);
      }
      run(options, Fault.SPURIOUS_WAKE);
    }
  }

  /** Naps of several tasks, each into a ring of its own: how often the fault struck. */
  private static long run(SimOptions options, Fault fault) throws Exception {
    CompletionRing[] rings = new CompletionRing[TASKS];
    int[] ended = new int[TASKS];
    try (Arena arena = Arena.ofShared()) {
      SimKernel kernel = SimKernel.boot(options);
      List<Task> tasks = new ArrayList<>();
      for (int i = 0; i < TASKS; i++) {
        int mine = i;
        rings[i] = CompletionRing.allocate(arena, 16, i & 1);
        tasks.add(kernel.start(k -> naps(k, rings[mine], ended, mine)));
      }
      for (Task task : tasks) {
        join(task);
      }
      kernel.close();
      check(kernel, rings, ended, options);
      return kernel.machine().faults().struck(fault);
    }
  }

  private static void check(
      SimKernel kernel, CompletionRing[] rings, int[] ended, SimOptions options) {
    long completions = 0;
    for (int i = 0; i < TASKS; i++) {
      int left = rings[i].head() - rings[i].tail();
      completions += ended[i] + left;
      assertThat(reservable(rings[i])).as("reservations, %s", options).isEqualTo(16 - left);
    }
    assertThat(completions).as("%s", options).isEqualTo(kernel.stats().pending());
    assertThat(kernel.stats().inFlight()).as("%s", options).isZero();
  }

  private static void join(Task task) throws InterruptedException {
    try {
      task.join();
    } catch (ExecutionException e) {
      assertThat(e).hasCauseInstanceOf(TaskKilled.class);
    }
  }

  /** A task that is killed on its way out of the kernel is not told; the ring is. */
  private static void naps(Kernel kernel, CompletionRing ring, int[] ended, int me) {
    Rig rig = new Rig(kernel, ring);
    int pending = 0;
    for (int i = 0; i < CALLS; i++) {
      long result = rig.call(i, Nr.NANOSLEEP, rig.timespec(1 + i % 7 * 10), 0, 0);
      assertThat(result)
          .isIn(0L, (long) -Syslet.ESYSLETPENDING, (long) -Errno.EAGAIN, (long) -Errno.EINTR);
      pending += result == -Syslet.ESYSLETPENDING ? 1 : 0;
      if (pending - ended[me] == 16) {
        assertThat(kernel.ringWait(ring, ring.tail())).isZero();
      }
      while (!ring.isEmpty()) {
        rig.consume();
        ended[me]++;
      }
    }
  }

  private static int reservable(CompletionRing ring) {
    int free = 0;
    while (ring.producer().reserve() >= 0) {
      free++;
    }
    return free;
  }
}
