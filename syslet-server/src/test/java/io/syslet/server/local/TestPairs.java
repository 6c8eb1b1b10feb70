package io.syslet.server.local;

import io.syslet.client.local.LocalLink;
import java.io.IOException;
import java.nio.file.Path;
import java.util.function.Consumer;

/** A port and a link to it, both in this process: the files are mapped twice. */
final class TestPairs {
  static final int ELEMENTS = 64;
  static final long HEAP = 1 << 20;

  private TestPairs() {}

  static LocalPort port(Consumer<String> onCorrupt) throws IOException {
    return LocalPort.create(ELEMENTS, HEAP, 0, onCorrupt);
  }

  static LocalPort port() throws IOException {
    return port(
        reason -> {
          throw new AssertionError(reason);
        });
  }

  static LocalLink link(LocalPort port, Runnable bell) throws IOException {
    return LocalLink.open(path(port.ringFd()), path(port.arenaFd()), bell);
  }

  static Path path(int fd) {
    return Path.of("/proc/self/fd/" + fd);
  }
}
