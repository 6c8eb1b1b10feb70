package io.syslet.client;

import io.syslet.client.wire.Address;
import io.syslet.server.Server;
import io.syslet.server.ServerOptions;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/** A server in a process that a test can kill. */
final class ServerMain {
  /** Where it listens by TLS, in each test the same port. */
  static final Address.Tls TLS =
      new Address.Tls("localhost", 20_000 + (int) (ProcessHandle.current().pid() % 10_000));

  private ServerMain() {}

  /** How to start it. */
  static List<String> command(
      String address, String root, String certificate, String key, String authority) {
    return java(ServerMain.class, address, TLS.toString(), root, certificate, key, authority);
  }

  /** How to start a class of ours in a JVM like this one. */
  static List<String> java(Class<?> main, String... arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    for (String flag : ManagementFactory.getRuntimeMXBean().getInputArguments()) {
      if (flag.startsWith("--add-") || flag.startsWith("--enable") || flag.startsWith("--sun")) {
        command.add(flag);
      }
    }
    command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx128m", "-cp"));
    command.addAll(List.of(System.getProperty("java.class.path"), main.getName()));
    command.addAll(List.of(arguments));
    return command;
  }

  /** Serves, lets its clients write and takes descriptors, until it is killed. */
  public static void main(String[] arguments) throws Exception {
    ServerOptions options = new ServerOptions();
    options.listen = List.of(arguments[0], arguments[1]);
    options.root = Path.of(arguments[2]);
    options.tlsCert = Path.of(arguments[3]);
    options.tlsKey = Path.of(arguments[4]);
    options.tlsCa = Path.of(arguments[5]);
    options.grant = List.of("write", "descriptors");
    options.drainTimeout = 0;
    Server server = Server.open(options);
    Runtime.getRuntime().addShutdownHook(new Thread(server::close));
    System.out.println(server.ready() + ", pid " + ProcessHandle.current().pid() + ".");
    new CountDownLatch(1).await();
  }
}
