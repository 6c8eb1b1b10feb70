package io.syslet.bench.service;

import io.syslet.Kernel;
import io.syslet.bench.Figures;
import io.syslet.bench.Table;
import io.syslet.client.RemoteKernel;
import io.syslet.examples.Walk;
import io.syslet.examples.WalkOptions;
import io.syslet.examples.WalkResult;
import io.syslet.linux.LinuxKernel;
import io.syslet.linux.LinuxOptions;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The walk of a cached tree: in process, through the local service, and over TLS, in turns and in
 * one JVM; then as whole commands.
 */
final class ServiceWalkReport {
  private static final int DIRECTORIES = 400;
  private static final int FILES = 100;
  private static final int WARM_UP = 3;
  private static final double MILLI = 1e6;
  private static final String HERE = "in process";

  /** The command, seen from where the benches run. */
  private static final Path COMMAND = Path.of("../../syslet").toAbsolutePath().normalize();

  private final int rounds;
  private final Map<String, Figures[]> found = new LinkedHashMap<>();
  private long entries = -1;

  ServiceWalkReport(int rounds) {
    this.rounds = rounds;
  }

  void run() throws Exception {
    try (Folder folder = Folder.make()) {
      Pki.make(folder.path());
      folder.plant(DIRECTORIES, FILES);
      try (Served served = new Served(folder.path(), folder.root())) {
        for (int round = -WARM_UP; round < rounds; round++) {
          round(served, folder.root(), round >= 0);
        }
        if (commandWorks()) {
          for (int round = -1; round < rounds; round++) {
            commands(served, folder.root(), round >= 0);
          }
        }
      }
    }
    System.out.println("walk: " + entries + " entries, cached");
    System.out.print(table());
  }

  private void round(Served served, Path root, boolean counts) throws Exception {
    String here = root.toString();
    double base;
    try (LinuxKernel kernel = LinuxKernel.boot(LinuxOptions.defaults())) {
      base = add(HERE, walk(kernel, here), Double.NaN, 0, counts);
    }
    try (RemoteKernel kernel = served.connectUnix()) {
      remote("local service", kernel, base, counts);
    }
    try (RemoteKernel kernel = served.connectTls()) {
      remote("over TLS", kernel, base, counts);
    }
  }

  private void remote(String what, RemoteKernel kernel, double base, boolean counts)
      throws Exception {
    long messages = kernel.socketMessages();
    WalkResult result = walk(kernel, ".");
    add(what, result, base, kernel.socketMessages() - messages, counts);
  }

  private static WalkResult walk(Kernel kernel, String path) throws Exception {
    byte[] name = path.getBytes(StandardCharsets.UTF_8);
    return new Walk(kernel, WalkOptions.defaults(), name).run();
  }

  private double add(String what, WalkResult result, double base, long messages, boolean counts) {
    if ((entries >= 0 && entries != result.entries()) || result.errors() > 0) {
      throw new IllegalStateException(what + ": another walk: " + result);
    }
    entries = result.entries();
    double millis = result.elapsedNanos() / MILLI;
    if (counts) {
      double calls = result.calls();
      note(what, millis, base, messages / calls, result.pending() / calls);
    }
    return millis;
  }

  private void note(String what, double millis, double base, double messages, double pending) {
    Figures[] of =
        found.computeIfAbsent(
            what,
            name -> new Figures[] {new Figures(), new Figures(), new Figures(), new Figures()});
    of[0].add(millis);
    of[1].add(Double.isNaN(base) ? 1 : millis / base);
    of[2].add(messages);
    of[3].add(pending);
  }

  /** It builds itself first, which it cannot do everywhere. */
  private static boolean commandWorks() throws IOException, InterruptedException {
    return Files.isExecutable(COMMAND) && exit(List.of(COMMAND.toString(), "--help")) == 0;
  }

  private void commands(Served served, Path root, boolean counts) throws Exception {
    String command = COMMAND.toString();
    double base = time(List.of(command, "walk", "--no-progress", root.toString()));
    double other =
        time(List.of(command, "walk", "--no-progress", "--connect", served.unix().toString(), "."));
    if (counts) {
      note("./syslet walk", base, Double.NaN, Double.NaN, Double.NaN);
      note("./syslet walk --connect", other, base, Double.NaN, Double.NaN);
    }
  }

  private static double time(List<String> command) throws IOException, InterruptedException {
    long start = System.nanoTime();
    int exit = exit(command);
    if (exit != 0) {
      throw new IllegalStateException(command + " failed: " + exit);
    }
    return (System.nanoTime() - start) / MILLI;
  }

  private static int exit(List<String> command) throws IOException, InterruptedException {
    return new ProcessBuilder(command)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start()
        .waitFor();
  }

  private Table table() {
    Table table =
        new Table(
            "walk",
            "ms",
            "min..max",
            "ratio",
            "min..max",
            "socket messages per call",
            "pending per call");
    found.forEach(
        (what, of) ->
            table.row(
                what,
                Table.number(of[0].median(), 0),
                of[0].range(0),
                Table.number(of[1].median(), 2),
                of[1].range(2),
                known(of[2].median()),
                known(of[3].median())));
    return table;
  }

  private static String known(double value) {
    return Double.isNaN(value) ? "-" : Table.number(value, 4);
  }
}
