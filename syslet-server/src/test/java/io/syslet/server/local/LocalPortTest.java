package io.syslet.server.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.syslet.CallSlots;
import io.syslet.Errno;
import io.syslet.client.local.ArenaLayout;
import io.syslet.client.local.LocalLink;
import io.syslet.client.local.Submitter;
import io.syslet.ring.Memory;
import io.syslet.ring.SharedMemory;
import io.syslet.server.session.CallBatch;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a client can do to the memory that it shares, and what the server makes of it. */
class LocalPortTest {
  private static final long SOON_MILLIS = 20;

  private final List<String> reasons = new ArrayList<>();
  private final List<Integer> results = new ArrayList<>();
  private LocalPort port;
  private SharedMemory arena;
  private LocalLink link;
  private long queue;
  private volatile boolean stop;

  @BeforeEach
  void connect() throws IOException {
    port = TestPairs.port(reasons::add);
    arena = SharedMemory.open(TestPairs.path(port.arenaFd()));
    link = TestPairs.link(port, () -> {});
    queue = arena.segment().address() + ArenaLayout.QUEUE_OFFSET;
  }

  @AfterEach
  void disconnect() {
    link.close();
    arena.close();
    port.close();
  }

  private long heap() {
    return arena.segment().address() + ArenaLayout.heapOffset(ArenaLayout.DEFAULT_QUEUE);
  }

  /** Writes a record by hand, as a client of {@code arena}'s mapping. */
  private void record(int index, int length, int type, long slots, long reply, int count) {
    long at = queue + (long) index * ArenaLayout.RECORD_LENGTH;
    Memory.putInt(at + ArenaLayout.TYPE, type);
    Memory.putLong(at + ArenaLayout.BASE, arena.segment().address());
    Memory.putLong(at + ArenaLayout.SLOTS, slots);
    Memory.putLong(at + ArenaLayout.REPLY, reply);
    Memory.putInt(at + ArenaLayout.COUNT, count);
    Memory.putInt(at + ArenaLayout.FLAGS, 0);
    Memory.putIntRelease(at + ArenaLayout.LENGTH, length);
  }

  @ParameterizedTest
  @CsvSource({"63, 1", "65, 1", "72, 1", "8, -1", "64, 2", "64, 0", "2147483647, 1", "1, 1"})
  void aRecordOfAnotherFormatEndsTheQueueAndIsReportedOnce(int length, int type) {
    record(0, length, type, heap(), heap() + 256, 1);
    record(1, 64, 1, heap(), heap() + 256, 1);
    for (int i = 0; i < 3; i++) {
      assertThat(port.poll()).isNull();
      assertThat(port.idle()).as("nothing more to be done").isTrue();
    }
    assertThat(reasons).hasSize(1).first().asString().contains("record of " + length);
  }

  @ParameterizedTest
  @ValueSource(longs = {0, -8, 4, 1L << 20, Long.MIN_VALUE, Long.MAX_VALUE})
  void aReplyWordOutsideOfTheHeapEndsTheQueue(long offset) {
    record(0, 64, 1, heap(), offset == 0 ? 0 : heap() + offset, 1);
    assertThat(port.poll()).isNull();
    assertThat(reasons).containsExactly("reply word outside of the heap");
  }

  @Test
  void aRecordThatIsNeverFinishedHoldsUpNobodyElse() {
    record(0, -64, 1, heap(), heap() + 256, 1);
    record(1, 64, 1, heap(), heap() + 256, 1);
    assertThat(port.poll()).isNull();
    assertThat(port.idle()).isTrue();
    assertThat(reasons).isEmpty();
    record(0, 64, 1, heap(), heap() + 256, 1);
    assertThat(port.poll()).isNotNull();
  }

