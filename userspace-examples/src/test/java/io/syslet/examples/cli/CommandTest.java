package io.syslet.examples.cli;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command as a process of its own, from the classes that were built. */
class CommandTest {
  @TempDir Path tree = Path.of("");

  /** What a process printed, and how it ended. */
  private record Run(int status, String out, String err) {}

  private static List<String> java() {
    return new ArrayList<>(
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:+UseSerialGC",
            "--add-exports=java.base/jdk.internal.misc=ALL-UNNAMED",
            "--add-opens=java.base/java.lang=ALL-UNNAMED",
            "--enable-native-access=ALL-UNNAMED",
            "-cp",
            System.getProperty("java.class.path"),
            "io.syslet.examples.cli.Main"));
  }

  private Run run(String... arguments) throws IOException, InterruptedException {
    List<String> command = java();
    command.addAll(List.of(arguments));
    return run(command);
  }

  private Run run(List<String> command) throws IOException, InterruptedException {
    Path out = Files.createTempFile("out", "");
    Path err = Files.createTempFile("err", "");
    try {
      Process process =
          new ProcessBuilder(command)
              .redirectOutput(out.toFile())
              .redirectError(err.toFile())
              .start();
      assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
      return new Run(
          process.exitValue(),
          Files.readString(out, ISO_8859_1),
          Files.readString(err, ISO_8859_1));
    } finally {
      Files.delete(out);
      Files.delete(err);
    }
  }

  @Test
  void jsonHasTheKeysAndTheCallsAddUp() throws Exception {
    Files.writeString(Files.createDirectory(tree.resolve("d")).resolve("f"), "12345");
    Run run = run("walk", "--json", tree.toString());
    assertThat(run.err).isEmpty();
    assertThat(run.status).isZero();
    assertThat(number(run, "entries")).isEqualTo(2);
    assertThat(number(run, "directories")).isOne();
    assertThat(number(run, "bytes")).isEqualTo(5 + Files.size(tree.resolve("d")));
    assertThat(number(run, "errors")).isZero();
    assertThat(number(run, "calls"))
        .isPositive()
        .isEqualTo(number(run, "completed_inline") + number(run, "pending"));
    assertThat(number(run, "elapsed_ns")).isPositive();
    assertThat(run.out)
        .contains("\"missed\": ", "\"max_in_flight\": ", "\"workers\": ", "\"detector\": \"")
        .startsWith("{")
        .endsWith("}\n");
  }

  private static long number(Run run, String key) {
    int at = run.out.indexOf("\"" + key + "\": ") + key.length() + 4;
    int end = at;
    while (Character.isDigit(run.out.charAt(end))) {
      end++;
    }
    return Long.parseLong(run.out.substring(at, end));
  }

  @Test
  void helpAndVersion() throws Exception {
    Run help = run("walk", "--help");
    assertThat(help.status).isZero();
    assertThat(help.out).contains("--in-flight", "--lstat-only", "--policy", "DIR");
    assertThat(run("--version").out).startsWith("syslet ");
  }

  @Test
  void badOptionsAndAMissingDirectoryAreTwo() throws Exception {
    assertUsage(run("walk", "--nonsense", tree.toString()));
    assertUsage(run("walk"));
    assertUsage(run("walk", "--in-flight", "0", tree.toString()));
    assertUsage(run("walk", "--sync", "--lstat-only", tree.toString()));
    assertUsage(run("walk", tree.resolve("missing").toString()));
    assertUsage(run("walk", Files.writeString(tree.resolve("file"), "").toString()));
  }

  private static void assertUsage(Run run) {
    assertThat(run.status).isEqualTo(2);
    assertThat(run.out).isEmpty();
    assertThat(run.err).startsWith("syslet: ").endsWith("\n");
    assertThat(run.err.lines()).hasSize(1);
  }

  @Test
  void unreadableDirectoryIsOneForANormalUser() throws Exception {
    Assumptions.assumeTrue(Files.isExecutable(Path.of("/usr/bin/setpriv")), "no setpriv");
    Assumptions.assumeTrue(isRoot(), "not root: cannot become another user");
    Files.setPosixFilePermissions(
        tree, java.nio.file.attribute.PosixFilePermissions.fromString("rwxr-xr-x"));
    Files.setPosixFilePermissions(
        Files.createDirectory(tree.resolve("closed")),
        java.nio.file.attribute.PosixFilePermissions.fromString("rwx------"));
    // Without the capabilities root's own processes obey the modes of others' files.
    List<String> command =
        new ArrayList<>(List.of("setpriv", "--inh-caps=-all", "--bounding-set=-all"));
    command.addAll(java());
    command.addAll(List.of("walk", "--json", tree.toString()));
    Files.setAttribute(tree.resolve("closed"), "unix:uid", 65534);
    Run run = run(command);
    assertThat(run.err).isEqualTo("syslet: " + tree + "/closed: Permission denied (EACCES)\n");
    assertThat(run.status).isOne();
    assertThat(number(run, "errors")).isOne();
    assertThat(number(run, "entries")).isOne();
  }

  private static boolean isRoot() throws IOException {
    return (int) Files.getAttribute(Path.of("/proc/self"), "unix:uid") == 0;
  }

  @Test
  void listEndsQuietlyWhenNobodyReadsOn() throws Exception {
    for (int i = 0; i < 5000; i++) {
      Files.createFile(tree.resolve("a rather long name so that the pipe is soon full " + i));
    }
    List<String> command = new ArrayList<>(List.of("sh", "-c", "\"$@\" | head -n 1", "sh"));
    command.addAll(java());
    command.addAll(List.of("walk", "--list", tree.toString()));
    Run run = run(command);
    assertThat(run.out).startsWith("0\t" + tree + "/a rather").hasLineCount(1);
    assertThat(run.err).isEmpty();
  }

  @Test
  void interruptIsOneHundredAndThirty() throws Exception {
    List<String> command = java();
    command.addAll(List.of("walk", "--list", "/"));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    assertThat(process.getInputStream().read()).isNotNegative();
    assertThat(new ProcessBuilder("kill", "-INT", Long.toString(process.pid())).start().waitFor())
        .isZero();
    process.getInputStream().transferTo(java.io.OutputStream.nullOutputStream());
    assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).isEqualTo(130);
  }

  @Test
  void basicShowsBothWays() throws Exception {
    Run run = run("basic");
    assertThat(run.out)
        .contains(
            "read, the pipe empty: -ESYSLETPENDING", "completion 42: 6", "read, the pipe full: 6");
  }

  @Test
  void asyncReadyPrintsEachDirectory() throws Exception {
    Files.writeString(Files.createDirectory(tree.resolve("d")).resolve("f"), "12345");
    Run run = run("async-ready", tree.toString());
    assertThat(run.out.lines())
        .containsExactlyInAnyOrder(
            "1\t" + Files.size(tree.resolve("d")) + "\t" + tree, "1\t5\t" + tree.resolve("d"));
  }

  @Test
  void namesOfDirectoriesAreBytes() throws Exception {
    String script =
        "d=$(printf \"$0/\\377\\303(\"); mkdir \"$d\" && echo 12 >\"$d/f\" && exec \"$@\" walk"
            + " --list \"$d\"";
    List<String> command = new ArrayList<>(List.of("sh", "-c", script, tree.toString()));
    command.addAll(java());
    Run run = run(command);
    assertThat(run.out).isEqualTo("3\t" + tree + "/\u00ff\u00c3(/f\n");
    assertThat(new ProcessBuilder("sh", "-c", "rm -rf \"$0\"/*", tree.toString()).start().waitFor())
        .isZero();
  }
}
