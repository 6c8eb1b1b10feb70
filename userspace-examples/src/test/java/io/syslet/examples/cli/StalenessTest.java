package io.syslet.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.syslet.examples.cli.FakeCheckout.Run;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** When the launcher builds, and that what it built is complete or not there. */
class StalenessTest {
  @TempDir Path temp = Path.of("");
  private FakeCheckout checkout;

  @BeforeEach
  void makeCheckout() throws Exception {
    checkout = new FakeCheckout(temp, "project");
  }

  @Test
  void whatIsMissingIsBuiltOnceWithALineThatSaysSo() throws Exception {
    Run first = checkout.run();
    assertThat(first.said()).startsWith("syslet: building").contains("<-jar>");
    assertThat(first.status()).isZero();
    assertThat(checkout.run().said()).startsWith("25\n");
    assertThat(checkout.builds()).isOne();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "pom.xml",
        "userspace-examples/pom.xml",
        "userspace-examples/src/main/dist/jvm.options",
        "userspace-examples/src/main/Source.java",
        "bench/pom.xml",
        "bench/src/main/Bench.java",
      })
  void aTimeAloneBuildsNothing(String file) throws Exception {
    assertThat(checkout.run().status()).isZero();
    Ages.makeNewer(checkout.root.resolve(file));
    assertThat(checkout.run().said()).startsWith("25\n");
    Ages.makeOlder(checkout.root.resolve(file));
    assertThat(checkout.run().said()).startsWith("25\n");
    assertThat(checkout.builds()).isOne();
  }

  @Test
  void aContentBuildsAlsoIfItsTimeIsOld() throws Exception {
    assertThat(checkout.run().status()).isZero();
    Files.writeString(checkout.source, "second");
    Ages.makeOlder(checkout.source);
    assertThat(checkout.run().said()).startsWith("syslet: building");
    assertThat(checkout.run().said()).startsWith("25\n");
    assertThat(checkout.builds()).isEqualTo(2);
    Files.writeString(checkout.source, "first");
    assertThat(checkout.run().said()).startsWith("25\n");
    assertThat(checkout.builds()).as("the first image is still there").isEqualTo(2);
    Files.delete(checkout.source.resolveSibling("dist").resolve("serve.options"));
    assertThat(checkout.run().said()).startsWith("syslet: building");
  }

  @ParameterizedTest
  @ValueSource(strings = {"bench", "syslet-hadoop"})
  void aModuleThatTheCommandDoesNotNeedBuildsNothing(String module) throws Exception {
    assertThat(checkout.run().status()).isZero();
    Files.writeString(checkout.root.resolve(module).resolve("src/main/Other.java"), "new");
    Files.writeString(checkout.root.resolve(module).resolve("pom.xml"), "new");
    assertThat(checkout.run().said()).startsWith("25\n");
    assertThat(checkout.builds()).isOne();
  }

  @Test
  void whatMavenBuiltByItselfIsTaken() throws Exception {
    Process mvn = checkout.start(checkout.root, List.of(checkout.bin().resolve("mvn").toString()));
    assertThat(FakeCheckout.end(mvn).status()).isZero();
    assertThat(checkout.run().said()).doesNotContain("building");
  }

  @Test
  void aChangeDuringABuildIsBuiltToo() throws Exception {
    checkout.maven(
        "grep -q first userspace-examples/src/main/Source.java && echo late >'"
            + checkout.source
            + "'");
    assertThat(checkout.run().said()).contains("<-jar>");
    assertThat(checkout.builds()).isEqualTo(2);
    assertThat(checkout.images()).hasSize(1);
    assertThat(checkout.images().getFirst().resolve("syslet.jar")).hasContent("late");
  }

  @ParameterizedTest
  @ValueSource(strings = {"kill -9 $$", "exit 1", "ulimit -f 0; echo >userspace-examples/target/x"})
  void aBuildThatDiesLeavesNothingThatRuns(String death) throws Exception {
    checkout.maven(death);
    Run run = checkout.run();
    assertThat(run.status()).isEqualTo(78);
    assertThat(run.said()).contains("syslet: the build failed").doesNotContain("<-jar>");
    checkout.maven("");
    assertThat(checkout.run().said()).startsWith("syslet: building").contains("<-jar>");
  }

  @Test
  void twoAtOnceBuildOnce() throws Exception {
    checkout.maven("sleep 1");
    List<String> command = List.of(checkout.root.resolve("syslet").toString());
    Process one = checkout.start(temp, command);
    Process other = checkout.start(temp, command);
    assertThat(FakeCheckout.end(one).said()).contains("<-jar>");
    assertThat(FakeCheckout.end(other).said()).contains("<-jar>");
    assertThat(checkout.builds()).isOne();
  }

  @ParameterizedTest
  @ValueSource(strings = {"a b", "q'r", "s\"t", "c:d", "e$f", "[g]*", "n\nl", "h\\i", "\u00e9"})
  void folderNamesMayBeOdd(String name) throws Exception {
    FakeCheckout odd = new FakeCheckout(temp, name);
    odd.maven("case $PWD in *[!-a-zA-Z0-9/._\\ ]*) exit 1 ;; esac");
    Run run = odd.run("walk");
    assertThat(run.said()).contains("syslet: building", "<-jar>");
    assertThat(run.said()).doesNotContain(name.contains(":") ? name + "/" : "failed");
    assertThat(odd.run("walk").said()).startsWith("25\n");
  }

  @Test
  void aMissingFolderForTemporaryFilesIsNoMatter() throws Exception {
    checkout.with("TMPDIR", "/nonexistent");
    assertThat(checkout.run().said()).contains("<-jar>");
    assertThat(new FakeCheckout(temp, "s\"t").with("TMPDIR", "/nonexistent").run().said())
        .contains("<-jar>");
  }

  @Test
  void aMissingMavenIsSaid() throws Exception {
    Files.delete(checkout.bin().resolve("mvn"));
    for (String tool :
        List.of("sh find readlink mkdir flock sha256sum sort xargs cut touch rm mv".split(" "))) {
      Files.createSymbolicLink(checkout.bin().resolve(tool), Path.of("/usr/bin", tool));
    }
    checkout.with("PATH", checkout.bin().toString());
    Run run = checkout.run();
    assertThat(run.said()).contains("needs Maven to build");
    assertThat(run.status()).isEqualTo(78);
  }

  @Test
  void whyABuildFailedIsShown() throws Exception {
    checkout.maven("echo because; exit 1");
    Run run = checkout.run();
    assertThat(run.said()).contains("because\n", "syslet: the build failed");
    assertThat(run.status()).isEqualTo(78);
  }
}
