package io.syslet.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.syslet.Errno;
import io.syslet.Nr;
import io.syslet.client.ClientOptions;
import io.syslet.client.RemoteKernel;
import io.syslet.client.TlsFiles;
import io.syslet.client.wire.FrameType;
import io.syslet.client.wire.Token;
import io.syslet.client.wire.Wire;
import java.io.IOException;
import java.net.Socket;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Peers that do not keep to the protocol, or are not allowed: refused, and nothing else. */
@TestInstance(Lifecycle.PER_CLASS)
class HostilePeersTest {
  @TempDir private static Path folder;

  private Served served;
  private long descriptors;

  @BeforeAll
  void serve() throws IOException {
    served =
        Served.in(
            folder,
            options -> {
              options.handshakeTimeout = 1;
              options.readTimeout = 1;
              options.resumeTimeout = 1;
              options.connections = 256;
            });
    useBoth();
    descriptors = descriptors();
  }

  @AfterAll
  void stop() {
    served.close();
  }

  /** Whatever a peer did, others are served, and its descriptors are closed. */
  @AfterEach
  void theServerIsUnharmed() throws Exception {
    useBoth();
    long deadline = System.nanoTime() + 20_000_000_000L;
    while ((descriptors() > descriptors || served.server().connections() > 0)
        && System.nanoTime() < deadline) {
      Thread.onSpinWait();
    }
    assertThat(served.server().connections()).isZero();
    assertThat(descriptors()).as("open descriptors").isLessThanOrEqualTo(descriptors);
  }

  private void useBoth() throws IOException {
    for (String kind : List.of("unix", "tls")) {
      try (RemoteKernel kernel = served.connect(kind)) {
        assertThat(kernel.syscall(Nr.GETPID, 0, 0, 0)).isPositive();
      }
    }
  }

  /** Sockets and files of memory; a worker's own are another matter. */
  private static long descriptors() throws IOException {
    try (Stream<Path> all = Files.list(Path.of("/proc/self/fd"))) {
      return all.filter(HostilePeersTest::isOfASession).count();
    }
  }

  private static boolean isOfASession(Path descriptor) {
    try {
      String target = Files.readSymbolicLink(descriptor).toString();
      return target.startsWith("socket:") || target.startsWith("/memfd:syslet");
    } catch (IOException e) {
      return false;
    }
  }

  // ---- what is said to them

  private RawPeer peer(String kind) throws IOException {
    return kind.equals("unix") ? unixPeer() : tlsPeer();
  }

  private RawPeer unixPeer() throws IOException {
    SocketChannel socket = SocketChannel.open(StandardProtocolFamily.UNIX);
    socket.connect(UnixDomainSocketAddress.of(folder.resolve("sock")));
    return new RawPeer(socket, Channels.newInputStream(socket), Channels.newOutputStream(socket));
  }

  private RawPeer tlsPeer() throws IOException {
    ClientOptions client = served.client();
    Socket socket =
        TlsFiles.context(client.certificate(), client.key(), client.authority())
            .getSocketFactory()
            .createSocket(served.tls().host(), served.tls().port());
    return new RawPeer(socket, socket.getInputStream(), socket.getOutputStream());
  }

  private int said(String kind, ByteBuffer... frames) throws Exception {
    try (RawPeer peer = peer(kind)) {
      for (ByteBuffer frame : frames) {
        peer.say(frame);
      }
      return peer.refusal();
    }
  }

  // ---- malformed frames

