package io.syslet.server;

import io.syslet.client.ClientOptions;
import io.syslet.client.RemoteKernel;
import io.syslet.client.wire.Address;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** A server in this process, which listens on a Unix socket and by TLS, and how to get there. */
public final class Served implements AutoCloseable {
  /** Where the folder is that is served. */
  public final Path root;

  public final Certificates certificates;
  public final ServerOptions options = new ServerOptions();
  private final Path folder;
  private final Server server;

  private Served(Path folder, Setting setting) throws IOException {
    this.folder = folder;
    root = Files.createDirectories(folder.resolve("root"));
    certificates = new Certificates(folder.resolve("pki"), "authority");
    certificates.vouchFor("server");
    certificates.vouchFor("client");
    options.root = root;
    options.listen = List.of("unix:" + folder.resolve("sock"), "tls:localhost:0");
    options.tlsCert = certificates.certificate("server");
    options.tlsKey = certificates.key("server");
    options.tlsCa = certificates.authority();
    options.drainTimeout = 1;
    setting.set(options);
    server = Server.open(options);
  }

  /** Changes the options of a server that is about to start. */
  public interface Setting {
    void set(ServerOptions options) throws IOException;
  }

  /** Starts one that lets its clients write, in a folder of its own. */
  public static Served in(Path folder) throws IOException {
    return in(folder, options -> options.grant = List.of("write"));
  }

  /** Starts one with other options. */
  public static Served in(Path folder, Setting setting) throws IOException {
    return new Served(folder, setting);
  }

  public Server server() {
    return server;
  }

  public Address.Unix unix() {
    return new Address.Unix(folder.resolve("sock"));
  }

  public Address.Tls tls() {
    for (Address address : server.addresses()) {
      if (address instanceof Address.Tls tls) {
        return tls;
      }
    }
    throw new IllegalStateException("no TLS");
  }

  public Address address(String kind) {
    return kind.equals("unix") ? unix() : tls();
  }

  /** What a client of this server needs. */
  public ClientOptions client() {
    return ClientOptions.defaults()
        .tls(
            certificates.certificate("client"),
            certificates.key("client"),
            certificates.authority())
        .times(Duration.ofSeconds(5), Duration.ofSeconds(5), Duration.ofMillis(100));
  }

  /** A kernel at the other end. */
  public RemoteKernel connect(String kind) throws IOException {
    return RemoteKernel.connect(address(kind), client());
  }

  @Override
  public void close() {
    server.close();
  }
}
