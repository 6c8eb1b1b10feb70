package io.syslet.hadoop;

import io.syslet.client.wire.Address;
import io.syslet.server.Server;
import io.syslet.server.ServerOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;

/** A folder that a server in this process serves, by a Unix socket and by TLS. */
final class ServedFolder implements AutoCloseable {
  final Path root;
  private final Path folder;
  private final Pki pki;
  private final Server server;

  /** Serves a folder in a folder, where clients may write. */
  ServedFolder(Path folder) throws Exception {
    this(folder, options -> options.grant = List.of("write"));
  }

  /** Serves a folder in a folder, with other options. */
  ServedFolder(Path folder, Consumer<ServerOptions> setting) throws Exception {
    this.folder = folder;
    this.root = Files.createDirectories(folder.resolve("root"));
    this.pki = Pki.in(folder.resolve("pki"));
    ServerOptions options = new ServerOptions();
    options.root = root;
    options.listen = List.of("unix:" + folder.resolve("sock"), "tls:localhost:0");
    options.tlsCert = pki.certificate("server");
    options.tlsKey = pki.key("server");
    options.tlsCa = pki.authority();
    options.http = "off";
    options.drainTimeout = 1;
    setting.accept(options);
    server = Server.open(options);
  }

  /** What a client needs to know. */
  Configuration configuration() {
    Configuration conf = new Configuration(false);
    configure(conf);
    return conf;
  }

  void configure(Configuration conf) {
    conf.set(DoorKeys.SOCKET, folder.resolve("sock").toString());
    configure(conf, pki);
    conf.set(DoorKeys.RETRY_TIME, "5s");
  }

  static void configure(Configuration conf, Pki pki) {
    conf.set(DoorKeys.TLS_CERT, pki.certificate("client").toString());
    conf.set(DoorKeys.TLS_KEY, pki.key("client").toString());
    conf.set(DoorKeys.TLS_CA, pki.authority().toString());
  }

  /** Where it is: {@code unix} or {@code tls}. */
  String uri(String kind) {
    if (kind.equals("unix")) {
      return "syslet:///";
    }
    for (Address address : server.addresses()) {
      if (address instanceof Address.Tls tls) {
        return "syslet://" + tls.host() + ":" + tls.port() + "/";
      }
    }
    throw new IllegalStateException("no TLS");
  }

  Server server() {
    return server;
  }

  /** A file system of its own, which the caller closes. */
  FileSystem open(String kind) throws Exception {
    return open(kind, conf -> {});
  }

  FileSystem open(String kind, Consumer<Configuration> setting) throws Exception {
    Configuration conf = configuration();
    setting.accept(conf);
    return FileSystem.newInstance(java.net.URI.create(uri(kind)), conf);
  }

  @Override
  public void close() {
    server.close();
  }
}
