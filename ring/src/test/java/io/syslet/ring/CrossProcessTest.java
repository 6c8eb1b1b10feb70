package io.syslet.ring;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A million completions between processes, C on one side and Java on the other: in order per
 * producer, none lost, none twice, waiting by futex.
 */
class CrossProcessTest {
  private static final int EACH = 500_000;
  @TempDir Path folder;

  @Test
  void twoJvmsProduceAndCConsumes() throws Exception {
    Path consume = Programs.compile("consume", folder);
    Path file = folder.resolve("ring");
    try (CompletionRing ring = CompletionRing.create(file, 1024, 5)) {
      Process consumer = Programs.start(consume, file, 2, EACH);
      Process first = Programs.java(ProducerMain.class, List.of(), file, 0, EACH);
      Process second = Programs.java(ProducerMain.class, List.of(), file, 1, EACH);
      Programs.finish(first);
      Programs.finish(second);
      assertThat(Programs.finish(consumer)).startsWith("ok " + 2 * EACH);
      assertThat(ring.isEmpty()).isTrue();
    }
  }

  @Test
  void cProducesAndJavaConsumes() throws Exception {
    Path produce = Programs.compile("produce", folder);
    Path file = folder.resolve("ring");
    try (CompletionRing ring = CompletionRing.create(file, 1024, 5)) {
      Process first = Programs.start(produce, file, 0, EACH);
      Process second = Programs.start(produce, file, 1, EACH);
      Sequences sequences = new Sequences(2);
      consume(ring, sequences);
      assertThat(Programs.finish(first)).isEqualTo("ok");
      assertThat(Programs.finish(second)).isEqualTo("ok");
      assertThat(ring.isEmpty()).isTrue();
      assertThat(sequences.wrong).isZero();
    }
  }

  @Test
  void cTakesWhatJavaHasGivenBack() throws Exception {
    Path produce = Programs.compile("produce", folder);
    Path file = folder.resolve("ring");
    try (CompletionRing ring = CompletionRing.create(file, 4, 5)) {
      int[] all = new int[4];
      Arrays.setAll(all, i -> ring.producer().reserve());
      Arrays.stream(all).forEach(ring.producer()::release);
      assertThat(Programs.finish(Programs.start(produce, file, 0, 4))).isEqualTo("ok");
      assertThat(ring.head() - ring.tail()).isEqualTo(4);
      assertThat(ring.producer().reserve()).as("each once").isEqualTo(-RingErrno.EAGAIN);
    }
  }

  /** The C program passes the slot of the dead by, and goes on while that is recovered. */
  @Test
  void theCallsOfTheDeadEndWhileACProgramLives() throws Exception {
    Path produce = Programs.compile("produce", folder);
    Path file = folder.resolve("ring");
    try (CompletionRing ring = CompletionRing.create(file, 4, 5)) {
      int[] others = {ring.producer().reserve(), ring.producer().reserve()};
      Process holder = Programs.java(HolderMain.class, List.of(), file, "armed");
      assertThat(holder.inputReader().readLine()).isEqualTo("ready");
      holder.destroyForcibly().waitFor();
      Arrays.stream(others).forEach(ring.producer()::release);
      Process producer = Programs.start(produce, file, 0, 3);
      while (ring.head() - ring.tail() < 2) {
        Thread.onSpinWait();
      }
      assertThat(ring.recover()).as("calls of the dead").isEqualTo(1);
      assertThat(Programs.finish(producer)).isEqualTo("ok");
      List<Long> statuses = new ArrayList<>();
      ring.drain((status, callerData) -> statuses.add(status), 4);
      assertThat(statuses).hasSize(4).contains((long) -RingErrno.EOWNERDEAD);
    }
  }

  private static void consume(CompletionRing ring, Sequences sequences) {
    while (sequences.seen < 2 * EACH) {
      int count = ring.drain(sequences, Integer.MAX_VALUE);
      assertThat(count).isNotNegative();
      if (count == 0) {
        assertThat(ring.await(ring.tail())).isZero();
      }
    }
  }

  /** Checks that each producer's numbers come in order. */
  private static final class Sequences implements CompletionHandler {
    private final long[] next;
    private int seen;
    private int wrong;

    private Sequences(int producers) {
      next = new long[producers];
      for (int i = 0; i < producers; i++) {
        next[i] = (long) i << 32;
      }
    }

    @Override
    public void onCompletion(long status, long callerData) {
      seen++;
      if (status != ~callerData || next[(int) (callerData >>> 32)]++ != callerData) {
        wrong++;
      }
    }
  }
}
