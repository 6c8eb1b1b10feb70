package io.syslet.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.syslet.examples.cli.SysletProcess.Ended;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command as a process of its own, from the classes that were built. */
class CommandTest {
  @TempDir Path tree = Path.of("");

  private static Ended run(String... arguments) throws Exception {
    return SysletProcess.plain().run(arguments);
  }

  @Test
  void jsonHasTheKeysAndTheCallsAddUp() throws Exception {
    Files.writeString(Files.createDirectory(tree.resolve("d")).resolve("f"), "12345");
    Ended run = run("walk", "--json", tree.toString());
    assertThat(run.err()).isEmpty();
    assertThat(run.status()).isZero();
    assertThat(number(run, "entries")).isEqualTo(2);
    assertThat(number(run, "directories")).isOne();
    assertThat(number(run, "bytes")).isEqualTo(5 + Files.size(tree.resolve("d")));
    assertThat(number(run, "errors")).isZero();
    assertThat(number(run, "calls"))
        .isPositive()
        .isEqualTo(number(run, "completed_inline") + number(run, "pending"));
    assertThat(number(run, "elapsed_ns")).isPositive();
    assertThat(run.out())
        .contains("\"missed\": ", "\"max_in_flight\": ", "\"workers\": ", "\"detector\": \"")
        .startsWith("{")
        .endsWith("}\n");
  }

  private static long number(Ended run, String key) {
    int at = run.out().indexOf("\"" + key + "\": ") + key.length() + 4;
    int end = at;
    while (Character.isDigit(run.out().charAt(end))) {
      end++;
    }
    return Long.parseLong(run.out().substring(at, end));
  }

  @Test
  void theSerialProgramByThreadletsFindsTheSame() throws Exception {
    for (int i = 0; i < 20; i++) {
      Path folder = Files.createDirectories(tree.resolve("a" + i % 5).resolve("b" + i));
      Files.writeString(folder.resolve("f"), "x".repeat(i));
    }
    Files.createSymbolicLink(tree.resolve("loop"), tree);
    Ended usual = run("walk", "--json", tree.toString());
    Ended run = run("walk", "--threadlets", "--json", tree.toString());
    assertThat(run.err()).isEmpty();
    assertThat(run.status()).isZero();
    for (String key : List.of("entries", "directories", "bytes", "errors")) {
      assertThat(number(run, key)).as(key).isEqualTo(number(usual, key));
    }
    assertThat(number(run, "threadlets")).isEqualTo(26);
  }

  @Test
  void helpAndVersion() throws Exception {
    Ended help = run("walk", "--help");
    assertThat(help.status()).isZero();
    assertThat(help.out()).contains("--in-flight", "--lstat-only", "--policy", "DIR");
    assertThat(run("--version").out()).startsWith("syslet ");
  }

  @Test
  void badOptionsAndAMissingDirectoryAreTwo() throws Exception {
    assertUsage(run("walk", "--nonsense", tree.toString()));
    assertUsage(run("walk"));
    assertUsage(run("walk", "--in-flight", "0", tree.toString()));
    assertUsage(run("walk", "--sync", "--lstat-only", tree.toString()));
    assertUsage(run("walk", "--threadlets", "--sync", tree.toString()));
    assertUsage(run("walk", "--threadlets", tree.resolve("missing").toString()));
    assertUsage(run("walk", tree.resolve("missing").toString()));
    assertUsage(run("walk", Files.writeString(tree.resolve("file"), "").toString()));
  }

  private static void assertUsage(Ended run) {
    assertThat(run.status()).isEqualTo(2);
    assertThat(run.out()).isEmpty();
    assertThat(run.err()).startsWith("syslet: ").endsWith("\n");
    assertThat(run.err().lines()).hasSize(1);
  }

  @Test
  void unreadableDirectoryIsOneForANormalUser() throws Exception {
    OtherUser.assumed();
    Path closed = Files.createDirectory(tree.resolve("closed"));
    Files.setPosixFilePermissions(tree, PosixFilePermissions.fromString("rwxr-xr-x"));
    Files.setPosixFilePermissions(closed, PosixFilePermissions.fromString("rwx------"));
    OtherUser.give(closed);
    Ended run = SysletProcess.by(OtherUser.LINE).run("walk", "--json", tree.toString());
    assertThat(run.err()).isEqualTo("syslet: " + tree + "/closed: Permission denied (EACCES)\n");
    assertThat(run.status()).isOne();
    assertThat(number(run, "errors")).isOne();
    assertThat(number(run, "entries")).isOne();
  }

  @Test
  void listEndsQuietlyWhenNobodyReadsOn() throws Exception {
    for (int i = 0; i < 5000; i++) {
      Files.createFile(tree.resolve("a rather long name so that the pipe is soon full " + i));
    }
    SysletProcess headed = SysletProcess.by("sh", "-c", "\"$@\" | head -n 1", "sh");
    Ended run = headed.run("walk", "--list", tree.toString());
    assertThat(run.out()).startsWith("0\t" + tree + "/a rather").hasLineCount(1);
    assertThat(run.err()).isEmpty();
  }

  @Test
  void interruptIsOneHundredAndThirty() throws Exception {
    Process process =
        SysletProcess.interruptible("walk", "--list", "/").redirectErrorStream(true).start();
    assertThat(process.getInputStream().read()).isNotNegative();
    assertThat(new ProcessBuilder("kill", "-INT", Long.toString(process.pid())).start().waitFor())
        .isZero();
    process.getInputStream().transferTo(java.io.OutputStream.nullOutputStream());
    assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).isEqualTo(130);
  }

  @Test
  void basicShowsBothWays() throws Exception {
    Ended run = run("basic");
    assertThat(run.out())
        .contains(
            "in flight: 1\n",
            "read, the pipe empty: 6\n",
            "read, the pipe full: 6\nin flight: 0\n");
  }

  @Test
  void asyncReadyPrintsEachDirectory() throws Exception {
    Files.writeString(Files.createDirectory(tree.resolve("d")).resolve("f"), "12345");
    Ended run = run("async-ready", tree.toString());
    assertThat(run.out().lines())
        .containsExactlyInAnyOrder(
            "1\t" + Files.size(tree.resolve("d")) + "\t" + tree, "1\t5\t" + tree.resolve("d"));
  }

  @Test
  void namesOfDirectoriesAreBytes() throws Exception {
    String script =
        "d=$(printf \"$0/\\377\\303(\"); mkdir \"$d\" && echo 12 >\"$d/f\" && exec \"$@\" \"$d\"";
    Ended run = SysletProcess.by("sh", "-c", script, tree.toString()).run("walk", "--list");
    assertThat(run.out()).isEqualTo("3\t" + tree + "/\u00ff\u00c3(/f\n");
    assertThat(new ProcessBuilder("sh", "-c", "rm -rf \"$0\"/*", tree.toString()).start().waitFor())
        .isZero();
  }
}
