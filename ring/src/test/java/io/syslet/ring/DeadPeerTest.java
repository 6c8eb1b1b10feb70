package io.syslet.ring;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Another process has filled the ring and is killed with SIGKILL: who goes on using the ring gets
 * the slots back, without asking for a recovery.
 */
@Timeout(60)
class DeadPeerTest {
  private static final int ELEMENTS = 16;
  private static final int MINE = 3;
  private static final int ARMED = (ELEMENTS - MINE) / 2;
  private static final long SECONDS = 1_000_000_000;

  @TempDir Path folder;
  private final Set<Integer> held = new HashSet<>();
  private final Set<Long> ended = new HashSet<>();
  private Path file;
  private CompletionRing ring;

  @BeforeEach
  void create() throws Exception {
    file = folder.resolve("ring");
    ring = CompletionRing.create(file, ELEMENTS, 11);
    while (held.size() < MINE) {
      held.add(ring.producer().reserve());
    }
  }

  @AfterEach
  void close() {
    ring.close();
  }

  private Process holder(String how) throws Exception {
    return Programs.java(HolderMain.class, List.of("-Dio.syslet.ring.steps=true"), file, how);
  }

  private static void awaitReady(Process holder) throws Exception {
    assertThat(holder.inputReader().readLine()).isEqualTo("ready");
  }

  private void kill(Process holder) throws Exception {
    assertThat(ring.producer().reserve()).as("full").isEqualTo(-RingErrno.EAGAIN);
    assertThat(holder.destroyForcibly().waitFor()).isEqualTo(137);
  }

  /** Reserves and drains, nothing else, until so many are held. */
  private void poll(int wanted) {
    long deadline = System.nanoTime() + 10 * SECONDS;
    while (held.size() < wanted && System.nanoTime() - deadline < 0) {
      int entry = ring.producer().reserve();
      if (entry >= 0) {
        assertThat(held.add(entry)).as("entry %d twice", entry).isTrue();
      } else {
        assertThat(entry).isEqualTo(-RingErrno.EAGAIN);
        drain();
        LockSupport.parkNanos(100_000);
      }
    }
    assertThat(held).hasSize(wanted);
    assertThat(ring.producer().reserve()).isEqualTo(-RingErrno.EAGAIN);
  }

  private void drain() {
    int drained =
        ring.drain(
            (status, callerData) -> {
              assertThat(status).isEqualTo(-RingErrno.EOWNERDEAD);
              assertThat(ended.add(callerData)).as("call %d twice", callerData).isTrue();
            },
            ELEMENTS);
    assertThat(drained).isNotNegative();
  }

  @Test
  void aSubmitterThatOnlyPollsGetsIdleReservationsBack() throws Exception {
    Process holder = holder("idle");
    awaitReady(holder);
    kill(holder);
    poll(ELEMENTS);
    assertThat(ended).isEmpty();
  }

  @Test
  void aSubmitterThatOnlyPollsGetsCallsBackWithTheirEnds() throws Exception {
    Process holder = holder("armed");
    awaitReady(holder);
    kill(holder);
    poll(ELEMENTS);
    assertThat(ended).hasSizeBetween(ARMED, ARMED + 1).allMatch(data -> data >= 1000);
  }

  /** The entry is there, and only the hint that leads to it is not. */
  @Test
  void aSubmitterThatOnlyPollsIsToldWhatTheDeadHadGivenBack() throws Exception {
    while (held.size() < ELEMENTS - 1) {
      held.add(ring.producer().reserve());
    }
    Process holder = holder("returned");
    assertThat(holder.waitFor()).isEqualTo(137);
    poll(ELEMENTS);
  }

  @Test
  void whoSleepsIsWokenByTheEndsOfTheDead() throws Exception {
    Process holder = holder("armed");
    awaitReady(holder);
    Thread killer =
        Thread.ofPlatform()
            .start(
                () -> {
                  LockSupport.parkNanos(SECONDS / 4);
                  holder.destroyForcibly();
                });
    assertThat(ring.await(ring.tail(), 1, System.nanoTime() + 20 * SECONDS)).isZero();
    killer.join();
    drain();
    assertThat(ended).isNotEmpty();
  }

  /** The other process lives; nothing but the watch of this one can miss it. */
  @ParameterizedTest
  @ValueSource(strings = {"drops", "begins", "attaches"})
  void aWaiterThatComesWhileTheWatchComesOrLeavesIsTold(String when) throws Exception {
    Process waiter =
        Programs.java(
            WatchMain.class,
            List.of("-Dio.syslet.ring.steps=true"),
            folder.resolve("watched"),
            when);
    assertThat(Programs.finish(waiter)).isEqualTo("0");
  }
}
