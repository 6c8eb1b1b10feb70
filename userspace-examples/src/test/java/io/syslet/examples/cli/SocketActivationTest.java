package io.syslet.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.syslet.Nr;
import io.syslet.client.ClientOptions;
import io.syslet.client.RemoteKernel;
import io.syslet.client.wire.Address;
import io.syslet.server.net.PassedSockets;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code serve} with sockets that listen before it does. Skipped without gcc, and systemd. */
class SocketActivationTest {
  private static final Path GCC = Path.of("/usr/bin/gcc");
  private static final Path SYSTEMDS = Path.of("/usr/bin/systemd-socket-activate");

  @TempDir private Path folder;
  private Path socket;
  private PemFiles pem;
  private @Nullable Process server;

  @BeforeEach
  void prepare() throws Exception {
    socket = folder.resolve("sock");
    pem = new PemFiles(folder);
  }

  @AfterEach
  void end() throws InterruptedException {
    if (server != null) {
      server.destroyForcibly().waitFor();
    }
  }

  private Process serve(List<String> launcher) throws IOException {
    List<String> line = new ArrayList<>(launcher);
    line.addAll(SysletProcess.java());
    line.addAll(List.of("serve", "--root", folder.toString(), "--journal", "off", "--http", "off"));
    line.addAll(pem.options());
    server = new ProcessBuilder(line).redirectErrorStream(true).start();
    return server;
  }

  private void call(Address address) throws IOException {
    Duration most = Duration.ofMinutes(1);
    ClientOptions options =
        ClientOptions.defaults()
            .tls(pem.certificate, pem.key, pem.authority)
            .times(most, most, Duration.ZERO);
    try (RemoteKernel kernel = RemoteKernel.connect(address, options)) {
      assertThat(kernel.syscall(Nr.GETPID, 0, 0, 0)).isPositive();
    }
  }

  private void ends(Process process) throws InterruptedException {
    process.destroy();
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).isZero();
    assertThat(socket).as("whoever made it takes it away").exists();
  }

  @Test
  void bothKindsOfSocketsAreTaken() throws Exception {
    assumeTrue(Files.isExecutable(GCC), "no gcc here");
    Path launcher = folder.resolve("activate");
    Path source = Path.of("src/test/c/activate.c");
    assertThat(run(GCC.toString(), "-Wall", "-o", launcher.toString(), source.toString())).isZero();
    Process process = serve(List.of(launcher.toString(), socket.toString()));
    String ready = String.valueOf(process.inputReader().readLine());
    Matcher port = Pattern.compile("tls:127\\.0\\.0\\.1:(\\d+)").matcher(ready);
    assertThat(port.find()).as(ready).isTrue();
    assertThat(ready).contains("unix:" + socket, "epoll");
    call(new Address.Unix(socket));
    call(new Address.Tls("localhost", Integer.parseInt(port.group(1))));
    ends(process);
  }

  private static int run(String... line) throws IOException, InterruptedException {
    return new ProcessBuilder(line).inheritIO().start().waitFor();
  }

  /** The client that has the server started is served by it. */
  @Test
  void systemdStartsAServerForItsFirstClient() throws Exception {
    assumeTrue(Files.isExecutable(SYSTEMDS), "no systemd here");
    Process process = serve(List.of(SYSTEMDS.toString(), "-l", socket.toString()));
    // The socket is there a moment before anybody listens.
    assertThat(process.inputReader().readLine()).startsWith("Listening on " + socket);
    call(new Address.Unix(socket));
    ends(process);
  }

  @Test
  void whatIsNoSocketIsSaidAndAnotherProcesssIsNotTaken() throws Exception {
    String ours = Long.toString(ProcessHandle.current().pid());
    assertThat(PassedSockets.of(Map.of("LISTEN_PID", "1", "LISTEN_FDS", "1"))).isEmpty();
    assertThat(PassedSockets.of(Map.of())).isEmpty();
    assertThatThrownBy(() -> PassedSockets.of(Map.of("LISTEN_PID", ours, "LISTEN_FDS", "many")))
        .hasMessage("LISTEN_FDS: a number of sockets, not many");
    assertThatThrownBy(() -> PassedSockets.of(Map.of("LISTEN_PID", ours, "LISTEN_FDS", "1")))
        .hasMessageContaining("descriptor 3: ");
  }
}
