package io.syslet.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.syslet.Nr;
import io.syslet.Sys;
import io.syslet.client.local.FdPassing;
import io.syslet.client.wire.Wire;
import io.syslet.ring.HostCalls;
import io.syslet.ring.Memory;
import io.syslet.server.Served;
import io.syslet.table.CallTable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Sockets that clients pass whose last close waits until what they have sent is read: an hour. */
class LingeringDescriptorsTest extends OnPassing {
  private static final int MORE_THAN_MAY_BLOCK = 80;
  private static final int SOL_SOCKET = 1;
  private static final int SO_SNDBUF = 7;
  private static final int SO_LINGER = 13;
  private static final int HOUR = 3600;

  private final List<Socket> readers = new ArrayList<>();
  private ServerSocket listener;

  @BeforeEach
  void listen() throws IOException {
    listener = new ServerSocket();
    listener.setReceiveBufferSize(4096);
    listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
  }

  @AfterEach
  void hangUp() throws IOException {
    for (Socket reader : readers) {
      reader.close();
    }
    listener.close();
  }

  private static int number(String call) {
    return CallTable.number(call);
  }

  private void set(int socket, int option, int first, int second, int length) {
    Memory.putInt(memory, first);
    Memory.putInt(memory + 4, second);
    long set = HostCalls.call(number("setsockopt"), socket, SOL_SOCKET, option, memory, length, 0);
    assertThat(set).isZero();
  }

  /** A socket with more to send than its peer takes. */
  private int lingering() throws IOException {
    int socket = host(number("socket"), 2, 1, 0, 0);
    set(socket, SO_SNDBUF, 4096, 0, 4);
    set(socket, SO_LINGER, 1, HOUR, 8);
    int port = listener.getLocalPort();
    Memory.putLong(memory, 2L | (port >>> 8) << 16 | (port & 0xffL) << 24 | 0x0100007fL << 32);
    host(number("connect"), socket, memory, 16, 0);
    readers.add(listener.accept());
    host(Nr.FCNTL, socket, Sys.F_SETFL, Sys.O_NONBLOCK, 0);
    while (HostCalls.call(Nr.WRITE, socket, memory, 4096, 0, 0, 0) > 0) {}
    return socket;
  }

  private void pass(LocalCaller caller, long cookie) throws IOException {
    int socket = lingering();
    Memory.putLong(memory, cookie);
    assertThat(FdPassing.send(caller.passing(), memory, Long.BYTES, socket)).isEqualTo(Long.BYTES);
    close(socket);
  }

  private static void leave(Served served, LocalCaller caller) {
    close(caller.passing());
    caller.close();
    while (!served.server().sessions().views().isEmpty()) {
      Thread.onSpinWait();
    }
  }

  /** Some by each poller. */
  private static void othersAreServed(Served served) throws IOException {
    for (int i = 0; i < 2 * Runtime.getRuntime().availableProcessors(); i++) {
      try (RemoteKernel kernel = served.connect("unix")) {
        assertThat(kernel.syscall(Nr.GETPID, 0, 0, 0)).isPositive();
      }
    }
  }

  @Test
  void nobodyWaitsForTheSocketThatWasNotTaken() throws Exception {
    LocalCaller caller = new LocalCaller(served.unix());
    pass(caller, 1);
    leave(served, caller);
    othersAreServed(served);
  }

  @Test
  void nobodyWaitsForMoreThanMayBlock() throws Exception {
    try (Served many =
        Served.in(
            temp.resolve("many"),
            options -> {
              options.grant = List.of("descriptors");
              options.resumeTimeout = 1;
            })) {
      long before = openDescriptors();
      LocalCaller caller = new LocalCaller(many.unix());
      for (int i = 1; i <= MORE_THAN_MAY_BLOCK; i++) {
        pass(caller, i);
        assertThat(caller.call(Wire.ADOPT, i)).isPositive();
      }
      leave(many, caller);
      othersAreServed(many);
      hangUp();
      readers.clear();
      while (openDescriptors() > before) {
        Thread.onSpinWait();
      }
    }
  }
}
