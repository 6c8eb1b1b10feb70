package io.syslet.kernel.cpu;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a kernel relies on in its host: the first rows of LKL's boot test. */
abstract class CpuHostContract {
  final List<Object> seen = Collections.synchronizedList(new ArrayList<>());

  abstract CpuHost host();

  /** Runs a body as a thread of the host, and all threads that it starts, to their ends. */
  abstract void run(Runnable body);

  @Test
  void semaphore() {
    run(
        () -> {
          CpuHost.Semaphore ping = host().semaphore(0);
          CpuHost.Semaphore pong = host().semaphore(1);
          CpuHost.HostThread other = host().start("other", () -> echo(ping, pong));
          for (int i = 0; i < 10; i++) {
            pong.down();
            seen.add("ping");
            ping.up();
          }
          other.join();
        });
    assertThat(seen).hasSize(20);
    for (int i = 0; i < 20; i++) {
      assertThat(seen.get(i)).isEqualTo(i % 2 == 0 ? "ping" : "pong");
    }
  }

  private void echo(CpuHost.Semaphore ping, CpuHost.Semaphore pong) {
    for (int i = 0; i < 10; i++) {
      ping.down();
      seen.add("pong");
      pong.up();
    }
  }

  @Test
  void mutex() {
    int[] counter = {0};
    run(
        () -> {
          CpuHost.Semaphore mutex = host().semaphore(1);
          List<CpuHost.HostThread> threads = new ArrayList<>();
          for (int i = 0; i < 4; i++) {
            threads.add(host().start("t" + i, () -> count(mutex, counter)));
          }
          threads.forEach(CpuHost.HostThread::join);
          seen.add(counter[0]);
        });
    assertThat(seen).containsExactly(400);
  }

  private void count(CpuHost.Semaphore mutex, int[] counter) {
    for (int i = 0; i < 100; i++) {
      mutex.down();
      int before = counter[0];
      host().self();
      counter[0] = before + 1;
      mutex.up();
    }
  }

  @Test
  void join() {
    run(
        () -> {
          CpuHost.HostThread other = host().start("other", () -> seen.add("other has ended"));
          other.join();
          seen.add("joined");
          other.join();
        });
    assertThat(seen).containsExactly("other has ended", "joined");
  }

  @Test
  void selfIsTheSameForOneThreadAndAnotherForAnother() {
    run(
        () -> {
          Object self = host().self();
          seen.add(host().self() == self);
          host().start("other", () -> seen.add(host().self() == self)).join();
        });
    assertThat(seen).containsExactly(true, false);
  }

  @Test
  void afterRunsLater() {
    run(
        () -> {
          long start = host().now();
          CpuHost.Semaphore rung = host().semaphore(0);
          host().after(1_000_000, rung::up);
          rung.down();
          seen.add(host().now() - start >= 1_000_000);
        });
    assertThat(seen).containsExactly(true);
  }
}
