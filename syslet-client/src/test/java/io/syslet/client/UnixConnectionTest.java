package io.syslet.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Sockets whose numbers are used again by others of the process. */
class UnixConnectionTest {
  private static final int OTHERS = 16;
  @TempDir Path folder;

  @Test
  void theEndOfOneThatIsClosedEndsNoOther() throws Exception {
    Path path = folder.resolve("socket");
    try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      server.bind(UnixDomainSocketAddress.of(path));
      UnixConnection closed = UnixConnection.connect(path);
      closed.close();
      List<UnixConnection> others = new ArrayList<>();
      for (int i = 0; i < OTHERS; i++) {
        others.add(UnixConnection.connect(path));
      }
      closed.end();
      assertThat(others).noneMatch(UnixConnection::isOver);
      others.forEach(UnixConnection::close);
    }
  }
}
