package io.syslet.client.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.syslet.Errno;
import io.syslet.ring.Memory;
import io.syslet.ring.SharedMemory;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Descriptors over a pair of sockets. */
class FdPassingTest {
  private final Arena arena = Arena.ofAuto();
  private final long data = arena.allocate(16, 8).address();
  private int left;
  private int right;

  @BeforeEach
  void connect() throws Throwable {
    MemorySegment pair = arena.allocate(8, 4);
    assertThat(call("socketpair", 1, 1, 0, pair.address())).isZero();
    left = pair.get(ValueLayout.JAVA_INT, 0);
    right = pair.get(ValueLayout.JAVA_INT, 4);
  }

  @AfterEach
  void disconnect() throws Throwable {
    call("close", left, 0, 0, 0);
    call("close", right, 0, 0, 0);
  }

  @SuppressWarnings("restricted")
  private static int call(String name, int a, int b, int c, long d) throws Throwable {
    Linker linker = Linker.nativeLinker();
    return (int)
        linker
            .downcallHandle(
                linker.defaultLookup().findOrThrow(name),
                FunctionDescriptor.of(
                    ValueLayout.JAVA_INT,
                    ValueLayout.JAVA_INT,
                    ValueLayout.JAVA_INT,
                    ValueLayout.JAVA_INT,
                    ValueLayout.JAVA_LONG))
            .invokeExact(a, b, c, d);
  }

  @Test
  void whatIsSentIsTheSameFile() throws IOException {
    try (SharedMemory one = SharedMemory.create("one", 4096);
        SharedMemory two = SharedMemory.create("two", 8192)) {
      Memory.putLong(data, 99);
      assertThat(FdPassing.send(left, data, 8, one.fd(), two.fd())).isEqualTo(8);
      int[] fds = new int[3];
      assertThat(FdPassing.receive(right, data + 8, 8, fds)).isEqualTo(8);
      assertThat(Memory.getLong(data + 8)).isEqualTo(99);
      assertThat(fds[2]).isEqualTo(-1);
      try (SharedMemory first = SharedMemory.adopt(fds[0]);
          SharedMemory second = SharedMemory.adopt(fds[1])) {
        one.segment().set(ValueLayout.JAVA_LONG, 0, 5);
        assertThat(first.segment().get(ValueLayout.JAVA_LONG, 0)).isEqualTo(5);
        assertThat(second.length()).isEqualTo(8192);
      }
    }
  }

  @Test
  void bytesWithoutDescriptorsHaveNone() {
    assertThat(FdPassing.send(left, data, 3)).isEqualTo(3);
    int[] fds = new int[2];
    assertThat(FdPassing.receive(right, data, 8, fds)).isEqualTo(3);
    assertThat(fds).containsExactly(-1, -1);
  }

  @Test
  void descriptorsTooManyAreClosed() throws IOException {
    try (SharedMemory memory = SharedMemory.create("many", 4096)) {
      int fd = memory.fd();
      long before = open();
      assertThat(FdPassing.send(left, data, 1, fd, fd, fd, fd)).isEqualTo(1);
      int[] fds = new int[2];
      assertThat(FdPassing.receive(right, data, 1, fds)).isEqualTo(1);
      SharedMemory.discard(fds[0]);
      SharedMemory.discard(fds[1]);
      assertThat(open()).isEqualTo(before);
    }
  }

  @Test
  void errorsAreSaid() {
    assertThat(FdPassing.send(-1, data, 1)).isEqualTo(-Errno.EBADF);
    assertThat(FdPassing.send(left, data, 1, 1_000_000)).isEqualTo(-Errno.EBADF);
    assertThat(FdPassing.receive(-1, data, 1, new int[1])).isEqualTo(-Errno.EBADF);
  }

  private static long open() throws IOException {
    try (var open = Files.list(Path.of("/proc/self/fd"))) {
      return open.count();
    }
  }
}
