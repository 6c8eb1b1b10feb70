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

  @ParameterizedTest
  @CsvSource({
    "io.syslet.ring.., io.syslet",
    "io.syslet.ring.., io.syslet.kernel..",
    "io.syslet.ring.., io.syslet.linux..",
    "io.syslet.ring.., io.syslet.examples..",
    "io.syslet, io.syslet.kernel..",
    "io.syslet, io.syslet.linux..",
    "io.syslet, io.syslet.examples..",
    "io.syslet.kernel.., io.syslet.linux..",
    "io.syslet.kernel.., io.syslet.examples..",
    "io.syslet.linux.., io.syslet.examples..",
    "io.syslet.ring.., io.syslet.server..",
    "io.syslet, io.syslet.server..",
    "io.syslet.kernel.., io.syslet.server..",
    "io.syslet.linux.., io.syslet.server..",
    "io.syslet.server.., io.syslet.examples..",
    "io.syslet.examples, io.syslet.kernel..",
    "io.syslet.examples, io.syslet.linux..",
    "io.syslet.examples, io.syslet.server..",
    "io.syslet.examples, io.syslet.examples.cli..",
    "io.syslet.examples, picocli..",
    "io.syslet.linux.., picocli..",
    "io.syslet.kernel.., picocli..",
    "io.syslet.server.., picocli..",
    "io.syslet.linux.., io.netty..",
    "io.syslet.kernel.., io.netty..",
    "io.syslet.examples.., io.netty..",
    "io.syslet.linux.., net.openhft..",
    "io.syslet.kernel.., net.openhft..",
    "io.syslet.examples.., net.openhft..",
  })
  void doesNotNeed(String lower, String upper) {
    noClasses()
        .that()
        .resideInAPackage(lower)
        .should()
        .dependOnClassesThat()
        .resideInAPackage(upper)
        .check(CLASSES);
  }

  @Test
  void agronaIsForSharedMemoryAlone() {
    noClasses()
        .that()
        .resideOutsideOfPackages("io.syslet.ring..", "io.syslet.server.local..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("org.agrona..")
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
          "io.syslet.linux.LinuxKernel",
          "io.syslet.examples.TreeWalk",
          "io.syslet.examples.cli.Main"
        }) {
      Assertions.assertThat(CLASSES.contain(type)).as(type).isTrue();
    }
  }
}
