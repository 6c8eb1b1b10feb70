package io.syslet.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.syslet.Errno;
import io.syslet.Nr;
import io.syslet.Params;
import io.syslet.Registers;
import io.syslet.Syslet;
import io.syslet.client.RemoteKernel;
import io.syslet.ring.CompletionRing;
import io.syslet.ring.Memory;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A server from its options to its end. */
class ServerTest {
  @TempDir private static Path temp;

  private static Path folder(String name) throws IOException {
    return Files.createTempDirectory(temp, name);
  }

  @ParameterizedTest
  @EnumSource(io.syslet.server.net.Transport.class)
  void servesByEachTransport(io.syslet.server.net.Transport transport) throws Exception {
    org.junit.jupiter.api.Assumptions.assumeTrue(transport.works());
    try (Served served =
        Served.in(folder("transport"), options -> options.transport = transport.toString())) {
      for (String kind : List.of("unix", "tls")) {
        try (RemoteKernel kernel = served.connect(kind)) {
          assertThat(kernel.syscall(Nr.GETPID, 0, 0, 0)).isPositive();
        }
      }
    }
  }

  @Test
  void theSocketIsItsOwnersAloneAndGoneAtTheEnd() throws Exception {
    Path folder = folder("socket");
    try (Served served = Served.in(folder)) {
      assertThat(Files.getPosixFilePermissions(folder.resolve("sock")).toString())
          .doesNotContain("GROUP")
          .doesNotContain("OTHERS");
      assertThat(served.server().ready()).startsWith("ready, unix:" + folder.resolve("sock"));
    }
    assertThat(folder.resolve("sock")).doesNotExist();
  }

  @Test
  void aSecondServerOnTheSameSocketIsToldSo() throws Exception {
    Path folder = folder("second");
    try (Served first = Served.in(folder)) {
      ServerOptions second = new ServerOptions();
      second.root = first.root;
      second.listen = List.of("unix:" + folder.resolve("sock"));
      second.journal = "off";
      assertThatThrownBy(() -> Server.open(second))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("another server listens there");
      second.listen = List.of("unix:" + folder.resolve("other"));
      second.journal = folder.resolve("sock.journal").toString();
      assertThatThrownBy(() -> Server.open(second)).isInstanceOf(IOException.class);
      try (RemoteKernel kernel = first.connect("unix")) {
        assertThat(kernel.syscall(Nr.GETPID, 0, 0, 0)).isPositive();
      }
    }
  }

  @Test
  void theSocketOfADeadServerIsTakenAway() throws Exception {
    Path folder = folder("stale");
    try (var dead =
        java.nio.channels.ServerSocketChannel.open(java.net.StandardProtocolFamily.UNIX)) {
      var _ = dead.bind(java.net.UnixDomainSocketAddress.of(folder.resolve("sock")));
    }
    try (Served served = Served.in(folder);
        RemoteKernel kernel = served.connect("unix")) {
      assertThat(kernel.syscall(Nr.GETPID, 0, 0, 0)).isPositive();
    }
  }

  @Test
  void aFileInTheSocketsPlaceIsNotTouched() throws Exception {
    Path folder = folder("file");
    Files.writeString(folder.resolve("sock"), "mine");
    assertThatThrownBy(() -> Served.in(folder)).hasMessageContaining("no socket");
    assertThat(folder.resolve("sock")).hasContent("mine");
  }

  // ---- the end

  /** A read of an empty pipe: its result. */
  private static long readNothing(RemoteKernel kernel, CompletionRing ring) {
    long fds = kernel.arena().allocate(8, 8).address();
    assertThat(kernel.syscall(Nr.PIPE2, fds, 0, 0)).isZero();
    MemorySegment registers = kernel.arena().allocate(Registers.LENGTH, 8);
    MemorySegment params = kernel.arena().allocate(Params.LENGTH, 8);
    long buffer = kernel.arena().allocate(16, 8).address();
    Registers.put(registers.address(), Nr.READ, Memory.getInt(fds), buffer, 16, 0, 0, 0);
    Params.put(params.address(), ring.address(), 7);
    return kernel.indirect(registers, params, 0);
  }

