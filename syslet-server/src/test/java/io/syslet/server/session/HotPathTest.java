package io.syslet.server.session;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.syslet.CallSlots;
import io.syslet.Nr;
import io.syslet.Params;
import io.syslet.Registers;
import io.syslet.Stat;
import io.syslet.Sys;
import io.syslet.ring.Memory;
import java.lang.foreign.Arena;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A walk that is served from the caches: batches of calls that do not block. */
class HotPathTest {
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
  private static final int BATCHES = 2000;

  /** Of 64 calls: less than the smallest object for each of them. */
  private static final long BYTES_PER_BATCH = 512;

  @TempDir Path root;

  /** A client that has the same batch made over and over again. */
  private static final class Treadmill implements Port {
    final Arena arena = Arena.ofShared();
    final CallBatch batch = new CallBatch(arena);
    final long heap = arena.allocate(1 << 20, 4096).address();
    volatile long left;
    volatile long failed;
    private int filled;

    void add(long nr, long a0, long a1, long a2, long a3, long a4) {
      long slot = heap + (long) filled++ * CallSlots.LENGTH;
      Registers.put(slot, nr, a0, a1, a2, a3, a4, 0);
      Params.put(slot + CallSlots.PARAMS, 1, filled);
    }

    long text(int at, String text) {
      byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
      long to = heap + 65536 + at * 256L;
      for (int i = 0; i < bytes.length; i++) {
        Memory.putByte(to + i, bytes[i]);
      }
      return to;
    }

    @Override
    public @Nullable CallBatch poll() {
      if (left == 0) {
        return null;
      }
      batch.begin(filled, 0);
      Memory.copy(heap, batch.slot(0), (long) filled * CallSlots.LENGTH);
      return batch;
    }

    @Override
    public long translate(CallBatch from, int slot, long address, long length) {
      return address;
    }

    @Override
    public int copyString(CallBatch from, int slot, long address, long to, int limit) {
      int i = 0;
      while (Memory.getByte(address + i) != 0) {
        Memory.putByte(to + i, Memory.getByte(address + i));
        i++;
      }
      Memory.putByte(to + i, (byte) 0);
      return i;
    }

    @Override
    @SuppressWarnings("NonAtomicVolatileUpdate") // the poller alone, while it counts down
    public void answer(CallBatch answered, int accepted) {
      for (int i = 0; i < accepted; i++) {
        failed += answered.status(i) < 0 ? 1 : 0;
      }
      failed += filled - accepted;
      left--;
    }

    @Override
    public void complete(long callerData, long status, @Nullable PortCall call) {}

    @Override
    public void flush() {}

    @Override
    public boolean idle() {
      return left == 0;
    }

    @Override
    public long consumed() {
      return 0;
    }

    @Override
    public int capacity() {
      return 64;
    }

    @Override
    public void close() {
      arena.close();
    }
  }

  private Treadmill walk(Served served) throws Exception {
    Treadmill port = new Treadmill();
    Opened opened = served.sessions.open(Peer.tls("x"), null, 0, (s, c, old) -> port);
    assertThat(opened.isOpen()).isTrue();
    session = opened.openSession();
    long directory = port.text(0, "dir");
    int flags = Sys.O_DIRECTORY | Sys.O_NOFOLLOW;
    port.add(Nr.OPENAT, Sys.AT_FDCWD, directory, flags, 0, 0);
    run(served, port, 1);
    port.filled = 0;
    port.add(Nr.OPENAT, Sys.AT_FDCWD, directory, flags, 0, 0);
    for (int i = 0; i < 60; i++) {
      long name = port.text(1 + i, "file" + i);
      port.add(
          Nr.STATX, 3, name, Stat.AT_SYMLINK_NOFOLLOW, Stat.STATX_BASIC_STATS, port.heap + 131072);
    }
    port.add(Nr.GETDENTS64, 3, port.heap + 262144, 32768, 0, 0);
    port.add(Nr.LSEEK, 3, 0, 0, 0, 0);
    port.add(Nr.CLOSE, 4, 0, 0, 0, 0);
    return port;
  }

  private @Nullable Session session;

  private void run(Served served, Treadmill port, long batches) {
    port.left = batches;
    served.sessions.bell(java.util.Objects.requireNonNull(session));
    while (port.left > 0) {
      Thread.onSpinWait();
    }
  }

  /** Bytes that the threads on which pollers run have allocated so far. */
  private static long allocated() {
    long sum = 0;
    for (Thread thread : Thread.getAllStackTraces().keySet()) {
      if (thread.getName().startsWith("syslet")) {
        sum += THREADS.getThreadAllocatedBytes(thread.threadId());
      }
    }
    return sum;
  }

  @Test
  void aBatchThatDoesNotBlockAllocatesNothing() throws Exception {
    Files.createDirectories(root.resolve("dir"));
    for (int i = 0; i < 60; i++) {
      Files.writeString(root.resolve("dir/file" + i), "text");
    }
    try (Served served = new Served(root)) {
      Treadmill port = walk(served);
      long least = Long.MAX_VALUE;
      for (int round = 0; round < 8; round++) {
        long before = allocated();
        run(served, port, BATCHES);
        least = Math.min(least, allocated() - before);
      }
      assertThat(port.failed).isZero();
      // The JDK allocates a stack chunk for a thread that yields, every now and then.
      assertThat(least / BATCHES).isLessThan(BYTES_PER_BATCH);
    }
  }
}
