package io.syslet.hadoop;

import io.syslet.server.Server;
import io.syslet.server.ServerOptions;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A server in a process of its own, which can be killed, stopped and started again. */
final class ServerProcess implements AutoCloseable {
  private final List<String> command = new ArrayList<>();
  private Process process;

  /**
   * Starts one, whose clients may write.
   *
   * @param before what runs the command, such as one that enters a network namespace.
   */
  ServerProcess(List<String> before, String listen, Path root, Pki pki) throws IOException {
    this(before, listen, root, pki, "write");
  }

  /** Starts one that grants this, or nothing. */
  ServerProcess(List<String> before, String listen, Path root, Pki pki, String grant)
      throws IOException {
    command.addAll(before);
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    for (String flag : ManagementFactory.getRuntimeMXBean().getInputArguments()) {
      if (flag.startsWith("--add-") || flag.startsWith("--enable") || flag.startsWith("--sun")) {
        command.add(flag);
      }
    }
    command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx128m", "-cp"));
    command.add(
        System.getProperty("syslet.server.classpath", System.getProperty("java.class.path")));
    command.addAll(List.of(ServerProcess.class.getName(), listen, root.toString()));
    command.addAll(List.of(pki.folder().toString(), grant));
    start();
  }

  void start() throws IOException {
    ProcessBuilder builder = new ProcessBuilder(command);
    process = builder.redirectError(ProcessBuilder.Redirect.INHERIT).start();
    String line = process.inputReader().readLine();
    if (line == null || !line.startsWith("ready")) {
      throw new IOException("no server: " + line);
    }
  }

  /** Kills it: it cannot say goodbye. */
  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  /** Sends a signal, such as STOP. */
  void signal(String name) throws IOException, InterruptedException {
    new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start().waitFor();
  }

  @Override
  public void close() throws IOException {
    process.destroyForcibly();
    try {
      process.waitFor(20, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Serves until it is killed. */
  public static void main(String[] arguments) throws Exception {
    Pki pki = new Pki(Path.of(arguments[2]));
    ServerOptions options = new ServerOptions();
    options.listen = List.of(arguments[0]);
    options.root = Path.of(arguments[1]);
    options.tlsCert = pki.certificate("server");
    options.tlsKey = pki.key("server");
    options.tlsCa = pki.authority();
    options.grant = arguments[3].isEmpty() ? List.of() : List.of(arguments[3]);
    options.http = "off";
    options.journal = pki.folder().resolve("journal-" + arguments[0].replace('/', '_')).toString();
    Server server = Server.open(options);
    System.out.println(server.ready());
    new CountDownLatch(1).await();
  }
}