  @Test
  void slotsAreCopiedBeforeTheyAreLookedAt() {
    Memory.putLong(heap(), 4711);
    record(0, 64, 1, heap(), heap() + 256, 2);
    CallBatch batch = awaitBatch();
    Memory.putLong(heap(), 4712);
    assertThat(Memory.getLong(batch.slot(0))).isEqualTo(4711);
    assertThat(batch.count()).isEqualTo(2);
    Memory.putLong(batch.slot(1) + CallSlots.STATUS, 5);
    port.answer(batch, 2);
    assertThat(Memory.getLong(heap() + 128 + CallSlots.STATUS)).isEqualTo(5);
    assertThat(Memory.getLong(heap() + 256)).isEqualTo(ArenaLayout.ANSWERED | 2);
  }

  @Test
  void onlyTheHeapIsTranslated() {
    record(0, 64, 1, heap(), heap() + 256, 1);
    CallBatch batch = awaitBatch();
    long end = arena.segment().address() + arena.length();
    assertThat(port.translate(batch, 0, heap(), 8)).isNotZero();
    assertThat(port.translate(batch, 0, heap(), end - heap())).isNotZero();
    assertThat(port.translate(batch, 0, end, 0)).isNotZero();
    assertThat(port.translate(batch, 0, heap() - 1, 8)).isZero();
    assertThat(port.translate(batch, 0, arena.segment().address(), 8)).isZero();
    assertThat(port.translate(batch, 0, heap(), end - heap() + 1)).isZero();
    assertThat(port.translate(batch, 0, end - 7, 8)).isZero();
    assertThat(port.translate(batch, 0, heap(), -1)).isZero();
    assertThat(port.translate(batch, 0, heap(), Long.MAX_VALUE)).isZero();
    assertThat(port.translate(batch, 0, 0, 0)).isZero();
    assertThat(port.translate(batch, 0, -1, 1)).isZero();
    assertThat(port.translate(batch, 0, heap() + Long.MIN_VALUE, 8)).isZero();
  }

  @Test
  void stringsAreCopiedUpToTheirEndOrTheHeaps() {
    record(0, 64, 1, heap(), heap() + 256, 1);
    CallBatch batch = awaitBatch();
    long to = Arena.global().allocate(16).address();
    long end = arena.segment().address() + arena.length();
    Memory.putInt(heap() + 512, 'a' | 'b' << 8);
    assertThat(port.copyString(batch, 0, heap() + 512, to, 16)).isEqualTo(2);
    assertThat(Memory.getInt(to) & 0xffffff).isEqualTo('a' | 'b' << 8);
    assertThat(port.copyString(batch, 0, heap() + 512, to, 2)).isEqualTo(-Errno.ENAMETOOLONG);
    Memory.putInt(end - 4, 0x61616161);
    assertThat(port.copyString(batch, 0, end - 4, to, 16)).isEqualTo(-Errno.EFAULT);
    assertThat(port.copyString(batch, 0, end - 4, to, 4)).isEqualTo(-Errno.ENAMETOOLONG);
    assertThat(port.copyString(batch, 0, 0, to, 16)).isEqualTo(-Errno.EFAULT);
    assertThat(port.copyString(batch, 0, end, to, 16)).isEqualTo(-Errno.EFAULT);
  }

