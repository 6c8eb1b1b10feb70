package io.syslet.examples;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The arrows between the modules run downwards only. */
class ArrowsTest {
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("io.syslet");

  /** Each room, and what it must not know: its neighbours and what is above it. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          io.syslet.ring..             | io.syslet io.syslet.kernel.. io.syslet.linux.. io.syslet.client.. io.syslet.server.. io.syslet.examples.. io.syslet.threads..
          io.syslet                    | io.syslet.kernel.. io.syslet.linux.. io.syslet.client.. io.syslet.server.. io.syslet.examples.. io.syslet.threads..
          io.syslet.kernel             | io.syslet.kernel.*.. io.syslet.linux.. io.syslet.client.. io.syslet.server.. io.syslet.examples.. io.syslet.threads..
          io.syslet.kernel.plain..     | io.syslet.kernel.coroutine.. io.syslet.kernel.cpu.. io.syslet.kernel.poller.. io.syslet.kernel.sim.. io.syslet.linux.. io.syslet.client.. io.syslet.server.. io.syslet.examples.. io.syslet.threads..
          io.syslet.kernel.reactor..   | io.syslet.kernel.plain.. io.syslet.kernel.coroutine.. io.syslet.kernel.cpu.. io.syslet.kernel.poller.. io.syslet.kernel.sim.. io.syslet.linux.. io.syslet.client.. io.syslet.server.. io.syslet.examples.. io.syslet.threads..
          io.syslet.kernel.coroutine.. | io.syslet.kernel.cpu.. io.syslet.kernel.poller.. io.syslet.kernel.sim.. io.syslet.linux..
          io.syslet.kernel.cpu..       | io.syslet.kernel.poller.. io.syslet.kernel.sim.. io.syslet.linux..
          io.syslet.kernel.poller..    | io.syslet.kernel.sim.. io.syslet.linux..
          io.syslet.kernel.sim..       | io.syslet.linux.. io.syslet.client.. io.syslet.server.. io.syslet.examples..
          io.syslet.kernel.sim         | io.syslet.kernel.sim.soak..
          io.syslet.kernel.sim.disk..  | io.syslet.kernel.sim.fs.. io.syslet.kernel.sim.ipc.. io.syslet.kernel.sim.soak..
          io.syslet.linux..            | io.syslet.kernel.plain.. io.syslet.kernel.coroutine.. io.syslet.kernel.cpu.. io.syslet.kernel.poller.. io.syslet.kernel.sim.. io.syslet.client.. io.syslet.server.. io.syslet.examples.. io.syslet.threads..
          io.syslet.threads..          | io.syslet.kernel.*.. io.syslet.client.. io.syslet.server.. io.syslet.examples..
          io.syslet.client..           | io.syslet.kernel.*.. io.syslet.linux.. io.syslet.server.. io.syslet.examples.. io.syslet.threads..
          io.syslet.client.wire..      | io.syslet.client io.syslet.client.local..
          io.syslet.client.local..     | io.syslet.client io.syslet.client.wire..
          io.syslet.server..           | io.syslet.kernel.*.. io.syslet.examples.. io.syslet.threads..
          io.syslet.server.guard..     | io.syslet.server io.syslet.server.policy.. io.syslet.server.session.. io.syslet.server.local.. io.syslet.server.net.. io.syslet.server.journal.. io.syslet.server.page..
          io.syslet.server.policy..    | io.syslet.server io.syslet.server.session.. io.syslet.server.local.. io.syslet.server.net.. io.syslet.server.journal.. io.syslet.server.page..
          io.syslet.server.session..   | io.syslet.server io.syslet.server.local.. io.syslet.server.net.. io.syslet.server.journal.. io.syslet.server.page..
          io.syslet.server.local..     | io.syslet.server io.syslet.server.net.. io.syslet.server.journal.. io.syslet.server.page.. io.syslet.server.policy..
          io.syslet.server.journal..   | io.syslet.server io.syslet.server.local.. io.syslet.server.net.. io.syslet.server.page.. io.syslet.server.policy..
          io.syslet.server.page..      | io.syslet.server io.syslet.server.local.. io.syslet.server.net.. io.syslet.server.journal.. io.syslet.server.session.. io.syslet.server.policy..
          io.syslet.server.net..       | io.syslet.server io.syslet.server.journal.. io.syslet.server.page.. io.syslet.server.policy..
          io.syslet.examples           | io.syslet.kernel.. io.syslet.linux.. io.syslet.client.. io.syslet.server.. io.syslet.examples.*..
          io.syslet.examples.doctor..  | io.syslet.kernel.sim.. io.syslet.client.. io.syslet.server.. io.syslet.examples.cli.. io.syslet.examples.sim..
          io.syslet.examples.observe.. | io.syslet.kernel.. io.syslet.client.. io.syslet.server.. io.syslet.examples.cli.. io.syslet.examples.sim..
          io.syslet.examples.sim..     | io.syslet.linux.. io.syslet.client.. io.syslet.server.. io.syslet.examples.cli..
          io.syslet.examples.copy..    | io.syslet.kernel.. io.syslet.linux.. io.syslet.client.. io.syslet.server.. io.syslet.examples.sim.. io.syslet.examples.cli..
          """)
  void doesNotKnow(String room, String others) {
    noClasses()
        .that()
        .resideInAPackage(room)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(others.split(" "))
        .check(CLASSES);
  }

  /** A library, and the rooms that may use it. */
  @ParameterizedTest
  @CsvSource({
    "org.agrona.., io.syslet.ring.. io.syslet.client.local..",
    "io.netty.., io.syslet.server io.syslet.server.net.. io.syslet.server.page..",
    "net.openhft.., io.syslet.server.journal..",
    "tools.jackson.., io.syslet.server io.syslet.server.page.. io.syslet.server.journal.."
        + " io.syslet.examples.cli..",
    "picocli.., io.syslet.examples.cli..",
  })
  void libraryIsFor(String library, String rooms) {
    noClasses()
        .that()
        .resideOutsideOfPackages(rooms.split(" "))
        .should()
        .dependOnClassesThat()
        .resideInAPackage(library)
        .check(CLASSES);
  }

  /** A rule over no classes would hold for ever. */
  @Test
  void allModulesAreSeen() {
    for (String type :
        new String[] {
          "io.syslet.Kernel",
          "io.syslet.ring.CompletionRing",
          "io.syslet.kernel.Counters",
          "io.syslet.kernel.plain.PlainKernel",
          "io.syslet.linux.LinuxKernel",
          "io.syslet.threads.Threadlets",
          "io.syslet.kernel.sim.SimKernel",
          "io.syslet.client.RemoteKernel",
          "io.syslet.server.Server",
          "io.syslet.examples.TreeWalk",
          "io.syslet.examples.cli.Main"
        }) {
      Assertions.assertThat(CLASSES.contain(type)).as(type).isTrue();
    }
  }
}
