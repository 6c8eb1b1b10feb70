package io.syslet.ring;

import static io.syslet.ring.TestRings.put;
import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An eventfd beside a ring. */
class EventFdTest {
  private static final boolean ARM = "aarch64".equals(System.getProperty("os.arch"));
  private static final int EFD_NONBLOCK = 0x800;
  @TempDir Path folder;
  private final Arena arena = Arena.ofAuto();
  private final int fd = (int) HostCalls.call(ARM ? 19 : 290, 0, EFD_NONBLOCK, 0, 0, 0, 0);

  @AfterEach
  void close() {
    HostFiles.close(fd);
  }

  /** The counter, which is 0 again after; 0 when nothing was written. */
  private long read() {
    MemorySegment count = arena.allocate(8, 8);
    HostCalls.call(ARM ? 63 : 0, fd, count.address(), 8, 0, 0, 0);
    return count.get(ValueLayout.JAVA_LONG, 0);
  }

  @Test
  void aHintThatCanBeSwitchedOff() {
    CompletionRing ring = CompletionRing.allocate(arena, 16, 0);
    assertThat(ring.detachEventFd()).isEqualTo(-RingErrno.EINVAL);
    assertThat(ring.attachEventFd(-1)).isEqualTo(-RingErrno.EBADF);
    assertThat(ring.attachEventFd(fd)).isZero();
    assertThat(ring.attachEventFd(fd)).isEqualTo(-RingErrno.EINVAL);
    put(ring, 0, 0);
    put(ring, 0, 0);
    assertThat(read()).isEqualTo(2);
    ring.eventFdEnabled(false);
    put(ring, 0, 0);
    assertThat(read()).isZero();
    ring.eventFdEnabled(true);
    put(ring, 0, 0);
    assertThat(read()).isEqualTo(1);
    assertThat(ring.detachEventFd()).isZero();
    put(ring, 0, 0);
    assertThat(read()).isZero();
  }

  @Test
  void completionsOfAnotherProcessAreRelayed() throws Exception {
    Path file = folder.resolve("ring");
    try (CompletionRing ring = CompletionRing.create(file, 16, 0)) {
      assertThat(ring.attachEventFd(fd)).isZero();
      long _ = read();
      Programs.finish(Programs.java(ProducerMain.class, List.of(), file, 0, 1));
      long deadline = System.nanoTime() + 10_000_000_000L;
      long count = read();
      while (count == 0 && System.nanoTime() - deadline < 0) {
        LockSupport.parkNanos(1_000_000);
        count = read();
      }
      assertThat(count).isPositive();
    }
  }
}
