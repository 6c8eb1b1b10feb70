package io.syslet.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.syslet.Nr;
import io.syslet.client.RemoteKernel;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.StandardProtocolFamily;
import java.net.URI;
import java.net.UnixDomainSocketAddress;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Many who connect and then say nothing, or a byte now and then. */
class DawdlersTest {
  private static final int MANY = 400;

  @TempDir private Path temp;

  @Test
  void theyKeepNobodyFromThePage() throws Exception {
    List<Socket> dawdlers = new ArrayList<>();
    try (Served served = Served.in(temp);
        HttpClient client = HttpClient.newHttpClient()) {
      InetSocketAddress page = Objects.requireNonNull(served.server().page());
      for (int i = 0; i < MANY; i++) {
        Socket dawdler = new Socket(page.getAddress(), page.getPort());
        dawdler
            .getOutputStream()
            .write("GET / HTTP/1.1\r\nHost: localhost\r\nX".getBytes(StandardCharsets.US_ASCII));
        dawdlers.add(dawdler);
      }
      URI uri = URI.create("http://127.0.0.1:" + page.getPort() + "/health");
      HttpResponse<String> answer =
          client.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
      assertThat(answer.statusCode()).isEqualTo(200);
      assertThat(ended(dawdlers)).isGreaterThanOrEqualTo(MANY - 64);
    } finally {
      closeAll(dawdlers);
    }
  }

  private static int ended(List<Socket> dawdlers) throws IOException {
    int ended = 0;
    for (Socket each : dawdlers.subList(0, MANY - 64)) {
      try {
        ended += each.getInputStream().read() < 0 ? 1 : 0;
      } catch (IOException e) {
        ended++;
      }
    }
    return ended;
  }

  private static void closeAll(List<? extends AutoCloseable> all) throws Exception {
    for (AutoCloseable each : all) {
      each.close();
    }
  }

  @Test
  void theyKeepNobodyFromAnyAddress() throws Exception {
    List<AutoCloseable> dawdlers = new ArrayList<>();
    try (Served served = Served.in(temp, options -> options.connections = 32)) {
      for (int i = 0; i < MANY; i++) {
        dawdlers.add(new Socket(InetAddress.getLoopbackAddress(), served.tls().port()));
        SocketChannel local = SocketChannel.open(StandardProtocolFamily.UNIX);
        local.connect(UnixDomainSocketAddress.of(served.unix().path()));
        dawdlers.add(local);
      }
      for (String kind : List.of("unix", "tls")) {
        try (RemoteKernel kernel = served.connect(kind)) {
          assertThat(kernel.syscall(Nr.GETPID, 0, 0, 0)).isPositive();
        }
      }
    } finally {
      closeAll(dawdlers);
    }
  }
}
