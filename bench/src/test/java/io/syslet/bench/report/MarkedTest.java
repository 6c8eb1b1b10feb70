package io.syslet.bench.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Blocks that programs write into documents. */
class MarkedTest {
  private static final String TEXT =
      """
      a
      <!-- figures: x -->
      old
      <!-- end -->
      b
      <!-- figures: y -->
      <!-- end -->
      """;

  @Test
  void onlyWhatIsInBlocksIsWritten() {
    assertThat(Marked.rewrite(TEXT, name -> "$1 of " + name + "\n"))
        .isEqualTo(
            """
            a
            <!-- figures: x -->
            $1 of x
            <!-- end -->
            b
            <!-- figures: y -->
            $1 of y
            <!-- end -->
            """);
  }

  @Test
  void proseIsWhatIsLeft() {
    assertThat(Marked.prose(TEXT).lines()).containsExactly("a", "", "", "", "b", "", "");
  }
}