  /** Another thread writes anything into the whole arena while the server polls and answers. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void scribblingEndsTheQueueAtWorst(long seed) throws InterruptedException {
    Thread scribbler = Thread.ofPlatform().start(() -> scribble(new Random(seed)));
    int answered = 0;
    for (int i = 0; i < 200_000; i++) {
      CallBatch batch = port.poll();
      if (batch != null) {
        assertThat(batch.count()).as("seed %d", seed).isBetween(1, CallBatch.CAPACITY);
        port.answer(batch, batch.count());
        answered++;
      }
      port.idle();
    }
    stop = true;
    scribbler.join();
    assertThat(reasons.size()).as("seed %d, %d answered", seed, answered).isLessThanOrEqualTo(1);
  }

  private void scribble(Random random) {
    int head = 0;
    while (!stop) {
      long at = 4 * random.nextLong(ArenaLayout.QUEUE_OFFSET / 2);
      Memory.putInt(arena.segment().address() + at, random.nextInt(300) - 100);
      int count = random.nextInt(300) - 10;
      record(head++ & 1023, 64, 1, heap() + random.nextInt(1 << 21), heap() + 8L * count, count);
    }
  }

  @Test
  void whoeverWaitsIsToldThatTheServerIsGone() throws InterruptedException {
    Submitter submitter = link.submitter();
    Thread waiter = submit(submitter);
    while (port.idle()) {
      Thread.onSpinWait();
    }
    link.disconnected();
    waiter.join();
    assertThat(results).containsExactly(-Errno.ECONNRESET);
    assertThat(submitter.submit(slots(), 1, 0)).isEqualTo(-Errno.ENOTCONN);
    link.reconnected(() -> {});
    Thread again = submit(submitter);
    port.answer(awaitBatch(), 1);
    port.answer(awaitBatch(), 1);
    again.join();
    assertThat(results).containsExactly(-Errno.ECONNRESET, 1);
  }

  /** The server is killed after it has answered, before it wakes who waits. */
  @Test
  void anAnswerWhoseWakeUpWasLostIsFoundWhenTheServerIsGone() throws InterruptedException {
    Thread waiter = submit(link.submitter());
    while (Memory.getIntAcquire(queue + ArenaLayout.LENGTH) != ArenaLayout.RECORD_LENGTH) {
      Thread.onSpinWait();
    }
    long base = Memory.getLong(queue + ArenaLayout.BASE);
    long reply = Memory.getLong(queue + ArenaLayout.REPLY) - base + arena.segment().address();
    while (Memory.getLongAcquire(reply) != ArenaLayout.ASLEEP) {
      Thread.onSpinWait();
    }
    Thread.sleep(SOON_MILLIS); // most probably in FUTEX_WAIT; right in any case
    Memory.putLongVolatile(reply, ArenaLayout.ANSWERED | 1);
    link.disconnected();
    assertThat(waiter.join(Duration.ofSeconds(30))).isTrue();
    assertThat(results).containsExactly(1);
  }

  /** Submits a batch of one call on another thread, which sleeps until its result is there. */
  private Thread submit(Submitter by) {
    link.spinNanos(0);
    long slots = slots();
    return Thread.ofPlatform().start(() -> results.add(by.submit(slots, 1, 0)));
  }

  private long slots() {
    return link.arena().allocate(128, 128).address();
  }

  private CallBatch awaitBatch() {
    for (; ; ) {
      CallBatch batch = port.poll();
      if (batch != null) {
        return batch;
      }
      Thread.onSpinWait();
    }
  }

  @Test
  void nothingStaysBehind() throws IOException {
    TestPairs.port().close();
    long before = open();
    LocalPort other = TestPairs.port();
    LocalLink theirs = TestPairs.link(other, () -> {});
    assertThat(open()).isEqualTo(before + 4);
    theirs.close();
    other.close();
    other.close();
    assertThat(other.sendFiles(0, 0, 0)).isEqualTo(-Errno.EBADF);
    Path ring = TestPairs.path(port.ringFd());
    assertThatThrownBy(() -> LocalLink.open(ring, ring, () -> {})).isInstanceOf(IOException.class);
    Path files = TestPairs.path(port.arenaFd());
    assertThatThrownBy(() -> LocalLink.open(files, files, () -> {}))
        .isInstanceOf(IOException.class);
    assertThatThrownBy(() -> LocalPort.create(12, 1 << 20, 0, reasons::add))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> LocalPort.create(16, 1, 0, reasons::add))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(open()).isEqualTo(before);
  }

  private static long open() throws IOException {
    try (Stream<Path> open = Files.list(Path.of("/proc/self/fd"))) {
      return open.count();
    }
  }
}
