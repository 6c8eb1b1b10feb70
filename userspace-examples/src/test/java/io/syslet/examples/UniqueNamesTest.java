package io.syslet.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A simple name means one thing: no two source files of all modules' main code have the same. */
class UniqueNamesTest {
  private static final Path PROJECT = Path.of("..");

  private static Map<String, Long> names() throws IOException {
    try (Stream<Path> modules = Files.list(PROJECT)) {
      return modules
          .map(module -> module.resolve("src/main/java"))
          .filter(Files::isDirectory)
          .flatMap(UniqueNamesTest::sources)
          .collect(Collectors.groupingBy(name -> name, TreeMap::new, Collectors.counting()));
    }
  }

  private static Stream<String> sources(Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(file -> file.endsWith(".java") && !file.equals("package-info.java"))
          .map(file -> file.substring(0, file.length() - ".java".length()))
          .toList()
          .stream();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void eachNameIsUsedOnce() throws Exception {
    Map<String, Long> names = names();
    assertThat(names).as("all modules are seen").containsKeys("TreeWalk", "SimKernel", "Server");
    names.values().removeIf(count -> count == 1);
    assertThat(names).isEmpty();
  }
}
