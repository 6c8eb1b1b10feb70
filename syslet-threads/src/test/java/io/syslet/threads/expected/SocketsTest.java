package io.syslet.threads.expected;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.Closeable;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Blocking sockets, which the JDK's pollers wake threads for. */
@ParameterizedClass
@EnumSource
class SocketsTest {
  private static final int CLIENTS = 50;
  private static final int ROUNDS = 50;

  @Parameter ThreadKind kind = ThreadKind.JDK;

  @Test
  void manyClientsHaveTheirBytesEchoed() throws Exception {
    AtomicInteger echoed = new AtomicInteger();
    try (ServerSocket server = listen()) {
      Thread acceptor = kind.start(() -> accept(server));
      List<Thread> clients = new ArrayList<>();
      for (int i = 0; i < CLIENTS; i++) {
        clients.add(kind.start(() -> echoed.addAndGet(ask(server.getLocalPort()))));
      }
      for (Thread client : clients) {
        client.join();
      }
      acceptor.join();
    }
    assertThat(echoed.get()).isEqualTo(CLIENTS * ROUNDS);
  }

  private static ServerSocket listen() throws Exception {
    return new ServerSocket(0, CLIENTS, InetAddress.getLoopbackAddress());
  }

  private void accept(ServerSocket server) throws Exception {
    for (int i = 0; i < CLIENTS; i++) {
      Socket socket = server.accept();
      kind.start(() -> echo(socket));
    }
  }

  private static void echo(Socket socket) throws Exception {
    try (socket) {
      InputStream in = socket.getInputStream();
      OutputStream out = socket.getOutputStream();
      for (int c = in.read(); c >= 0; c = in.read()) {
        out.write(c);
      }
    }
  }

  private static int ask(int port) throws Exception {
    int right = 0;
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      for (int i = 0; i < ROUNDS; i++) {
        socket.getOutputStream().write(i);
        right += socket.getInputStream().read() == i ? 1 : 0;
      }
    }
    return right;
  }

  @Test
  void aReadTimesOut() throws Exception {
    try (ServerSocket server = listen();
        Socket client = new Socket(server.getInetAddress(), server.getLocalPort())) {
      client.setSoTimeout(10);
      assertThatThrownBy(() -> kind.<Integer>call(client.getInputStream()::read))
          .hasCauseInstanceOf(SocketTimeoutException.class);
    }
  }

  @Test
  void aReadEndsWhenAnotherThreadClosesTheSocket() throws Exception {
    try (ServerSocket server = listen();
        Socket client = new Socket(server.getInetAddress(), server.getLocalPort())) {
      Thread closer = Thread.ofPlatform().start(() -> closeSoon(client));
      assertThatThrownBy(() -> kind.<Integer>call(client.getInputStream()::read))
          .hasCauseInstanceOf(SocketException.class);
      closer.join();
    }
  }

  private static void closeSoon(Closeable socket) {
    try {
      Thread.sleep(20);
      socket.close();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }
}
