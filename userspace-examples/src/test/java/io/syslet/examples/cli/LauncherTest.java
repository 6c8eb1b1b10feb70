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

/** The launcher script: which JDK it takes, and how it calls it. */
class LauncherTest {
  @TempDir Path temp = Path.of("");
  private FakeCheckout checkout;

  @BeforeEach
  void makeCheckout() throws Exception {
    checkout = new FakeCheckout(temp, "a project");
    assertThat(checkout.run().status()).isZero();
  }

  @Test
  void passesArgumentsOnFromAnyPlaceAndThroughASymbolicLink() throws Exception {
    Path link = Files.createSymbolicLink(temp.resolve("link"), checkout.root.resolve("syslet"));
    checkout.with("SYSLET_JAVA_HOME", checkout.jdk("jdk 25", "25.0.3").toString());
    assertThat(checkout.run("walk").status()).isZero();
    for (Path script : List.of(link, checkout.root.resolve("syslet"))) {
      Run run = checkout.run(script, "walk", "a b", "");
      assertThat(run.status()).isZero();
      assertThat(run.said()).startsWith("jdk 25\n").contains("<walk>\n<a b>\n<>\n");
      assertThat(run.said())
          .contains("<-jar>\n<" + checkout.images().getFirst().resolve("syslet.jar") + ">");
    }
  }

  @Test
  void isFoundByNameAlone() throws Exception {
    Process byName = checkout.start(checkout.root, List.of("sh", "syslet", "--version"));
    assertThat(FakeCheckout.end(byName).said()).startsWith("25\n").contains("<--version>");
    checkout.with("CDPATH", "/");
    Process relative = checkout.start(temp, List.of("sh", "a project/syslet", "--version"));
    assertThat(FakeCheckout.end(relative).said()).startsWith("25\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"25", "25.0.3", "26-ea", "30.1"})
  void takesLaterVersions(String version) throws Exception {
    checkout.with("JAVA_HOME", checkout.jdk("mine", version).toString());
    assertThat(checkout.run().status()).isZero();
    assertThat(checkout.run().said()).startsWith("mine\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"24.0.1", "17", "1.8.0_402", "x", ""})
  void refusesOlderOnesThatItWasToldToUse(String version) throws Exception {
    checkout.with("SYSLET_JAVA_HOME", checkout.jdk("old", version).toString());
    Run run = checkout.run();
    assertThat(run.status()).isEqualTo(78);
    assertThat(run.said()).startsWith("syslet: SYSLET_JAVA_HOME is no JDK of version 25");
  }

  @Test
  void findsTheOneOnThePathThroughItsLink() throws Exception {
    Path java = checkout.jdk("linked", "25.0.1").resolve("bin/java");
    Files.createSymbolicLink(checkout.bin().resolve("java"), java);
    checkout.with("JAVA_HOME", checkout.jdk("old", "17.0.1").toString());
    assertThat(checkout.run().said()).contains("linked\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "_JAVA_OPTIONS"})
  void leavesCollectorAndSizesToWhoChoseThem(String variable) throws Exception {
    assertThat(checkout.run().said()).contains("<-XX:+UseSerialGC>", "<-Xms32m>");
    assertThat(checkout.run("serve").said()).contains("<-XX:+UseSerialGC>", "<-Xmx1g>");
    checkout.with(variable, "-XX:+UseG1GC");
    for (String command : List.of("walk", "serve")) {
      assertThat(checkout.run(command).said()).doesNotContain("GC>", "<-Xm", "AOT");
    }
  }

  @Test
  void anAotCacheIsMadeOnceForEachJdkButNotForAServer() throws Exception {
    String cache = checkout.images().getFirst().resolve("25.walk.aot").toString();
    assertThat(walk()).startsWith("syslet: preparing").contains("<-XX:AOTCache=" + cache + ">");
    assertThat(walk()).startsWith("25\n").contains("<-XX:AOTCache=" + cache + ">");
    assertThat(checkout.run("serve").said()).startsWith("25\n").doesNotContain("AOT");
    checkout.with("JAVA_HOME", checkout.jdk("other", "26").toString());
    assertThat(checkout.run("serve").said()).startsWith("other\n");
    assertThat(walk()).startsWith("syslet: preparing").contains("/26.walk.aot>");
    assertThat(walk()).startsWith("other\n").contains("/26.walk.aot>");
  }

  @Test
  void quickCommandsHaveOneAndTheOthersAnother() throws Exception {
    assertThat(walk()).contains("/25.walk.aot>");
    assertThat(checkout.run("copy").said()).startsWith("25\n").contains("/25.walk.aot>");
    assertThat(checkout.run("--help").said()).contains("/25.commands.aot>");
    for (String command : List.of("doctor", "stat", "--version")) {
      assertThat(checkout.run(command).said()).startsWith("25\n").contains("/25.commands.aot>");
    }
  }

  @Test
  void anAotCacheThatCouldNotBeMadeIsMadeLater() throws Exception {
    checkout.diskIsFull(true);
    Path image = checkout.images().getFirst();
    Run failed = checkout.run("walk");
    assertThat(failed.said()).startsWith("syslet: preparing").doesNotContain("AOT");
    assertThat(failed.status()).isZero();
    checkout.diskIsFull(false);
    assertThat(walk()).startsWith("25\n").doesNotContain("AOT");
    Ages.makeOlder(image.resolve("untrained.walk"));
    assertThat(walk()).startsWith("syslet: preparing").contains("/25.walk.aot>");
    assertThat(image.resolve("untrained.walk")).doesNotExist();
  }

  private String walk() throws Exception {
    return checkout.run("walk").said();
  }
}