  @ParameterizedTest
  @ValueSource(strings = {"unix", "tls"})
  void anEndWithCallsInFlightCompletesThemOnceAndLaterOnesAreRefused(String kind) throws Exception {
    Served served = Served.in(folder("end"));
    try (RemoteKernel kernel = served.connect(kind)) {
      CompletionRing ring = CompletionRing.allocate(kernel.arena(), 8, 1);
      assertThat(readNothing(kernel, ring)).isEqualTo(-Syslet.ESYSLETPENDING);
      served.close();
      assertThat(kernel.ringWait(ring, ring.tail())).isZero();
      assertThat(ring.statusAt(ring.tail())).isEqualTo(-Errno.ECANCELED);
      assertThat(ring.callerDataAt(ring.tail())).isEqualTo(7);
      long result = kernel.syscall(Nr.GETPID, 0, 0, 0);
      while (result > 0 || result == -Errno.ESHUTDOWN) {
        result = kernel.syscall(Nr.GETPID, 0, 0, 0);
      }
      assertThat(result).isIn((long) -Errno.ENOTCONN, (long) -Errno.EOWNERDEAD);
      assertThat(ring.head() - ring.tail()).isEqualTo(1);
    }
  }

  // ---- options

  private static ServerOptions options() {
    ServerOptions options = new ServerOptions();
    options.root = temp;
    options.listen = List.of("unix:" + temp.resolve("s"));
    return options;
  }

  @Test
  void aCheckTouchesNothing() throws Exception {
    ServerOptions options = options();
    Server.check(options);
    assertThat(temp.resolve("s")).doesNotExist();
    assertThat(temp.resolve("s.journal")).doesNotExist();
  }

  @ParameterizedTest
  @ValueSource(strings = {"tcp:1", "unix:/" + "x/", "tls:host", "tls::1", "tls:h:70000", ""})
  void anAddressThatIsNoneIsNamed(String address) {
    ServerOptions options = options();
    options.listen = List.of(address.equals("unix:/x/") ? "unix:/" + "x".repeat(200) : address);
    assertThatThrownBy(() -> Server.check(options)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void valuesOutOfRangeAreNamed() {
    ServerOptions options = options();
    options.ringElements = 3;
    assertThatThrownBy(() -> Server.check(options)).hasMessageContaining("--ring-elements");
    options.ringElements = 8;
    options.durability = "perhaps";
    assertThatThrownBy(() -> Server.check(options)).hasMessageContaining("--durability");
    options.durability = "fsync";
    options.grant = List.of("everything");
    assertThatThrownBy(() -> Server.check(options)).hasMessageContaining("--grant");
    options.grant = List.of();
    options.root = temp.resolve("nowhere");
    assertThatThrownBy(() -> Server.check(options)).hasMessageContaining("--root");
  }

  @Test
  void tlsWithoutFilesIsRefused() {
    ServerOptions options = options();
    options.listen = List.of("tls:localhost:0");
    assertThatThrownBy(() -> Server.check(options)).hasMessageContaining("certificate");
  }

  @Test
  void aFileSetsOptionsAndItsUnknownKeysAreNamed() throws Exception {
    Path file = temp.resolve("config.json");
    ServerOptions options = options();
    Files.writeString(file, "{\"in-flight\": 12, \"grant\": [\"write\"], \"tls-cert\": \"a.pem\"}");
    ConfigFile.read(file, options);
    assertThat(options.inFlight).isEqualTo(12);
    assertThat(options.canWrite()).isTrue();
    assertThat(options.tlsCert).isEqualTo(Path.of("a.pem"));
    Files.writeString(file, "{\"in-flihgt\": 12}");
    assertThatThrownBy(() -> ConfigFile.read(file, options)).hasMessageContaining("in-flihgt");
    Files.writeString(file, "{\n\"in-flight\": \"many\"}");
    assertThatThrownBy(() -> ConfigFile.read(file, options)).hasMessageContaining("line 2");
  }
}
