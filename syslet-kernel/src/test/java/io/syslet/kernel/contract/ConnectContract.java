package io.syslet.kernel.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import io.syslet.Errno;
import io.syslet.Nr;
import io.syslet.Sys;
import io.syslet.ring.Memory;
import org.junit.jupiter.api.Test;

/** Connects that wait. */
public abstract class ConnectContract extends KernelContract {
  private static final int SOL_SOCKET = 1;
  private static final int SO_SNDTIMEO = 21;
  private static final int ROOM = 64;

  /** Of the kernels that the booter makes. */
  protected ConnectContract(Booter booter) {
    super(booter);
  }

  private interface OnLoopback {
    void run(WaitRig rig, Loopback loopback) throws Exception;
  }

  private void onLoopback(OnLoopback test) throws Exception {
    needsHandOver();
    assumeFalse(booter.hasOwnTime(), "the simulated machine has no sockets");
    run(kernel -> test.run(new WaitRig(kernel), new Loopback(kernel)));
  }

  private static long connect(WaitRig rig, long data, long socket, long address) {
    return rig.call(data, Nr.CONNECT, socket, address, Loopback.SOCKADDR);
  }

  /** The address is not needed any more once the call is pending. */
  @Test
  void aConnectWaitsForRoomAndTheSocketBlocksAsBefore() throws Exception {
    onLoopback(
        (rig, loopback) -> {
          loopback.listenFull();
          int socket = loopback.socket();
          long address = loopback.copyOfAddress();
          assertThat(connect(rig, 1, socket, address)).isEqualTo(PENDING);
          Memory.putLong(address, -1);
          loopback.listen(ROOM);
          assertThat(rig.ended(0)).isEqualTo(1);
          assertThat(loopback.blocks(socket)).isTrue();
          assertThat(rig.call(2, Nr.WRITE, socket, rig.buffer, 5)).isEqualTo(5);
          assertThat(rig.call(3, Nr.READ, socket, rig.buffer, 5)).isEqualTo(PENDING);
        });
  }

  @Test
  void aConnectThatNeedNotWaitDoesNot() throws Exception {
    onLoopback(
        (rig, loopback) -> {
          int socket = loopback.socket();
          long address = loopback.copyOfAddress();
          assertThat(rig.settled(connect(rig, 1, socket, address)))
              .as("nobody listens")
              .isEqualTo(-Errno.ECONNREFUSED);
          loopback.listen(ROOM);
          assertThat(rig.settled(connect(rig, 2, socket, address))).isZero();
          assertThat(rig.settled(connect(rig, 3, socket, address))).isEqualTo(-Errno.EISCONN);
          assertThat(rig.settled(connect(rig, 4, -1, address))).isEqualTo(-Errno.EBADF);
          assertThat(rig.settled(connect(rig, 5, rig.in, address))).isEqualTo(-Errno.ENOTSOCK);
          assertThat(rig.settled(connect(rig, 6, loopback.socket(), 8))).isEqualTo(-Errno.EFAULT);
          assertThat(loopback.blocks(socket)).isTrue();
        });
  }

  @Test
  void aSocketThatDoesNotBlockIsInProgress() throws Exception {
    onLoopback(
        (rig, loopback) -> {
          loopback.listenFull();
          int socket = loopback.socket();
          assertThat(Sys.fcntl(rig.kernel, socket, Sys.F_SETFL, Sys.O_NONBLOCK)).isZero();
          long address = loopback.copyOfAddress();
          assertThat(connect(rig, 1, socket, address)).isEqualTo(-Errno.EINPROGRESS);
          assertThat(connect(rig, 2, socket, address)).isEqualTo(-Errno.EALREADY);
          assertThat(loopback.blocks(socket)).isFalse();
        });
  }

  @Test
  void aSocketsOwnTimeCounts() throws Exception {
    onLoopback(
        (rig, loopback) -> {
          loopback.listenFull();
          int socket = loopback.socket();
          long timeval = rig.bytes(16);
          Memory.putLong(timeval + 8, 20_000);
          long set =
              rig.kernel.syscall(Nr.SETSOCKOPT, socket, SOL_SOCKET, SO_SNDTIMEO, timeval, 16, 0);
          assertThat(set).isZero();
          long status = connect(rig, 1, socket, loopback.copyOfAddress());
          assertThat(rig.settled(status)).isEqualTo(-Errno.EINPROGRESS);
        });
  }

  @Test
  void aConnectIsTakenBack() throws Exception {
    onLoopback(
        (rig, loopback) -> {
          loopback.listenFull();
          int socket = loopback.socket();
          assertThat(connect(rig, 7, socket, loopback.copyOfAddress())).isEqualTo(PENDING);
          assertThat(rig.cancel(7)).isZero();
          assertThat(rig.ended(-Errno.ECANCELED)).isEqualTo(7);
          assertThat(loopback.blocks(socket)).isTrue();
        });
  }
}
