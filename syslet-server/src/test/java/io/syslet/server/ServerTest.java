package io.syslet.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.syslet.CString;
import io.syslet.Errno;
import io.syslet.Nr;
import io.syslet.Params;
import io.syslet.Registers;
import io.syslet.Sys;
import io.syslet.Syslet;
import io.syslet.client.ClientOptions;
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
import org.junit.jupiter.params.provider.CsvSource;
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
    assertThat(new OptionReader(options).settings().canWrite()).isTrue();
    assertThat(options.tlsCert).isEqualTo(Path.of("a.pem"));
    Files.writeString(file, "{\"in-flihgt\": 12}");
    assertThatThrownBy(() -> ConfigFile.read(file, options)).hasMessageContaining("in-flihgt");
    Files.writeString(file, "{\n\"in-flight\": \"many\"}");
    assertThatThrownBy(() -> ConfigFile.read(file, options)).hasMessageContaining("line 2");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {"in-flight": 1.5}              | "in-flight": not a whole number
          {"in-flight": "12"}             | "in-flight": not a whole number
          {"in-flight": true}             | "in-flight": not a whole number
          {"in-flight": 99999999999}      | out of range
          {"in-flight": null}             | in-flight
          {"sessions": 1, "sessions": 2}  | uplicate
          {"listen": null}                | listen
          {"listen": [null]}              | listen
          {"listen": "unix:/tmp/x"}       | "listen": not a list
          {"root": 5}                     | "root": not a text
          {"http": null}                  | http
          {"users": ["a"]}                | "users"
          {"grant": {}}                   | "grant": not a list
          [                               | line 1
          []                              | no JSON object
          null                            | no JSON object
          {} x                            | line 1
          """)
  void aFileThatIsWrongIsOneClearLine(String text, String said) throws Exception {
    Path file = temp.resolve("wrong.json");
    Files.writeString(file, text);
    assertThatThrownBy(() -> ConfigFile.read(file, options()))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(said)
        .hasMessageStartingWith(file.toString())
        .message()
        .doesNotContain("\n")
        .hasSizeLessThan(file.toString().length() + 160);
  }

  @ParameterizedTest
  @CsvSource({
    "sessions, 0",
    "inFlight, -1",
    "descriptors, 0",
    "callsPerSecond, -1",
    "drainTimeout, -5",
    "resumeTimeout, -1",
    "peerPercent, 101",
    "connections, 0"
  })
  void aNumberOutOfRangeIsNamed(String field, int value) throws Exception {
    ServerOptions options = options();
    ServerOptions.class.getField(field).setInt(options, value);
    assertThatThrownBy(() -> Server.check(options))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageMatching("(--|time-outs).*");
  }

  // ---- what is found out before the start

  @Test
  void withoutOpenat2ThereIsNoServer() throws Exception {
    Server.check(options());
    assertThatThrownBy(() -> WithoutCall.run(437, () -> Server.open(options())))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("openat2 does not work here");
    assertThatThrownBy(
            () ->
                WithoutCall.run(
                    437,
                    () -> {
                      Server.check(options());
                      return 0;
                    }))
        .hasMessageContaining("openat2 does not work here");
    assertThat(temp.resolve("s")).doesNotExist();
  }

  @Test
  void withoutMemoryThatCanBeSharedThereIsNoServer() throws Exception {
    Server.check(options());
    assertThatThrownBy(() -> WithoutCall.run(319, () -> Server.open(options())))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("memory cannot be shared here (memfd_create: errno 38)");
    assertThat(temp.resolve("s")).doesNotExist();
  }

  @Test
  void aKeyOfAnotherCertificateIsNamed() throws Exception {
    Certificates pki = new Certificates(folder("keys"), "authority");
    pki.vouchFor("server");
    pki.vouchFor("other");
    ServerOptions options = options();
    options.listen = List.of("tls:localhost:0");
    options.journal = "off";
    options.tlsCert = pki.certificate("server");
    options.tlsKey = pki.key("other");
    options.tlsCa = pki.authority();
    assertThatThrownBy(() -> Server.check(options))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("not the key of");
    assertThatThrownBy(() -> Server.open(options)).hasMessageContaining("not the key of");
    options.tlsKey = pki.key("server");
    Server.check(options);
  }

  @Test
  void aJournalBelowTheRootIsNotServedAndNotWritable() throws Exception {
    Path root = folder("root");
    ServerOptions options = new ServerOptions();
    options.root = root;
    options.listen = List.of("unix:" + root.resolve("sock"));
    options.grant = List.of("write");
    assertThatThrownBy(() -> Server.check(options)).hasMessageContaining("below the served root");
    assertThatThrownBy(() -> Server.open(options)).hasMessageContaining("below the served root");
    options.grant = List.of();
    Files.writeString(root.resolve("file"), "mine");
    try (Server server = Server.open(options);
        RemoteKernel kernel = RemoteKernel.connect(server.addresses().getFirst(), OPTIONS)) {
      assertThat(open(kernel, "file", 0)).isPositive();
      assertThat(open(kernel, "sock.journal/lock", 0)).isEqualTo(-Errno.EACCES);
      assertThat(open(kernel, "sock.journal", Sys.O_DIRECTORY)).isEqualTo(-Errno.EACCES);
      assertThat(open(kernel, "sock.journal", Sys.O_PATH)).isEqualTo(-Errno.EACCES);
    }
  }

  private static final ClientOptions OPTIONS = ClientOptions.defaults();

  private static long open(RemoteKernel kernel, String path, int flags) {
    long name = CString.allocate(kernel.arena(), path);
    return kernel.syscall(Nr.OPENAT, Sys.AT_FDCWD, name, flags);
  }

  @Test
  void aPageForAllInterfacesHasAnAddressThatWorks() throws Exception {
    ServerOptions options = options();
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

  /** A server's own user cannot give away what another one began. */
  @Test
  void whoHasAnotherCertificateCannotResumeWithAnothersToken() throws Exception {
    try (Served served = Served.in(folder("token"))) {
      served.certificates.vouchFor("other");
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
