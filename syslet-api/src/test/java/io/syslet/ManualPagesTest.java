package io.syslet;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ManualPagesTest {
  private static final Path MAN = Path.of("..", "docs", "man");
  private static final List<String> SECTIONS =
      List.of("NAME", "SYNOPSIS", "DESCRIPTION", "RETURN VALUE", "ERRORS", "NOTES");

  /** Methods that only tell or set a number, and have no page. */
  private static final Set<String> NO_PAGE =
      Set.of("arena", "maxPending", "maxWorkers", "name", "processors", "stats", "start");

  @Test
  void eachPageHasItsSectionsInOrderAndIsInTheIndex() throws IOException {
    String index = Files.readString(MAN.resolve("README.md"));
    for (Path page : pages()) {
      String text = Files.readString(page);
      int at = 0;
      for (String section : SECTIONS) {
        int next = text.indexOf("\n## " + section + "\n", at);
        assertThat(next).as(page + ": " + section).isGreaterThanOrEqualTo(at);
        at = next;
      }
      assertThat(index).contains("(" + page.getFileName() + ")");
    }
  }

  @Test
  void eachCallHasAPage() {
    for (var method : Kernel.class.getDeclaredMethods()) {
      if (!NO_PAGE.contains(method.getName()) && !method.isSynthetic()) {
        assertThat(MAN.resolve(pageOf(method.getName()))).exists();
      }
    }
  }

  @Test
  void errorsArePartOfTheVocabulary() throws Exception {
    for (Path page : pages()) {
      Matcher error = Pattern.compile("−(E[A-Z]+)").matcher(Files.readString(page));
      while (error.find()) {
        String name = error.group(1);
        Class<?> home = name.equals("ESYSLETPENDING") ? Syslet.class : Errno.class;
        assertThat(home.getField(name).getInt(null)).isPositive();
      }
    }
  }

  private static String pageOf(String method) {
    return method.startsWith("cancel") ? "cancel.md" : pageNamed(method);
  }

  private static String pageNamed(String method) {
    return method.replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT) + ".md";
  }

  private static List<Path> pages() throws IOException {
    try (Stream<Path> pages = Files.list(MAN)) {
      return pages.filter(page -> !page.endsWith("README.md")).sorted().toList();
    }
  }
}
