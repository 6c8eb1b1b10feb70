package io.syslet.server.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.TreeSet;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The library as it is installed: header, libraries, pkg-config, manual. */
class LibraryInstallTest {
  private static final Path MAN = CPrograms.SOURCES.resolve("man");

  @TempDir private static Path folder;

  private static void needs(String tool) {
    Assumptions.assumeTrue(Files.isExecutable(Path.of(tool)), "no " + tool + " here");
  }

  private static Path install() throws IOException, InterruptedException {
    Path root = folder.resolve("root");
    CPrograms.make(folder.resolve("built"), "install", "DESTDIR=" + root, "PREFIX=/opt");
    return root.resolve("opt");
  }

  @Test
  void aProgramIsBuiltByWhatPkgConfigSays() throws Exception {
    needs("/usr/bin/pkg-config");
    Path root = install();
    String config = root + "/lib/pkgconfig/syslet.pc";
    String flags =
        CPrograms.run("pkg-config", "--define-variable=prefix=" + root, "--cflags", config);
    assertThat(flags).startsWith("0 -I");
    String libraries = CPrograms.run("pkg-config", "--libs", config);
    assertThat(libraries).contains("-lsyslet");
    Path program = folder.resolve("walksize");
    CPrograms.succeed(
        "/usr/bin/gcc",
        "-I" + root + "/include",
        "-o",
        program,
        CPrograms.SOURCES.resolve("walksize.c"),
        "-L" + root + "/lib",
        "-lsyslet");
    assertThat(CPrograms.run("/usr/bin/env", "LD_LIBRARY_PATH=" + root + "/lib", program))
        .startsWith("2 usage: ");
  }

  @Test
  void theHeaderIsOneOfCxxToo() throws Exception {
    CPrograms.needsCompiler();
    needs("/usr/bin/g++");
    for (String standard : new String[] {"c++11", "c++17", "c++20"}) {
      CPrograms.succeed(
          "/usr/bin/g++",
          "-std=" + standard,
          "-Wall",
          "-Wextra",
          "-Werror",
          "-pedantic",
          "-fsyntax-only",
          "-I" + CPrograms.SOURCES,
          CPrograms.TESTS.resolve("header.cc"));
    }
  }

  @Test
  void eachFunctionHasAPage() throws Exception {
    needs("/usr/bin/nm");
    Path library = install().resolve("lib/libsyslet.so");
    String symbols = CPrograms.run("/usr/bin/nm", "-D", "--defined-only", "-j", library);
    TreeSet<String> expected = new TreeSet<>(Arrays.asList(symbols.substring(2).split("\n")));
    expected.add("syslet_set");
    try (var pages = Files.list(MAN)) {
      assertThat(
              pages
                  .map(page -> page.getFileName().toString())
                  .filter(name -> name.endsWith(".3"))
                  .map(name -> name.replace(".3", "")))
          .containsExactlyInAnyOrderElementsOf(expected);
    }
  }

  @Test
  void thePagesAreFreeOfMistakes() throws Exception {
    needs("/usr/bin/groff");
    try (var pages = Files.list(MAN)) {
      for (Path page : pages.toList()) {
        CPrograms.succeed("/usr/bin/groff", "-man", "-z", "-ww", page);
        if (Files.isExecutable(Path.of("/usr/bin/mandoc"))) {
          CPrograms.succeed("/usr/bin/mandoc", "-T", "lint", "-W", "warning", page);
        }
      }
    }
  }
}
