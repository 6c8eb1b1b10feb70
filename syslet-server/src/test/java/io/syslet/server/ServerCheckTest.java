package io.syslet.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.syslet.CString;
import io.syslet.Errno;
import io.syslet.Nr;
import io.syslet.Sys;
import io.syslet.client.ClientOptions;
import io.syslet.client.RemoteKernel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is wrong with options, files or the machine is found out before a server starts. */
class ServerCheckTest {
  @TempDir private static Path temp;

  /** Options to serve a folder at a socket in it. */
  static ServerOptions options(Path folder) {
    ServerOptions options = new ServerOptions();
    options.root = folder;
    options.listen = List.of("unix:" + folder.resolve("s"));
    return options;
  }

  @Test
  void aCheckTouchesNothing() throws Exception {
    ServerOptions options = options(temp);
    Server.check(options);
    assertThat(temp.resolve("s")).doesNotExist();
    assertThat(temp.resolve("s.journal")).doesNotExist();
  }

  @ParameterizedTest
  @ValueSource(strings = {"tcp:1", "unix:/" + "x/", "tls:host", "tls::1", "tls:h:70000", ""})
  void anAddressThatIsNoneIsNamed(String address) {
    ServerOptions options = options(temp);
    options.listen = List.of(address.equals("unix:/x/") ? "unix:/" + "x".repeat(200) : address);
    assertThatThrownBy(() -> Server.check(options)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void valuesOutOfRangeAreNamed() {
    ServerOptions options = options(temp);
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
    ServerOptions options = options(temp);
    options.listen = List.of("tls:localhost:0");
    assertThatThrownBy(() -> Server.check(options)).hasMessageContaining("certificate");
  }

  @Test
  void aFileSetsOptionsAndItsUnknownKeysAreNamed() throws Exception {
    Path file = temp.resolve("config.json");
    ServerOptions options = options(temp);
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
    assertThatThrownBy(() -> ConfigFile.read(file, options(temp)))
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
    ServerOptions options = options(temp);
    ServerOptions.class.getField(field).setInt(options, value);
    assertThatThrownBy(() -> Server.check(options))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageMatching("(--|time-outs).*");
  }

  // ---- what is found out before the start

  @Test
  void withoutOpenat2ThereIsNoServer() throws Exception {
    Server.check(options(temp));
    assertThatThrownBy(() -> WithoutCall.run(437, () -> Server.open(options(temp))))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("openat2 does not work here");
    assertThatThrownBy(
            () ->
                WithoutCall.run(
                    437,
                    () -> {
                      Server.check(options(temp));
                      return 0;
                    }))
        .hasMessageContaining("openat2 does not work here");
    assertThat(temp.resolve("s")).doesNotExist();
  }

  @Test
  void withoutMemoryThatCanBeSharedThereIsNoServer() throws Exception {
    Server.check(options(temp));
    assertThatThrownBy(() -> WithoutCall.run(319, () -> Server.open(options(temp))))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("memory cannot be shared here (memfd_create: errno 38)");
    assertThat(temp.resolve("s")).doesNotExist();
  }

  @Test
  void aKeyOfAnotherCertificateIsNamed() throws Exception {
    Certificates pki = new Certificates(Files.createTempDirectory(temp, "keys"), "authority");
    pki.vouchFor("server");
    pki.vouchFor("other");
    ServerOptions options = options(temp);
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
    Path root = Files.createTempDirectory(temp, "root");
    ServerOptions options = new ServerOptions();
    options.root = root;
    options.listen = List.of("unix:" + root.resolve("sock"));
    options.grant = List.of("write");
    assertThatThrownBy(() -> Server.check(options)).hasMessageContaining("below the served root");
    assertThatThrownBy(() -> Server.open(options)).hasMessageContaining("below the served root");
    options.grant = List.of();
    Files.writeString(root.resolve("file"), "mine");
    try (Server server = Server.open(options);
        RemoteKernel kernel =
            RemoteKernel.connect(server.addresses().getFirst(), ClientOptions.defaults())) {
      assertThat(open(kernel, "file", 0)).isPositive();
      assertThat(open(kernel, "sock.journal/lock", 0)).isEqualTo(-Errno.EACCES);
      assertThat(open(kernel, "sock.journal", Sys.O_DIRECTORY)).isEqualTo(-Errno.EACCES);
      assertThat(open(kernel, "sock.journal", Sys.O_PATH)).isEqualTo(-Errno.EACCES);
    }
  }

  private static long open(RemoteKernel kernel, String path, int flags) {
    long name = CString.allocate(kernel.arena(), path);
    return kernel.syscall(Nr.OPENAT, Sys.AT_FDCWD, name, flags);
  }
}
