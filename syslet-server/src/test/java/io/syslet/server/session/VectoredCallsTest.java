package io.syslet.server.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.syslet.Errno;
import io.syslet.Nr;
import io.syslet.Sys;
import io.syslet.Syslet;
import io.syslet.ring.Memory;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Reads into, and writes from, memory in parts. */
class VectoredCallsTest {
  private static final int MOST = 1024;

  @TempDir Path root;
  private Served served;
  private Client client;
  private long vector;
  private long fd;

  @BeforeEach
  void serve() throws Exception {
    Files.writeString(root.resolve("file"), "hello, world");
    served = new Served(root, options -> options.canWrite(true));
    client = served.client();
    vector = client.port.allocate(16L * MOST);
    fd = client.open("file", Sys.O_RDWR);
  }

  @AfterEach
  void stop() {
    served.close();
  }

  private void part(int i, long address, long length) {
    Memory.putLong(HeapPort.here(vector) + 16L * i, address);
    Memory.putLong(HeapPort.here(vector) + 16L * i + 8, length);
  }

  /** Two parts of so many bytes, 100 apart. */
  private void parts(int first, int second) {
    part(0, client.buffer, first);
    part(1, client.buffer + 100, second);
  }

  private void assertParts(String first, String second) {
    assertThat(client.text(client.buffer, first.length())).isEqualTo(first);
    assertThat(client.text(client.buffer + 100, second.length())).isEqualTo(second);
  }

  private void text(String first, String second) {
    write(client.buffer, first);
    write(client.buffer + 100, second);
    parts(first.length(), second.length());
  }

  private static void write(long address, String text) {
    for (int i = 0; i < text.length(); i++) {
      Memory.putByte(HeapPort.here(address) + i, (byte) text.charAt(i));
    }
  }

  @Test
  void aReadIsFromThePositionThatIsNamedOrTheFiles() throws Exception {
    parts(3, 10);
    assertThat(client.call(Nr.PREADV, fd, vector, 2, 7, 0)).isEqualTo(5);
    assertParts("wor", "ld");
    assertThat(client.call(Nr.PREADV2, fd, vector, 2, 5, 0, 0)).isEqualTo(7);
    assertParts(", w", "orld");
    assertThat(client.call(Nr.PREADV2, fd, vector, 1, -1, -1, 0)).isEqualTo(3);
    assertParts("hel", "orld");
    assertThat(client.call(Nr.READV, fd, vector, 1)).isEqualTo(3);
    assertParts("lo,", "orld");
    assertThat(client.call(Nr.PREADV2, fd, vector, 1, 0, 0, 1 << 20)).isEqualTo(-Errno.EOPNOTSUPP);
  }

  @Test
  void aWriteIsAtThePositionThatIsNamedOrTheFiles() throws Exception {
    text("HE", "LLO");
    assertThat(client.call(Nr.PWRITEV, fd, vector, 2, 0, 0)).isEqualTo(5);
    assertThat(root.resolve("file")).hasContent("HELLO, world");
    text("W", "OR");
    assertThat(client.call(Nr.PWRITEV2, fd, vector, 2, 7, 0, 0)).isEqualTo(3);
    assertThat(root.resolve("file")).hasContent("HELLO, WORld");
    text("J", "");
    assertThat(client.call(Nr.WRITEV, fd, vector, 2)).isEqualTo(1);
    assertThat(root.resolve("file")).hasContent("JELLO, WORld");
    assertThat(client.call(Nr.LSEEK, fd, 0, 1)).isEqualTo(1);
  }

  @Test
  void aPipeIsWaitedForUnlessTheCallSaysOtherwise() throws Exception {
    int[] pipe = client.pipe(0);
    parts(2, 10);
    assertThat(client.start(1, Nr.PREADV2, pipe[0], vector, 2, -1, -1, Sys.RWF_NOWAIT))
        .isEqualTo(-Errno.EAGAIN);
    assertThat(client.start(2, Nr.READV, pipe[0], vector, 2)).isEqualTo(-Syslet.ESYSLETPENDING);
    long more = client.port.allocate(64);
    write(more, "abcd");
    long one = client.port.allocate(16);
    Memory.putLong(HeapPort.here(one), more);
    Memory.putLong(HeapPort.here(one) + 8, 4);
    assertThat(client.start(3, Nr.WRITEV, pipe[1], one, 1)).isEqualTo(4);
    assertThat(client.await(2)).isEqualTo(4);
    assertParts("ab", "cd");
  }

  @Test
  void eachPartIsTheClientsOwnMemory() throws Exception {
    parts(2, -1);
    assertThat(client.call(Nr.READV, fd, vector, 2)).isEqualTo(-Errno.EINVAL);
    part(1, client.port.end() - 1, 2);
    assertThat(client.call(Nr.READV, fd, vector, 2)).isEqualTo(-Errno.EFAULT);
    part(1, 0, 1);
    assertThat(client.call(Nr.READV, fd, vector, 2)).isEqualTo(-Errno.EFAULT);
    part(1, client.here(), 1);
    assertThat(client.call(Nr.READV, fd, vector, 2)).as("ours").isEqualTo(-Errno.EFAULT);
    assertThat(client.call(Nr.LSEEK, fd, 0, 1)).as("nothing was read").isZero();
    part(1, 1, 0);
    assertThat(client.call(Nr.READV, fd, vector, 2)).as("no bytes lie anywhere").isEqualTo(2);
    assertParts("he", "");
  }

  @Test
  void thereAreNoMorePartsThanTheHostTakes() throws Exception {
    for (int i = 0; i < MOST; i++) {
      part(i, client.buffer + i, i < 12 ? 1 : 0);
    }
    assertThat(client.call(Nr.PREADV, fd, vector, MOST, 0, 0)).isEqualTo(12);
    assertParts("hello, world", "");
    assertThat(client.call(Nr.PREADV, fd, vector, MOST + 1, 0, 0)).isEqualTo(-Errno.EINVAL);
    assertThat(client.call(Nr.PREADV, fd, vector, -1, 0, 0)).isEqualTo(-Errno.EINVAL);
    assertThat(client.call(Nr.PREADV, fd, 0, 0, 0, 0)).isZero();
    assertThat(client.call(Nr.PREADV, fd, client.port.end() - 16, 2, 0, 0))
        .isEqualTo(-Errno.EFAULT);
    assertThat(client.call(Nr.PREADV, 77, vector, 1, 0, 0)).isEqualTo(-Errno.EBADF);
  }
}
