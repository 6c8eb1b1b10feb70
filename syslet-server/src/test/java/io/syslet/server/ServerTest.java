package io.syslet.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.syslet.Errno;
import io.syslet.Nr;
import io.syslet.Params;
import io.syslet.Registers;
import io.syslet.Syslet;
import io.syslet.client.RefusedException;
import io.syslet.client.RemoteKernel;
import io.syslet.ring.CompletionRing;
import io.syslet.ring.Memory;
import io.syslet.server.net.SubjectName;
import java.io.IOException;
import java.io.InputStream;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.CertificateFactory;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A server from its start to its end. */
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
      dead.bind(java.net.UnixDomainSocketAddress.of(folder.resolve("sock")));
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

  /** Beside the memory of calls there is that of answers which the client may want again. */
  @Test
  void theAnswersOfARemoteSessionAreCountedAsMemory() throws Exception {
    Served.Setting small =
        options -> {
          options.totalMemory = 40L << 20;
          options.peerPercent = 100;
        };
    try (Served served = Served.in(folder("memory"), small);
        RemoteKernel kernel = served.connect("tls")) {
      assertThat(kernel.syscall(Nr.GETPID, 0, 0, 0)).isPositive();
      assertThatThrownBy(() -> served.connect("tls"))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("ENOMEM");
    }
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

  @Test
  void aPageForAllInterfacesHasAnAddressThatWorks() throws Exception {
    ServerOptions options = ServerCheckTest.options(temp);
    options.journal = "off";
    options.http = "0.0.0.0:0";
    try (Server server = Server.open(options)) {
      assertThat(server.ready())
          .contains(", http://localhost:" + Objects.requireNonNull(server.page()).getPort());
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "CN=client",
        "CN = client",
        "subject=CN = client",
        "subject=CN=client",
        "fingerprint",
        "sha256 Fingerprint="
      })
  void aTlsClientIsAllowedAsOpensslPrintsHim(String form) throws Exception {
    Path folder = folder("allow");
    try (Served served = Served.in(folder, options -> options.tlsAllow = List.of("CN=nobody"))) {
      assertThatThrownBy(() -> served.connect("tls"))
          .isInstanceOf(RefusedException.class)
          .hasMessageContaining("may not connect");
    }
    Path other = folder("allow");
    try (Served served =
        Served.in(
            other,
            options -> options.tlsAllow = List.of(form(form, other.resolve("pki/client.pem"))))) {
      try (RemoteKernel kernel = served.connect("tls")) {
        assertThat(kernel.syscall(Nr.GETPID, 0, 0, 0)).isPositive();
      }
    }
  }

  private static String form(String form, Path certificate) throws IOException {
    if (!form.toLowerCase(java.util.Locale.ROOT).contains("fingerprint")) {
      return form;
    }
    try (InputStream in = Files.newInputStream(certificate)) {
      byte[] hash =
          MessageDigest.getInstance("SHA-256")
              .digest(CertificateFactory.getInstance("X.509").generateCertificate(in).getEncoded());
      return form.endsWith("=")
          ? form + HexFormat.ofDelimiter(":").withUpperCase().formatHex(hash)
          : HexFormat.of().formatHex(hash);
    } catch (GeneralSecurityException e) {
      throw new IOException(e);
    }
  }

  @Test
  void aSubjectIsKnownInEitherOrder() {
    assertThat(SubjectName.forms("subject=C = DE, O = Example, CN = alice"))
        .contains(SubjectName.forms("CN=alice,O=Example,C=DE").getFirst());
    assertThatThrownBy(() -> SubjectName.forms("alice")).hasMessageContaining("--tls-allow");
  }

  /** So whoever has another one cannot go on with the session. */
  @Test
  void aPeerIsTheNameOfItsCertificate() throws Exception {
    try (Served served = Served.in(folder("token"))) {
      try (RemoteKernel kernel = served.connect("tls")) {
        assertThat(kernel.syscall(Nr.GETPID, 0, 0, 0)).isPositive();
        var session = served.server().sessions().views().getFirst();
        assertThat(session.peer().isSameAs(io.syslet.server.session.Peer.tls("CN=other")))
            .isFalse();
        assertThat(session.peer().isSameAs(io.syslet.server.session.Peer.tls("CN=client")))
            .isTrue();
      }
    }
  }
}
