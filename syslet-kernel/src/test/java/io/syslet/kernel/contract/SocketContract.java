package io.syslet.kernel.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import io.syslet.Errno;
import io.syslet.Kernel;
import io.syslet.Nr;
import io.syslet.Sys;
import io.syslet.Task;
import io.syslet.ring.Memory;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** Calls that wait for sockets and timers of the host. */
public abstract class SocketContract extends KernelContract {
  private static final int AF_UNIX = 1;
  private static final int STREAM = 1;
  private static final int DATAGRAM = 2;
  private static final int SOL_SOCKET = 1;
  private static final int SO_RCVTIMEO = 20;
  private static final long MILLI = 1_000_000;
  private static final AtomicLong NAMES = new AtomicLong();

  /** Of the kernels that the booter makes. */
  protected SocketContract(Booter booter) {
    super(booter);
  }

  private interface OnSockets {
    void run(WaitRig rig, int one, int other) throws Exception;
  }

  private void onSockets(int type, OnSockets test) throws Exception {
    needsHandOver();
    assumeFalse(booter.hasOwnTime(), "the simulated machine has no sockets");
    run(
        kernel -> {
          WaitRig rig = new WaitRig(kernel);
          long pair = rig.bytes(8);
          assertThat(kernel.syscall(Nr.SOCKETPAIR, AF_UNIX, type, 0, pair, 0, 0)).isZero();
          test.run(rig, Memory.getInt(pair), Memory.getInt(pair + 4));
        });
  }

  /** The other end reads on only as long as what it writes is read. */
  @Test
  void aWriteThatWaitsLongHoldsUpNoReader() throws Exception {
    onSockets(
        STREAM,
        (rig, one, other) -> {
          long much = 8 << 20;
          Task echo = rig.kernel.start(kernel -> echo(kernel, other, much));
          assertThat(rig.call(1, Nr.WRITE, one, rig.bytes(much), much)).isEqualTo(PENDING);
          long got = 0;
          while (got < much) {
            long status = rig.call(2, Nr.READ, one, rig.buffer, Rig.BUFFER);
            while (status == PENDING) {
              long ended = rig.await();
              status = rig.consume() == 2 ? ended : PENDING;
            }
            assertThat(status).isPositive();
            got += status;
          }
          echo.join();
        });
  }

  private static void echo(Kernel kernel, int socket, long bytes) {
    long buffer = kernel.arena().allocate(Rig.BUFFER, 8).address();
    for (long done = 0; done < bytes; ) {
      long read = kernel.syscall(Nr.READ, socket, buffer, Rig.BUFFER);
      assertThat(read).isPositive();
      assertThat(kernel.syscall(Nr.WRITE, socket, buffer, read)).isEqualTo(read);
      done += read;
    }
  }

  @Test
  void aReceiveWaitsForBytes() throws Exception {
    onSockets(
        STREAM,
        (rig, one, other) -> {
          assertThat(rig.call(1, Nr.RECVFROM, one, rig.buffer, 8, 0, 0, 0)).isEqualTo(PENDING);
          assertThat(rig.call(2, Nr.READ, other, rig.buffer + 8, 8)).isEqualTo(PENDING);
          assertThat(rig.call(3, Nr.SENDTO, other, rig.buffer, 5, 0, 0, 0)).isEqualTo(5);
          assertThat(rig.ended(5)).isEqualTo(1);
          assertThat(rig.call(4, Nr.WRITE, one, rig.buffer, 3)).isEqualTo(3);
          assertThat(rig.ended(3)).isEqualTo(2);
          assertThat(rig.call(5, Nr.RECVFROM, one, rig.buffer, 8, Sys.MSG_DONTWAIT, 0, 0))
              .isEqualTo(-Errno.EAGAIN);
        });
  }

  @Test
  void aMessageIsReceivedAndSentWhole() throws Exception {
    onSockets(
        STREAM,
        (rig, one, other) -> {
          int length = 3 << 20;
          long bytes = rig.bytes(length);
          for (int i = 0; i < length; i++) {
            Memory.putByte(bytes + i, (byte) ((i * 7) >>> 2));
          }
          long message = message(rig, bytes, length / 2, bytes + length / 2, length / 2);
          assertThat(rig.call(1, Nr.SENDMSG, one, message, 0)).isEqualTo(PENDING);
          long to = rig.bytes(length);
          for (long got = 0; got < length; ) {
            long read = rig.kernel.syscall(Nr.READ, other, to + got, length - got);
            assertThat(read).isPositive();
            got += read;
          }
          assertThat(rig.ended(length)).isEqualTo(1);
          for (int i = 0; i < length; i += 4093) {
            assertThat(Memory.getByte(to + i)).isEqualTo(Memory.getByte(bytes + i));
          }
          assertThat(rig.call(2, Nr.RECVMSG, one, message(rig, to, 4, to + 4, 4), 0))
              .isEqualTo(PENDING);
          assertThat(rig.call(3, Nr.SENDTO, other, bytes, 8, 0, 0, 0)).isEqualTo(8);
          assertThat(rig.ended(8)).isEqualTo(2);
        });
  }

