package io.syslet.server.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.syslet.CString;
import io.syslet.CallSlots;
import io.syslet.Errno;
import io.syslet.Nr;
import io.syslet.Params;
import io.syslet.Registers;
import io.syslet.Stat;
import io.syslet.Sys;
import io.syslet.Syslet;
import io.syslet.client.local.LocalLink;
import io.syslet.client.local.Submitter;
import io.syslet.linux.LinuxKernel;
import io.syslet.linux.LinuxOptions;
import io.syslet.ring.Memory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Calls of a client that shares memory with a polling server, on the real kernel. */
class LocalCallsTest {
  @TempDir Path folder;
  private final LinuxKernel kernel = LinuxKernel.boot(LinuxOptions.defaults());
  private final AtomicInteger bells = new AtomicInteger();
  private LocalPort port;
  private TestPoller poller;
  private LocalLink link;

  @BeforeEach
  void connect() throws IOException {
    port = TestPairs.port();
    poller = new TestPoller(kernel, port);
    link = TestPairs.link(port, this::bell);
  }

  private void bell() {
    bells.incrementAndGet();
    poller.ring();
  }

  @AfterEach
  void disconnect() throws InterruptedException {
    link.close();
    poller.close();
    port.close();
    kernel.close();
  }

  private long slots(int count) {
    return link.arena().allocate((long) count * CallSlots.LENGTH, CallSlots.LENGTH).address();
  }

  private static void set(long slot, long callerData, long nr, long... arguments) {
    Memory.clear(slot, CallSlots.LENGTH);
    Memory.putLong(slot, nr);
    for (int i = 0; i < arguments.length; i++) {
      Memory.putLong(slot + Registers.argument(i), arguments[i]);
    }
    Params.put(slot + CallSlots.PARAMS, 1, callerData);
  }

  private static long status(long slot) {
    return Memory.getLong(slot + CallSlots.STATUS);
  }

  @Test
  void aBatchIsAnsweredInItsSlots() throws IOException {
    Path file = Files.write(folder.resolve("file"), new byte[1234]);
    long name = CString.allocate(link.arena(), file.toString());
    long statx = link.arena().allocate(256, 8).address();
    long slots = slots(3);
    set(slots, 1, Nr.GETPPID);
    set(slots + 128, 2, Nr.STATX, Sys.AT_FDCWD, name, 0, Stat.STATX_SIZE, statx);
    set(slots + 256, 3, Nr.STATX, Sys.AT_FDCWD, name, 0, Stat.STATX_SIZE, 4096);
    assertThat(link.submitter().submit(slots, 3, 0)).isEqualTo(3);
    assertThat(status(slots)).isEqualTo(kernel.syscall(Nr.GETPPID, 0, 0, 0));
    assertThat(status(slots + 128)).isZero();
    assertThat(Memory.getLong(statx + Stat.SIZE)).isEqualTo(1234);
    assertThat(status(slots + 256)).isEqualTo(-Errno.EFAULT);
  }

  @Test
  void aCallThatBlocksComesBackInTheRing() {
    long pipe = link.arena().allocate(8, 8).address();
    assertThat(Sys.pipe2(kernel, pipe, 0)).isZero();
    long buffer = link.arena().allocate(16, 8).address();
    long slots = slots(2);
    set(slots, 77, Nr.READ, Memory.getInt(pipe), buffer, 8);
    set(slots + 128, 78, Nr.GETPPID);
    assertThat(link.submitter().submit(slots, 2, 0)).as("a short count").isEqualTo(1);
    assertThat(status(slots)).isEqualTo(-Syslet.ESYSLETPENDING);
    long data = link.arena().allocate(8, 8).address();
    Memory.putLong(data, 42);
    assertThat(Sys.write(kernel, Memory.getInt(pipe + 4), data, 8)).isEqualTo(8);
    assertThat(link.ring().await(0, Long.MAX_VALUE)).isZero();
    List<Long> seen = new ArrayList<>();
    link.ring().drain((status, callerData) -> seen.addAll(List.of(status, callerData)), 9);
    assertThat(seen).containsExactly(8L, 77L);
    assertThat(Memory.getLong(buffer)).isEqualTo(42);
    Sys.close(kernel, Memory.getInt(pipe));
    Sys.close(kernel, Memory.getInt(pipe + 4));
  }

  /** Also without spinning, so that clients and server sleep and wake each other all the time. */
  @ParameterizedTest
  @ValueSource(longs = {0, 30_000})
  void manyThreadsSubmitAtOnce(long spinNanos) throws InterruptedException {
    link.spinNanos(spinNanos);
    AtomicInteger good = new AtomicInteger();
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      threads.add(Thread.ofPlatform().start(() -> good.addAndGet(submitMany(5_000))));
    }
    for (Thread thread : threads) {
      thread.join();
    }
    assertThat(good).hasValue(4 * 5_000);
    assertThat(port.received()).isEqualTo(4 * 5_000);
  }

  private int submitMany(int times) {
    Submitter submitter = link.submitter();
    long slots = slots(2);
    long parent = kernel.syscall(Nr.GETPPID, 0, 0, 0);
    int good = 0;
    for (int i = 0; i < times; i++) {
      set(slots, i, Nr.GETPPID);
      set(slots + 128, i, Nr.GETPPID);
      int accepted = submitter.submit(slots, 2, 0);
      good += accepted == 2 && status(slots) == parent && status(slots + 128) == parent ? 1 : 0;
    }
    return good;
  }

  /** Both sides sleep between any two batches. */
  @Test
  void aSleepingServerIsRungOnceForEachSleep() {
    link.spinNanos(0);
    Submitter submitter = link.submitter();
    long slots = slots(1);
    for (int i = 1; i <= 500; i++) {
      while (poller.sleeps() < i) {
        Thread.onSpinWait();
      }
      set(slots, i, Nr.GETPPID);
      assertThat(submitter.submit(slots, 1, 0)).isEqualTo(1);
      assertThat(bells).hasValue(i);
    }
  }

  @Test
  void malformedBatchesAreRefused() {
    Submitter submitter = link.submitter();
    long slots = slots(2);
    assertThat(submitter.submit(slots, 0, 0)).isEqualTo(-Errno.EINVAL);
    assertThat(submitter.submit(slots, 257, 0)).isEqualTo(-Errno.EINVAL);
    assertThat(submitter.submit(slots, -1, 0)).isEqualTo(-Errno.EINVAL);
    assertThat(submitter.submit(0, 1, 0)).isEqualTo(-Errno.EFAULT);
    assertThat(submitter.submit(slots - TestPairs.HEAP, 1, 0)).isEqualTo(-Errno.EFAULT);
    assertThat(submitter.submit(slots + TestPairs.HEAP - 256, 2, 0)).isEqualTo(-Errno.EFAULT);
    assertThat(submitter.submit(slots + 4, 1, 0)).isEqualTo(-Errno.EFAULT);
    set(slots, 1, Nr.GETPPID);
    assertThat(submitter.submit(slots, 1, 1 << 20)).isEqualTo(-Errno.EINVAL);
    assertThat(submitter.submit(slots, 1, 0)).isEqualTo(1);
  }
}
