package io.syslet.bench.service;

import io.syslet.server.Server;
import io.syslet.server.ServerOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * A server as {@code syslet serve} starts it, on a Unix socket and by TLS. Prints its addresses;
 * ends at the end of its input. {@code ServedProcess FOLDER ROOT}.
 */
final class ServedProcess {
  private ServedProcess() {}

  /** Serves. */
  public static void main(String[] args) throws IOException {
    Path folder = Path.of(args[0]);
    Pki pki = new Pki(folder);
    ServerOptions options = new ServerOptions();
    options.root = Path.of(args[1]);
    options.listen = List.of("unix:" + folder.resolve("sock"), "tls:localhost:0");
    options.tlsCert = pki.certificate("server");
    options.tlsKey = pki.key("server");
    options.tlsCa = pki.authority();
    try (Server server = Server.open(options)) {
      server.addresses().forEach(System.out::println);
      while (System.in.read() >= 0) {}
    }
  }
}
