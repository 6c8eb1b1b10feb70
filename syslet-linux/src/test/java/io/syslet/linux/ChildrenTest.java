package io.syslet.linux;

import static org.assertj.core.api.Assertions.assertThat;

import io.syslet.Kernel;
import io.syslet.Nr;
import io.syslet.kernel.contract.Rig;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Virtual threads that a task starts, and those of others that call: however many of them block.
 */
class ChildrenTest {
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 40})
  void childrenThatBlockDoNotHoldUpTheirSiblings(int readers) throws Exception {
    Linux.run(
        kernel -> {
          Rig rig = new Rig(kernel);
          AtomicLong sum = new AtomicLong();
          List<Thread> children = new ArrayList<>();
          for (int i = 0; i < readers; i++) {
            children.add(Thread.startVirtualThread(() -> sum.addAndGet(read(kernel, rig))));
          }
          Thread writer = Thread.startVirtualThread(() -> feedLater(rig, readers));
          assertThat(writer.join(Duration.ofSeconds(30))).as("the writer runs").isTrue();
          Threads.join(children);
          assertThat(sum.get()).isEqualTo(readers);
        });
  }

  @Test
  void callsOfOthersVirtualThreadsWaitOnWorkersOfTheKernel() throws Exception {
    int readers = 40;
    try (LinuxKernel kernel = LinuxKernel.boot(Linux.options())) {
      Rig rig = new Rig(kernel);
      AtomicLong sum = new AtomicLong();
      List<Thread> callers = new ArrayList<>();
      for (int i = 0; i < readers; i++) {
        callers.add(Thread.startVirtualThread(() -> sum.addAndGet(indirectly(kernel, rig))));
      }
      Thread writer = Thread.startVirtualThread(() -> feedLater(rig, readers));
      assertThat(writer.join(Duration.ofSeconds(30))).as("the writer runs").isTrue();
      Threads.join(callers);
      assertThat(sum.get()).isEqualTo(readers);
    }
  }

  private static long read(Kernel kernel, Rig rig) {
    return kernel.syscall(Nr.READ, rig.in, rig.buffer, 1);
  }

  private static long indirectly(Kernel kernel, Rig rig) {
    return new Rig(kernel).call(1, Nr.READ, rig.in, rig.buffer, 1);
  }

  private static void feedLater(Rig rig, int bytes) {
    Threads.sleep(50);
    for (int i = 0; i < bytes; i++) {
      rig.feed(1);
    }
  }
}
