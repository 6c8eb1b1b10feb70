package io.syslet.bench.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The page. */
class HtmlPageTest {
  @Test
  void itTakesNothingFromElsewhere() throws IOException {
    String page = HtmlPage.of(Catalog.of(Path.of("..").resolve(Documents.FIGURES)));
    assertThat(page)
        .contains("<svg", "<table>")
        .doesNotContain("http:", "https:", "src=", "@import");
  }

  @Test
  void whatCouldNotRunIsThere() {
    Catalog catalog = new Catalog();
    catalog.add(new Recorded("ring", Map.of("status", "skipped: no <time> left"), ""));
    assertThat(HtmlPage.of(catalog)).contains("(skipped: no &lt;time&gt; left)");
  }
}