  /** A struct msghdr of two parts. */
  private static long message(WaitRig rig, long a, long aLength, long b, long bLength) {
    long message = rig.bytes(56);
    long vector = rig.bytes(32);
    Memory.putLong(vector, a);
    Memory.putLong(vector + 8, aLength);
    Memory.putLong(vector + 16, b);
    Memory.putLong(vector + 24, bLength);
    Memory.putLong(message + 16, vector);
    Memory.putLong(message + 24, 2);
    return message;
  }

  @Test
  void aSocketsOwnTimeCounts() throws Exception {
    onSockets(
        STREAM,
        (rig, one, other) -> {
          long timeval = rig.bytes(16);
          Memory.putLong(timeval + 8, 20_000);
          assertThat(
                  rig.kernel.syscall(Nr.SETSOCKOPT, one, SOL_SOCKET, SO_RCVTIMEO, timeval, 16, 0))
              .isZero();
          long begun = rig.now();
          long status = rig.call(1, Nr.RECVFROM, one, rig.buffer, 8, 0, 0, 0);
          assertThat(rig.settled(status)).isEqualTo(-Errno.EAGAIN);
          assertThat(rig.now() - begun).isGreaterThanOrEqualTo(18 * MILLI);
          assertThat(other).isPositive();
        });
  }

  @Test
  void aDatagramWaitsForRoomAtAnother() throws Exception {
    onSockets(
        DATAGRAM,
        (rig, one, other) -> {
          long sent = 0;
          while (rig.call(sent, Nr.SENDTO, one, rig.buffer, 100, 0, 0, 0) == 100) {
            sent++;
          }
          for (long i = 0; i <= sent; i++) {
            long status = rig.call(1, Nr.RECVFROM, other, rig.buffer, 200, 0, 0, 0);
            assertThat(status == PENDING ? rig.await() : status).isEqualTo(100);
          }
        });
  }

  @Test
  void anAcceptWaitsForWhoConnects() throws Exception {
    onSockets(
        STREAM,
        (rig, one, other) -> {
          long listening = rig.kernel.syscall(Nr.SOCKET, AF_UNIX, STREAM, 0);
          long address = rig.bytes(24);
          String name = "syslet-" + ProcessHandle.current().pid() + "-" + NAMES.incrementAndGet();
          Memory.putByte(address, (byte) AF_UNIX);
          for (int i = 0; i < name.length() && i < 20; i++) {
            Memory.putByte(address + 3 + i, (byte) name.charAt(i));
          }
          assertThat(rig.kernel.syscall(Nr.BIND, listening, address, 24)).isZero();
          assertThat(rig.kernel.syscall(Nr.LISTEN, listening, 8, 0)).isZero();
          assertThat(rig.call(1, Nr.ACCEPT, listening, 0, 0)).isEqualTo(PENDING);
          assertThat(rig.call(2, Nr.ACCEPT4, listening, 0, 0)).isEqualTo(PENDING);
          for (int i = 0; i < 2; i++) {
            long client = rig.kernel.syscall(Nr.SOCKET, AF_UNIX, STREAM, 0);
            assertThat(rig.call(3, Nr.CONNECT, client, address, 24)).isZero();
          }
          long first = rig.await();
          assertThat(first).isPositive();
          long who = rig.consume();
          assertThat(rig.await()).isPositive().isNotEqualTo(first);
          assertThat(who + rig.consume()).isEqualTo(3);
          assertThat(one).isNotEqualTo(other);
        });
  }

  @Test
  void aTimerTellsHowOftenItHasExpired() throws Exception {
    onSockets(
        STREAM,
        (rig, one, other) -> {
          long timer = rig.kernel.syscall(Nr.TIMERFD_CREATE, 1, 0, 0);
          long setting = rig.bytes(32);
          Memory.putLong(setting + 24, 20 * MILLI);
          assertThat(rig.call(1, Nr.READ, timer, rig.buffer, 8)).isEqualTo(PENDING);
          assertThat(rig.kernel.syscall(Nr.TIMERFD_SETTIME, timer, 0, setting, 0, 0, 0)).isZero();
          assertThat(rig.ended(8)).isEqualTo(1);
          assertThat(Memory.getLong(rig.buffer)).isEqualTo(1);
          assertThat(one).isNotEqualTo(other);
        });
  }

  /** The descriptor's number is another file's afterwards. */
  @Test
  void aCallStaysWithItsFileWhenTheDescriptorIsClosed() throws Exception {
    onSockets(
        STREAM,
        (rig, one, other) -> {
          assertThat(rig.call(1, Nr.READ, one, rig.buffer, 8)).isEqualTo(PENDING);
          assertThat(rig.kernel.syscall(Nr.DUP3, rig.in, one, 0)).isEqualTo(one);
          assertThat(rig.kernel.syscall(Nr.WRITE, other, rig.buffer, 4)).isEqualTo(4);
          assertThat(rig.ended(4)).isEqualTo(1);
          assertThat(rig.call(2, Nr.READ, one, rig.buffer, 8)).as("the pipe").isEqualTo(PENDING);
          rig.feed(2);
          assertThat(rig.ended(2)).isEqualTo(2);
        });
  }
}
