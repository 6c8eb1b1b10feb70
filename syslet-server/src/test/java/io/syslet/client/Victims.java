package io.syslet.client;

import io.syslet.client.wire.Address;
import io.syslet.server.Certificates;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Processes that a test kills: a server in a folder, always at the same addresses, and others. */
final class Victims implements AutoCloseable {
  /** What is served. */
  final Path root;

  /** Of the server. */
  final Path socket;

  final Path journal;
  private final Path said;
  private final Certificates certificates;
  private final List<Process> all = new ArrayList<>();
  private Process server;

  Victims(Path folder) throws IOException {
    root = Files.createDirectory(folder.resolve("root"));
    socket = folder.resolve("socket");
    journal = folder.resolve("socket.journal");
    said = folder.resolve("said");
    certificates = new Certificates(folder.resolve("pki"), "authority");
    certificates.vouchFor("server");
    certificates.vouchFor("client");
    server = serve();
  }

  Address address(String kind) {
    return kind.equals("unix") ? new Address.Unix(socket) : ServerMain.TLS;
  }

  /** What a client needs, which waits for a server as long as it takes. */
  ClientOptions options() {
    Duration most = Duration.ofMinutes(1);
    return ClientOptions.defaults()
        .tls(certificates.certificate("client"), certificates.key("client"), authority())
        .times(most, most, Duration.ZERO);
  }

  private Path authority() {
    return certificates.authority();
  }

  private Process serve() throws IOException {
    return start(
        ServerMain.command(
            "unix:" + socket,
            root.toString(),
            certificates.certificate("server").toString(),
            certificates.key("server").toString(),
            authority().toString()));
  }

  /** Starts {@link NumberedCalls}. */
  Process call(Path log, Address address, long seed) throws IOException {
    return start(
        ServerMain.java(
            NumberedCalls.class,
            log.toString(),
            address.toString(),
            authority().toString(),
            certificates.certificate("client").toString(),
            certificates.key("client").toString(),
            Long.toString(seed)));
  }

  Process start(List<String> command) throws IOException {
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(said.toFile()))
            .start();
    all.add(process);
    return process;
  }

  Process server() {
    return server;
  }

  /** SIGKILL, and another one begins. */
  void killServer() throws Exception {
    server.destroyForcibly().waitFor();
    server = serve();
  }

  /** Whether the server has said that it is ready: from then on it ends in an orderly way. */
  boolean isReady() {
    return said().contains(", pid " + server.pid() + ".");
  }

  /** What the processes have said, for a failure. */
  String said() {
    try {
      return Files.readString(said);
    } catch (IOException e) {
      return e.toString();
    }
  }

  /** Whatever happened, no process is left. */
  @Override
  public void close() {
    for (Process each : all) {
      each.destroyForcibly().onExit().join();
    }
  }
}
