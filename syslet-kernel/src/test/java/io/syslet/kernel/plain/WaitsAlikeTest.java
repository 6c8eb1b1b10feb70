package io.syslet.kernel.plain;

import static java.nio.channels.FileChannel.MapMode.READ_ONLY;
import static org.assertj.core.api.Assertions.assertThat;

import io.syslet.Kernel;
import io.syslet.Nr;
import io.syslet.Syslet;
import io.syslet.kernel.contract.Rig;
import io.syslet.ring.Memory;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Calls that wait at a worker or in the reactor, and what both tell the caller's memory. */
class WaitsAlikeTest {
  private static final long PENDING = -Syslet.ESYSLETPENDING;
  private static final int POLLIN = 1;

  @TempDir private Path temp;

  /** As the host does. */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aPollTellsWhatIsLeftOfItsTime(boolean reactor) throws Exception {
    try (Kernel booted = PlainKernel.boot(PlainOptions.defaults().reactor(reactor))) {
      booted.run(
          kernel -> {
            Rig rig = new Rig(kernel);
            long time = kernel.arena().allocate(24, 8).address();
            Memory.putLong(time, 3600);
            Memory.putInt(time + 16, rig.in);
            Memory.putInt(time + 20, POLLIN);
            assertThat(rig.call(1, Nr.PPOLL, time + 16, 1, time)).isEqualTo(PENDING);
            rig.feed(1);
            assertThat(rig.settled(PENDING)).isEqualTo(1);
            assertThat(Memory.getLong(time)).isBetween(3000L, 3599L);
            assertThat(Memory.getLong(time + 8)).isBetween(0L, 999_999_999L);
          });
    }
  }

  /** Which the host minds as little. */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aTimeThatCannotBeWrittenIsTime(boolean reactor) throws Exception {
    Path file = temp.resolve("time");
    byte[] second = {1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0};
    Files.write(file, second);
    try (FileChannel channel = FileChannel.open(file);
        Kernel booted = PlainKernel.boot(PlainOptions.defaults().reactor(reactor))) {
      MemorySegment time = channel.map(READ_ONLY, 0, second.length, Arena.global());
      booted.run(
          kernel -> {
            Rig rig = new Rig(kernel);
            long poll = kernel.arena().allocate(8, 8).address();
            Memory.putInt(poll, rig.in);
            Memory.putInt(poll + 4, POLLIN);
            assertThat(rig.call(1, Nr.PPOLL, poll, 1, time.address())).isEqualTo(PENDING);
            rig.feed(1);
            assertThat(rig.settled(PENDING)).isEqualTo(1);
          });
    }
  }

  private static final int MESSAGE = 56;
  private static final int CONTROL_LENGTH = 40;
  private static final int MSG_DONTWAIT = 0x40;

  /** A struct msghdr of one part, with room for one descriptor. */
  private static long message(Kernel kernel, long length) {
    long at = kernel.arena().allocate(MESSAGE + 40 + length, 8).address();
    Memory.putLong(at + 16, at + MESSAGE);
    Memory.putLong(at + 24, 1);
    Memory.putLong(at + 32, at + MESSAGE + 16);
    Memory.putLong(at + CONTROL_LENGTH, 24);
    Memory.putLong(at + MESSAGE, at + MESSAGE + 40);
    Memory.putLong(at + MESSAGE + 8, length);
    return at;
  }

  /** A message that goes in several parts, as its receiver makes room. */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void whatIsPassedWithAMessageIsPassedOnce(boolean reactor) throws Exception {
    long length = 4 << 20;
    try (Kernel booted = PlainKernel.boot(PlainOptions.defaults().reactor(reactor))) {
      booted.run(
          kernel -> {
            Rig rig = new Rig(kernel);
            long pair = kernel.arena().allocate(8, 8).address();
            assertThat(kernel.syscall(Nr.SOCKETPAIR, 1, 1, 0, pair, 0, 0)).isZero();
            long message = message(kernel, length);
            Memory.putLong(message + MESSAGE + 16, 20);
            Memory.putLong(message + MESSAGE + 24, 1L << 32 | 1); // SOL_SOCKET, SCM_RIGHTS
            Memory.putInt(message + MESSAGE + 32, rig.in);
            int out = Memory.getInt(pair);
            assertThat(rig.call(1, Nr.SENDMSG, out, message, 0)).isEqualTo(PENDING);
            long got = message(kernel, 65536);
            int passed = 0;
            for (boolean more = true; more; ) {
              boolean isSent = !rig.ring.isEmpty();
              Memory.putLong(got + CONTROL_LENGTH, 24);
              long read = kernel.syscall(Nr.RECVMSG, Memory.getInt(pair + 4), got, MSG_DONTWAIT);
              if (read > 0 && Memory.getLong(got + CONTROL_LENGTH) > 0) {
                passed++;
                kernel.syscall(Nr.CLOSE, Memory.getInt(got + MESSAGE + 32), 0, 0);
              }
              more = read > 0 || !isSent;
            }
            assertThat(rig.settled(PENDING)).isEqualTo(length);
            assertThat(passed).isEqualTo(1);
            kernel.syscall(Nr.CLOSE, out, 0, 0);
            kernel.syscall(Nr.CLOSE, Memory.getInt(pair + 4), 0, 0);
          });
    }
  }
}
