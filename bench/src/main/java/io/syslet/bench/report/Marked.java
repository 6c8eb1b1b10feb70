package io.syslet.bench.report;

import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A document with blocks that programs write, {@code <!-- figures: NAME -->} to {@code <!-- end
 * -->}.
 */
final class Marked {
  private static final Pattern BLOCK =
      Pattern.compile("(<!-- figures: (\\S+) -->\n).*?(<!-- end -->)", Pattern.DOTALL);

  private Marked() {}

  /** The document with each block made anew, of its name. */
  static String rewrite(String text, UnaryOperator<String> content) {
    return BLOCK
        .matcher(text)
        .replaceAll(
            found ->
                Matcher.quoteReplacement(
                    found.group(1) + content.apply(found.group(2)) + found.group(3)));
  }

  /** What is not in blocks; their lines are empty. */
  static String prose(String text) {
    return BLOCK.matcher(text).replaceAll(found -> found.group().replaceAll("[^\n]", ""));
  }
}
