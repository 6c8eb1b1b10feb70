package io.syslet.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.syslet.Nr;
import io.syslet.client.ClientOptions;
import io.syslet.client.RefusedException;
import io.syslet.client.RemoteKernel;
import io.syslet.client.wire.Address;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What other users of this host can do to a server and its clients. */
class OtherUsersTest {
  @TempDir private Path temp;

  @BeforeEach
  void open() throws IOException {
    mode(temp, "rwxr-xr-x");
  }

  private static void mode(Path file, String mode) throws IOException {
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
  }

  private static void giveAway(Path file) throws IOException {
    Files.setAttribute(file, "unix:uid", AsUser.SOMEBODY, java.nio.file.LinkOption.NOFOLLOW_LINKS);
  }

  private static long pid(Served served) throws IOException {
    try (RemoteKernel kernel = served.connect("unix")) {
      return kernel.syscall(Nr.GETPID, 0, 0, 0);
    }
  }

  @Test
  void whoIsNotAmongTheUsersIsRefusedByTheServer() throws Exception {
    AsUser.needsRoot();
    try (Served served = Served.in(temp)) {
      assertThat(pid(served)).isPositive();
      mode(temp.resolve("sock"), "rw-rw-rw-");
      assertThatThrownBy(() -> AsUser.run(() -> pid(served)))
          .isInstanceOf(RefusedException.class)
          .hasMessageContaining("may not connect");
    }
  }

  @Test
  void whoIsAmongTheUsersNeedsNoFurtherHelp() throws Exception {
    AsUser.needsRoot();
    try (Served served =
        Served.in(temp, options -> options.users = List.of((long) AsUser.SOMEBODY))) {
      assertThat(pid(served)).isPositive();
      assertThat(AsUser.run(() -> pid(served))).isPositive();
    }
  }

  @Test
  void aJournalThatAnotherHasMadeIsNotWritten() throws Exception {
    AsUser.needsRoot();
    Path precious = Files.writeString(temp.resolve("precious"), "precious");
    Path folder = Files.createDirectories(temp.resolve("runtime/sock.journal"));
    Files.createSymbolicLink(folder.resolve("lock"), precious);
    giveAway(folder.resolve("lock"));
    giveAway(folder);
    assertThatThrownBy(() -> start(temp.resolve("runtime/sock")))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("belongs to user " + AsUser.SOMEBODY);
    assertThat(precious).hasContent("precious");
  }

  @Test
  void alsoInAFolderThatIsEverybodys() throws Exception {
    AsUser.needsRoot();
    Path folder = Files.createDirectory(temp.resolve("everybodys"));
    mode(folder, "rwxrwxrwx");
    assertThatThrownBy(() -> start(folder.resolve("sock")))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("others may write into " + folder);
    assertThat(folder.resolve("sock.journal")).doesNotExist();
  }

  @Test
  void aLockThatIsALinkIsNotFollowed() throws Exception {
    Path precious = Files.writeString(temp.resolve("precious"), "precious");
    Path folder = Files.createDirectory(temp.resolve("sock.journal"));
    Files.createSymbolicLink(folder.resolve("lock"), precious);
    assertThatThrownBy(() -> start(temp.resolve("sock"))).isInstanceOf(IOException.class);
    assertThat(precious).hasContent("precious");
  }

  @Test
  void nobodyElseCanHoldTheLockOfAJournalThatWasOpenToAll() throws Exception {
    Path folder = Files.createDirectory(temp.resolve("sock.journal"));
    mode(folder, "rwxr-xr-x");
    start(temp.resolve("sock")).close();
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder)))
        .isEqualTo("rwx------");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("lock"))))
        .isEqualTo("rw-------");
  }

  @Test
  void aClientAsksWhoseServerItIs() throws Exception {
    AsUser.needsRoot();
    Path folder = Files.createDirectory(temp.resolve("everybodys"));
    mode(folder, "rwxrwxrwx");
    Path socket = folder.resolve("sock");
    ClientOptions options = ClientOptions.defaults();
    try (ServerSocketChannel trap = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      AsUser.run(() -> trap.bind(UnixDomainSocketAddress.of(socket)));
      assertThatThrownBy(() -> RemoteKernel.connect(new Address.Unix(socket), options))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("another user's: " + AsUser.SOMEBODY);
    }
  }

  @Test
  void filesOfTlsThatOthersMayWriteAreNotTrusted() throws Exception {
    Certificates pki = new Certificates(temp.resolve("pki"), "authority");
    pki.vouchFor("server");
    mode(pki.authority(), "rw-rw-rw-");
    ServerOptions options = options(temp.resolve("sock"));
    options.listen = List.of("tls:localhost:0");
    options.tlsCert = pki.certificate("server");
    options.tlsKey = pki.key("server");
    options.tlsCa = pki.authority();
    assertThatThrownBy(() -> Server.check(options))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("others may write it");
  }

  private ServerOptions options(Path socket) throws IOException {
    ServerOptions options = new ServerOptions();
    options.root = Files.createDirectories(temp.resolve("root"));
    options.listen = List.of("unix:" + socket);
    return options;
  }

  private Server start(Path socket) throws IOException {
    return Server.open(options(socket));
  }
}
