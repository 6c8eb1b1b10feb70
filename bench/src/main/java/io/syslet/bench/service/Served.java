package io.syslet.bench.service;

import io.syslet.bench.Fork;
import io.syslet.client.ClientOptions;
import io.syslet.client.RemoteKernel;
import io.syslet.client.wire.Address;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** A {@link ServedProcess}, and how to get there. */
final class Served implements AutoCloseable {
  private final Path folder;
  private final Process process;
  private final Address unix;
  private final Address tls;

  /** Starts it; the folder has a {@link Pki}. */
  Served(Path folder, Path root) throws IOException {
    this.folder = folder;
    process =
        Fork.start(ServedProcess.class, List.of(), List.of(folder.toString(), root.toString()));
    BufferedReader out = out(process);
    unix = Address.parse(String.valueOf(out.readLine()));
    tls = Address.parse(String.valueOf(out.readLine()));
  }

  static BufferedReader out(Process process) {
    return new BufferedReader(
        new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
  }

  long pid() {
    return process.pid();
  }

  Address unix() {
    return unix;
  }

  RemoteKernel connectUnix() throws IOException {
    return RemoteKernel.connect(unix, ClientOptions.defaults());
  }

  RemoteKernel connectUnix(long arenaBytes, int ringElements) throws IOException {
    return RemoteKernel.connect(unix, ClientOptions.defaults().share(arenaBytes, ringElements));
  }

  RemoteKernel connectTls() throws IOException {
    Pki pki = new Pki(folder);
    ClientOptions options =
        ClientOptions.defaults().tls(pki.certificate("client"), pki.key("client"), pki.authority());
    return RemoteKernel.connect(tls, options);
  }

  @Override
  public void close() throws IOException {
    process.getOutputStream().close();
    process.onExit().join();
  }
}
