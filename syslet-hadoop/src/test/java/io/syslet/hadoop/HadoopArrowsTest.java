package io.syslet.hadoop;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;

/** A job has the client on its class path, and Hadoop, and nothing else of ours. */
class HadoopArrowsTest {
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("io.syslet.hadoop");

  @Test
  void onlyTheClientAndHadoopAreKnown() {
    Assertions.assertThat(CLASSES.contain(SysletFileSystem.class.getName())).isTrue();
    classes()
        .that()
        .resideInAPackage("io.syslet.hadoop..")
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(
            "io.syslet.hadoop..",
            "io.syslet",
            "io.syslet.ring",
            "io.syslet.client..",
            "org.apache.hadoop..",
            "org.jspecify..",
            "java..",
            "javax.net.ssl")
        .check(CLASSES);
  }
}
