package io.syslet.examples.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code syslet serve} and walks through it, each in a process of its own. */
class ServeCommandTest {
  private static final int FILES = 300;

  @TempDir private static Path folder;

  private static Path tree = Path.of("");
  private static List<String> tls = List.of();
  private static Process server;
  private static String ready = "";

  /** What a process printed, and how it ended. */
  private record Run(int status, String out, String err) {
    long number(String key) {
      Matcher field = Pattern.compile('"' + key + "\": (\\d+)").matcher(out);
      assertThat(field.find()).as(key + " in " + out + err).isTrue();
      return Long.parseLong(field.group(1));
    }
  }

  @BeforeAll
  static void serve() throws Exception {
    tree = Files.createDirectory(folder.resolve("tree"));
    for (int i = 0; i < FILES; i++) {
      Path directory = Files.createDirectories(tree.resolve("d" + i % 7));
      Files.writeString(directory.resolve("f" + i), "x".repeat(i));
    }
    tls = new PemFiles(folder).options();
    server =
        start(serveLine("--listen", "unix:" + folder.resolve("s"), "--listen", "tls:localhost:0"));
    ready = firstLine(server);
  }

  @AfterAll
  static void stop() {
    server.destroyForcibly();
  }

  private static List<String> serveLine(String... more) {
    List<String> line = new ArrayList<>(List.of("serve", "--root", tree.toString()));
    // A client's JVM may take long to start on a machine that does much else.
    line.addAll(List.of("--handshake-timeout", "60"));
    line.addAll(List.of(more));
    line.addAll(tls);
    return line;
  }

  private static Process start(List<String> arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    for (String each :
        List.of("jdk.internal.misc", "jdk.internal.vm", "jdk.internal.ref", "sun.nio.ch")) {
      command.add("--add-exports=java.base/" + each + "=ALL-UNNAMED");
    }
    command.add("--add-opens=java.base/java.lang=ALL-UNNAMED");
    command.add("--add-opens=java.base/java.lang.reflect=ALL-UNNAMED");
    command.add("--sun-misc-unsafe-memory-access=allow");
    command.add("--enable-native-access=ALL-UNNAMED");
    command.add("-Xmx256m");
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName()));
    command.addAll(arguments);
    return new ProcessBuilder(command).redirectError(folder.resolve("err").toFile()).start();
  }

  private static String firstLine(Process process) throws IOException {
    BufferedReader lines = process.inputReader();
    return String.valueOf(lines.readLine());
  }

  private static Run run(List<String> arguments) throws Exception {
    Process process = start(arguments);
    String out = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    return new Run(process.exitValue(), out, Files.readString(folder.resolve("err")));
  }

  private static void walkEqualsTheOneInProcess(List<String> arguments) throws Exception {
    Run local = run(List.of("walk", "--json", tree.toString()));
    Run remote = run(arguments);
    assertThat(remote.status).as(remote.err).isZero();
    for (String key : List.of("entries", "directories", "bytes", "errors")) {
      assertThat(remote.number(key)).as(key).isEqualTo(local.number(key));
    }
    assertThat(remote.number("entries")).isEqualTo(FILES + 7);
    assertThat(remote.number("calls"))
        .isEqualTo(remote.number("completed_inline") + remote.number("pending"));
  }

  @Test
  void aWalkOverTheSocketFindsTheSame() throws Exception {
    assertThat(ready).startsWith("syslet: ready, unix:" + folder.resolve("s")).contains("root");
    String address = "unix:" + folder.resolve("s");
    walkEqualsTheOneInProcess(List.of("walk", "--json", "--connect", address, "/"));
    walkEqualsTheOneInProcess(List.of("walk", "--json", "--connect", address, "."));
  }

  @Test
  void aWalkOverTlsFindsTheSame() throws Exception {
    Matcher address = Pattern.compile("tls:localhost:\\d+").matcher(ready);
    assertThat(address.find()).as(ready).isTrue();
    List<String> line =
        new ArrayList<>(List.of("walk", "--json", "--connect", address.group(), "/"));
    line.addAll(tls);
    walkEqualsTheOneInProcess(line);
  }

  @Test
  void whereNobodyListensOneLineSaysSo() throws Exception {
    Run run = run(List.of("walk", "--connect", "unix:" + folder.resolve("none"), "/"));
    assertThat(run.status).isOne();
    assertThat(run.err).startsWith("syslet: unix:").hasLineCount(1);
  }

  @Test
  void aDryRunSaysWhatIsWrongAndTouchesNothing() throws Exception {
    String address = "unix:" + folder.resolve("dry");
    Run right = run(serveLine("--dry-run", "--listen", address));
    assertThat(right.status).as(right.err).isZero();
    Run wrong = run(serveLine("--dry-run", "--listen", address, "--ring-elements", "3"));
    assertThat(wrong.status).isEqualTo(2);
    assertThat(wrong.err).contains("--ring-elements").hasLineCount(1);
    Run twice = run(serveLine("--dry-run", "--listen", address, "--listen", address));
    assertThat(twice.status).isEqualTo(2);
    assertThat(twice.err).startsWith("syslet: --listen: twice: unix:").hasLineCount(1);
    assertThat(folder.resolve("dry")).doesNotExist();
  }

  @Test
  void aSecondServerFailsAndASignalEndsTheFirstWell() throws Exception {
    String address = "unix:" + folder.resolve("once");
    Process first = start(serveLine("--listen", address));
    assertThat(firstLine(first)).startsWith("syslet: ready");
    Run second = run(serveLine("--listen", address, "--journal", "off"));
    assertThat(second.status).isOne();
    assertThat(second.err).contains("another server listens there").hasLineCount(1);
    first.destroy();
    assertThat(first.waitFor(30, TimeUnit.SECONDS)).isTrue();
    assertThat(first.exitValue()).isZero();
    assertThat(folder.resolve("once")).doesNotExist();
  }

  @Test
  void theLogIsJsonOnRequest() throws Exception {
    Path config = Files.writeString(folder.resolve("log.json"), "{\"log\": \"json\"}");
    String address = "unix:" + folder.resolve("logged");
    Process logging =
        start(serveLine("--config", config.toString(), "--listen", address, "--http", "0.0.0.0:0"));
    assertThat(firstLine(logging)).startsWith("syslet: ready");
    logging.destroy();
    assertThat(logging.waitFor(30, TimeUnit.SECONDS)).isTrue();
    List<String> lines = Files.readAllLines(folder.resolve("err"));
    assertThat(lines).allMatch(line -> line.startsWith("{\"time\":\"") && line.endsWith("\"}"));
    assertThat(lines).anyMatch(line -> line.contains("\"message\":\"--http: every host"));
    Run wrong = run(serveLine("--dry-run", "--log", "xml"));
    assertThat(wrong.err).isEqualTo("syslet: --log: text or json, not xml\n");
  }
}
