package io.syslet.threads.programs;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import kafka.tools.StorageTool;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;

/** A broker in this JVM, which is its own controller. */
final class KafkaBroker implements AutoCloseable {
  private final String address = "localhost:" + freePort();
  private final KafkaRaftServer server;

  /** Starts one that keeps its log in a folder. */
  KafkaBroker(Path folder) throws IOException {
    Map<String, String> properties = properties(folder.resolve("log"), "localhost:" + freePort());
    format(folder.resolve("properties"), properties);
    server = new KafkaRaftServer(new KafkaConfig(properties, false), Time.SYSTEM);
    server.startup();
  }

  /** Where it listens. */
  String address() {
    return address;
  }

  private Map<String, String> properties(Path log, String controller) {
    return Map.of(
        "process.roles", "broker,controller",
        "node.id", "1",
        "controller.quorum.bootstrap.servers", controller,
        "controller.listener.names", "CONTROLLER",
        "listener.security.protocol.map", "CONTROLLER:PLAINTEXT,PLAINTEXT:PLAINTEXT",
        "listeners", "PLAINTEXT://" + address + ",CONTROLLER://" + controller,
        "log.dirs", log.toString(),
        "offsets.topic.replication.factor", "1",
        "group.initial.rebalance.delay.ms", "0");
  }

  private static void format(Path file, Map<String, String> properties) throws IOException {
    String text =
        properties.entrySet().stream()
            .map(each -> each.getKey() + "=" + each.getValue())
            .collect(Collectors.joining("\n"));
    Files.writeString(file, text);
    String[] arguments = {
      "format", "--standalone", "-t", Uuid.randomUuid().toString(), "-c", file.toString()
    };
    PrintStream nowhere =
        new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
    int status = StorageTool.execute(arguments, nowhere);
    if (status != 0) {
      throw new IOException("the log could not be formatted: " + status);
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  @Override
  public void close() {
    server.shutdown();
    server.awaitShutdown();
  }
}
