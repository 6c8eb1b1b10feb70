package io.syslet.bench.report;

import java.util.ArrayList;
import java.util.List;

/** The text of a measurement, taken apart into paragraphs and tables. */
record Body(List<Piece> pieces) {
  /** A paragraph, or a table. */
  sealed interface Piece permits Paragraph, Grid {}

  /** Lines that are no table. */
  record Paragraph(List<String> lines) implements Piece {}

  static Body of(String text) {
    List<Piece> pieces = new ArrayList<>();
    List<String> lines = new ArrayList<>();
    String title = "";
    boolean inTable = false;
    for (String line : (text + "\n").split("\n", -1)) {
      boolean isRow = line.startsWith("|");
      if (!lines.isEmpty() && (line.isBlank() || isRow != inTable)) {
        pieces.add(inTable ? Grid.of(title, lines) : new Paragraph(List.copyOf(lines)));
        lines.clear();
      }
      inTable = isRow;
      if (!line.isBlank()) {
        lines.add(line.stripTrailing());
        title = isRow ? title : line.strip();
      }
    }
    return new Body(List.copyOf(pieces));
  }

  List<Grid> tables() {
    return pieces.stream().filter(Grid.class::isInstance).map(Grid.class::cast).toList();
  }

  /** The same as Markdown, where a table stands between empty lines. */
  String markdown() {
    List<String> parts = new ArrayList<>();
    for (Piece piece : pieces) {
      parts.add(
          switch (piece) {
            case Paragraph p -> String.join("  \n", p.lines()) + "\n";
            case Grid g -> String.join("\n", g.lines()) + "\n";
          });
    }
    return String.join("\n", parts);
  }
}