  @ParameterizedTest
  @ValueSource(strings = {"unix", "tls"})
  void anotherVersionIsRefused(String kind) throws Exception {
    assertThat(said(kind, RawPeer.frame(RawPeer.HELLO_LENGTH, 1, 2))).isEqualTo(Errno.EPROTO);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 4, 13, 99, 65535})
  void anUnknownTypeIsRefused(int type) throws Exception {
    assertThat(said("unix", RawPeer.frame(8, type, Wire.VERSION))).isEqualTo(Errno.EPROTO);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 7, 8, 63, 65, 1 << 21, -1})
  void aLengthThatHelloDoesNotHaveIsRefusedBeforeTheRestHasCome(int length) throws Exception {
    ByteBuffer header = RawPeer.frame(8, 1, Wire.VERSION).putInt(0, length);
    assertThat(said("tls", header)).isEqualTo(Errno.EPROTO);
  }

  @ParameterizedTest
  @ValueSource(strings = {"unix", "tls"})
  void whoDoesNotBeginWithHelloIsRefused(String kind) throws Exception {
    assertThat(said(kind, RawPeer.frame(8, FrameType.BELL.code(), 1))).isEqualTo(Errno.EPROTO);
  }

  @Test
  void anotherMagicOrKindOrFlagIsRefused() throws Exception {
    assertThat(said("unix", RawPeer.hello().putInt(8, 1))).isEqualTo(Errno.EPROTO);
    assertThat(said("unix", RawPeer.hello().putShort(12, (short) 2))).isEqualTo(Errno.EPROTO);
    assertThat(said("unix", RawPeer.hello().putShort(14, (short) 4))).isEqualTo(Errno.EPROTO);
  }

  @Test
  void memoryIsNotSharedOverTheNetwork() throws Exception {
    ByteBuffer local = RawPeer.hello().putShort(12, (short) Wire.KIND_LOCAL);
    assertThat(said("tls", local)).isEqualTo(Errno.EINVAL);
  }

  @Test
  void nonsenseOfAnyLengthEndsTheConnectionAtWorst(TestReporter reporter) throws Exception {
    long seed = Long.getLong("io.syslet.server.seed", System.nanoTime());
    reporter.publishEntry("seed", Long.toString(seed));
    SplittableRandom random = new SplittableRandom(seed);
    for (int i = 0; i < 100; i++) {
      byte[] nonsense = new byte[random.nextInt(8, 300)];
      random.nextBytes(nonsense);
      nonsense[6] = Wire.VERSION;
      try (RawPeer peer = unixPeer()) {
        peer.out().write(nonsense);
        peer.socket().close();
      } catch (IOException e) {
        assertThat(e.getMessage()).as("seed " + seed).contains("Broken pipe");
      }
    }
    try (RawPeer peer = unixPeer()) {
      peer.say(RawPeer.hello());
      assertThat(peer.in().readNBytes(80)).as("seed " + seed).hasSize(80);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 2, 257, -1})
  void aBatchWithTheWrongNumberOfCallsEndsTheSession(int calls) throws Exception {
    ByteBuffer batch =
        RawPeer.frame(32, FrameType.SUBMIT.code(), 1).putLong(1).putLong(0).putInt(calls).putInt(0);
    try (RawPeer peer = tlsPeer()) {
      peer.say(RawPeer.hello());
      assertThat(peer.in().readNBytes(80)).hasSize(80);
      peer.say(batch);
      assertThat(peer.refusal()).isEqualTo(Errno.EPROTO);
    }
  }

  @Test
  void aBatchOutOfOrderEndsTheSession() throws Exception {
    ByteBuffer batch =
        RawPeer.frame(32, FrameType.SUBMIT.code(), 1).putLong(7).putLong(0).putLong(1);
    try (RawPeer peer = tlsPeer()) {
      peer.say(RawPeer.hello());
      assertThat(peer.in().readNBytes(80)).hasSize(80);
      peer.say(batch);
      assertThat(peer.refusal()).isEqualTo(Errno.EPROTO);
    }
  }

  // ---- tokens and certificates

  @ParameterizedTest
  @ValueSource(strings = {"unix", "tls"})
  void aTokenThatNoSessionHasIsRefused(String kind) throws Exception {
    byte[] token = new Token(1, 2).bytes();
    ByteBuffer resume = RawPeer.hello().putShort(14, (short) 1).put(16, token);
    assertThat(said(kind, resume)).isEqualTo(Errno.ESTALE);
  }

  @Test
  void aSessionIsNotAnothersToResume() throws Exception {
    try (RawPeer peer = tlsPeer()) {
      peer.say(RawPeer.hello());
      byte[] welcome = peer.in().readNBytes(80);
      ByteBuffer resume = RawPeer.hello().putShort(14, (short) 1).put(16, welcome, 16, 16);
      assertThat(said("unix", resume)).isEqualTo(Errno.EPERM);
    }
  }

  @Test
  void withoutACertificateNobodyEnters() throws Exception {
    Certificates others = new Certificates(folder.resolve("others"), "authority");
    others.vouchFor("client");
    ClientOptions options =
        served
            .client()
            .tls(
                others.certificate("client"),
                others.key("client"),
                served.certificates.authority());
    assertThatThrownBy(() -> RemoteKernel.connect(served.tls(), options))
        .isInstanceOf(IOException.class);
  }

  @Test
  void aServerThatNobodyKnowsIsNotBelieved() {
    Certificates others = new Certificates(folder.resolve("strangers"), "authority");
    ClientOptions mine = served.client();
    ClientOptions options = mine.tls(mine.certificate(), mine.key(), others.authority());
    assertThatThrownBy(() -> RemoteKernel.connect(served.tls(), options))
        .isInstanceOf(IOException.class);
  }

  // ---- those that say too little

  @ParameterizedTest
  @ValueSource(strings = {"unix", "tls"})
  void whoSaysNothingIsSentAway(String kind) throws Exception {
    assertThat(said(kind)).isEqualTo(Errno.ETIMEDOUT);
  }

  @Test
  void whoSaysHelloByteByByteIsSentAway() throws Exception {
    try (RawPeer peer = unixPeer()) {
      peer.out().write(new byte[] {RawPeer.HELLO_LENGTH, 0, 0, 0, 1, 0, Wire.VERSION, 0});
      peer.out().flush();
      assertThat(peer.refusal()).isEqualTo(Errno.ETIMEDOUT);
    }
  }

  @Test
  void aRemotePeerThatFallsSilentIsSentAway() throws Exception {
    try (RawPeer peer = tlsPeer()) {
      peer.say(RawPeer.hello());
      assertThat(peer.in().readNBytes(80)).hasSize(80);
      assertThat(peer.refusal()).isEqualTo(Errno.ETIMEDOUT);
    }
  }

  @Test
  void aPeerThatOnlyConnectsIsSentAwayBeforeTls() throws Exception {
    try (Socket socket = new Socket(served.tls().host(), served.tls().port())) {
      assertThat(socket.getInputStream().readAllBytes().length).isLessThan(100);
    }
  }
}
