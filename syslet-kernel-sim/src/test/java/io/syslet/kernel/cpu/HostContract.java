package io.syslet.kernel.cpu;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a kernel relies on in its host: the first rows of LKL's boot test. */
abstract class HostContract {
  final List<Object> seen = Collections.synchronizedList(new ArrayList<>());

  abstract Host host();

  /** Runs a body as a thread of the host, and all threads that it starts, to their ends. */
  abstract void run(Runnable body);

  @Test
  void semaphore() {
    run(
        () -> {
          Host.Semaphore ping = host().semaphore(0);
          Host.Semaphore pong = host().semaphore(1);
          Host.HostThread other = host().start("other", () -> echo(ping, pong));
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

  private void echo(Host.Semaphore ping, Host.Semaphore pong) {
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
          Host.Semaphore mutex = host().semaphore(1);
          List<Host.HostThread> threads = new ArrayList<>();
          for (int i = 0; i < 4; i++) {
            threads.add(host().start("t" + i, () -> count(mutex, counter)));
          }
          threads.forEach(Host.HostThread::join);
          seen.add(counter[0]);
        });
    assertThat(seen).containsExactly(400);
  }

  private void count(Host.Semaphore mutex, int[] counter) {
    for (int i = 0; i < 100; i++) {
      mutex.down();
      int before = counter[0];
      var _ = host().self();
      counter[0] = before + 1;
      mutex.up();
    }
  }

  @Test
  void join() {
    run(
        () -> {
          Host.HostThread other = host().start("other", () -> seen.add("other has ended"));
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
          Host.Semaphore rung = host().semaphore(0);
          host().after(1_000_000, rung::up);
          rung.down();
          seen.add(host().now() - start >= 1_000_000);
        });
    assertThat(seen).containsExactly(true);
  }
}
