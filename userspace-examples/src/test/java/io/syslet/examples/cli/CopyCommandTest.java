package io.syslet.examples.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.syslet.examples.cli.SysletProcess.Ended;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code copy} and {@code heads} as processes of their own. */
class CopyCommandTest {
  @TempDir Path work = Path.of("");

  private Ended run(String... arguments) throws Exception {
    return SysletProcess.plain().in(work).run(arguments);
  }

  private String sh(String script) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder("sh", "-c", script)
            .directory(work.toFile())
            .redirectErrorStream(true)
            .start();
    String out = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor()).as(script + ": " + out).isZero();
    return out;
  }

  @Test
  void totalsAreTwoLines() throws Exception {
    sh("mkdir from && echo text >from/f && ln -s f from/link");
    Ended run = run("copy", "from", "to");
    assertThat(run.err()).isEmpty();
    assertThat(run.status()).isZero();
    assertThat(run.out())
        .startsWith("1 files, 1 directories, 1 others: 5 bytes\n")
        .contains(" calls, ")
        .hasLineCount(2);
    assertThat(run("copy", "--quiet", "from", "to").out()).isEmpty();
    assertThat(sh("diff -r --no-dereference from to")).isEmpty();
  }

  /** As text, which neither of them is, they are the same. */
  @Test
  void namesThatReadTheSameAreNot() throws Exception {
    sh("echo text >\"$(printf 'M\\374')\"");
    String line = "\"$@\" \"$(printf 'M\\374')\" \"$(printf 'M\\366')\"";
    Ended run = SysletProcess.by("sh", "-c", line, "sh").in(work).run("copy", "--quiet");
    assertThat(run.err()).isEmpty();
    assertThat(run.status()).isZero();
    assertThat(sh("cat \"$(printf 'M\\366')\"")).isEqualTo("text\n");
  }

  @Test
  void wrongLinesAreTwo() throws Exception {
    sh("mkdir -p from/d");
    assertUsage(run("copy", "from"), "Missing required parameter");
    assertUsage(run("copy", "--in-flight", "0", "from", "to"), "--in-flight must be 1 to ");
    assertUsage(run("copy", "from", "from/d/to"), "from/d/to: is inside of");
    assertUsage(run("copy", "from/d", "from"), "from/d: is inside of");
    assertUsage(run("copy", "none", "to"), "none: No such file or directory (ENOENT)");
    assertUsage(run("heads", "none"), "none: No such file or directory (ENOENT)");
    assertUsage(run("heads", "--bytes", "0", "from"), "--bytes must be 1 to ");
    assertThat(work.resolve("to")).doesNotExist();
  }

  private static void assertUsage(Ended run, String why) {
    assertThat(run.err()).startsWith("syslet: " + why).hasLineCount(1);
    assertThat(run.status()).isEqualTo(2);
    assertThat(run.out()).isEmpty();
  }

  @Test
  void namesAreBytesAndErrorsAreOne() throws Exception {
    OtherUser.assumed();
    sh(
        "mkdir from && name=\"from/$(printf 'a\\n\\377')\" && echo secret >\"$name\""
            + " && chmod 600 \"$name\" && echo open >from/f && chmod 755 .");
    sh("chown 65534 from/a*");
    Ended run = SysletProcess.by(OtherUser.LINE).in(work).run("copy", "from", "to");
    assertThat(run.err()).isEqualTo("syslet: from/a\n\u00ff: Permission denied (EACCES)\n");
    assertThat(run.out()).contains("; 1 could not be copied\n");
    assertThat(run.status()).isOne();
    assertThat(sh("ls -A to")).isEqualTo("f\n");
    Ended heads = SysletProcess.by(OtherUser.LINE).in(work).run("heads", "from");
    assertThat(heads.err()).isEqualTo("syslet: from/a\n\u00ff: Permission denied (EACCES)\n");
    assertThat(heads.out()).startsWith("1 files, 5 bytes read; 1 could not be read: ");
    assertThat(heads.status()).isOne();
  }

  /** What others own becomes ours, as with cp; and may then do nothing in their name. */
  @Test
  void anotherUsersFilesBecomeOurs() throws Exception {
    OtherUser.assumed();
    sh("mkdir from && : >from/f && chown 65534 from/f && chmod 4755 from/f && chmod 755 .");
    assertThat(Files.getPosixFilePermissions(work))
        .isEqualTo(PosixFilePermissions.fromString("rwxr-xr-x"));
    Ended run = SysletProcess.by(OtherUser.LINE).in(work).run("copy", "from", "to");
    assertThat(run.err()).isEmpty();
    assertThat(sh("stat -c '%u %a' to/f")).isEqualTo("0 755\n");
  }

  @Test
  void theKilledLeaveNoHalfFileUnderItsName() throws Exception {
    sh(
        "mkdir -p from/d && for i in $(seq 200); do head -c 600000 /dev/urandom >from/d/f$i; done"
            + " && truncate -s 900000 from/d/hole && echo end >>from/d/hole");
    int whole = 0;
    for (int round = 0; round < 6; round++) {
      List<String> line = SysletProcess.java();
      line.addAll(List.of("copy", "--in-flight", "8", "from", "to"));
      Process process =
          new ProcessBuilder(line)
              .directory(work.toFile())
              .redirectErrorStream(true)
              .redirectOutput(work.resolve("said").toFile())
              .start();
      while (process.isAlive() && names().size() < 10 * round + 1) {
        Thread.onSpinWait();
      }
      process.destroyForcibly().waitFor();
      for (String name : names()) {
        if (!name.startsWith(".syslet-copy-")) {
          assertThat(work.resolve("to/d").resolve(name))
              .hasSameBinaryContentAs(work.resolve("from/d").resolve(name));
          whole++;
        }
      }
      sh("rm -rf to");
    }
    assertThat(whole).as("files that were there").isPositive();
  }

  private List<String> names() {
    String[] names = work.resolve("to/d").toFile().list();
    return names == null ? new ArrayList<>() : List.of(names);
  }

  @Test
  void aFullFileSystemIsOneLine() throws Exception {
    OtherUser.assumed();
    sh("mkdir from full && for i in $(seq 100); do head -c 100000 /dev/urandom >from/f$i; done");
    Process mount =
        new ProcessBuilder("mount", "-t", "tmpfs", "-o", "size=2m", "none", work + "/full").start();
    Assumptions.assumeTrue(mount.waitFor() == 0, "cannot mount a tmpfs");
    try {
      Ended run = run("copy", "from", "full/to");
      assertThat(run.err())
          .startsWith("syslet: full/to/f")
          .endsWith(": No space left on device (ENOSPC)\n")
          .hasLineCount(1);
      assertThat(run.status()).isOne();
      assertThat(sh("find full -name '.syslet*'")).isEmpty();
      assertThat(sh("diff -r from full/to | grep -v '^Only in from' || :")).isEmpty();
    } finally {
      sh("umount full");
    }
  }

  /** Many more levels than there are descriptors. */
  @Test
  void fewDescriptorsDo() throws Exception {
    sh(
        "mkdir from && for i in $(seq 300); do mkdir above && echo $i >above/f && mv from"
            + " above/deep && mv above from || exit; done");
    String limited = "ulimit -n 200 && exec \"$@\"";
    Ended run = SysletProcess.by("sh", "-c", limited, "sh").in(work).run("copy", "from", "to");
    assertThat(run.err()).isEmpty();
    assertThat(run.out()).startsWith("300 files, 301 directories, 0 others: ");
    String look = " && find . -printf '%p %m %T@\\n' | LC_ALL=C sort | md5sum";
    assertThat(sh("cd to" + look)).isEqualTo(sh("cd from" + look));
    sh("rm -rf from to");
  }

  @Test
  void headsAreCountedOrPrinted() throws Exception {
    sh("mkdir -p from/d && printf 1234567890 >from/d/f && printf abc >from/g && : >from/none");
    assertThat(run("heads", "--bytes", "4", "from").out()).startsWith("3 files, 7 bytes read: ");
    assertThat(run("heads", "--bytes", "4", "--print", "from").out())
        .contains("==> from/d/f <==\n1234\n", "==> from/g <==\nabc\n", "==> from/none <==\n\n")
        .hasLineCount(6);
  }
}
