package io.syslet.bench.report;

import io.syslet.bench.Machine;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/** The page: one file, without anything from elsewhere. */
final class HtmlPage {
  private HtmlPage() {}

  static String of(Catalog catalog) {
    StringBuilder html = new StringBuilder();
    html.append("<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">\n");
    html.append("<meta name=\"viewport\" content=\"width=device-width\">\n");
    html.append(
        "<title>syslet: what was measured</title>\n<style>\n" + style() + "</style></head>\n");
    html.append("<body><h1>What was measured</h1>\n");
    html.append("<p>Made " + Circumstances.now() + " on " + Html.text(Machine.text()) + ".</p>\n");
    contents(html, catalog);
    html.append("<h2>Aims</h2>\n" + tables(Aims.table(catalog).toString()));
    for (Part part : Parts.ALL) {
      catalog.find(part.name()).ifPresent(found -> section(html, part, found));
    }
    return html.append("</body></html>\n").toString();
  }

  private static void contents(StringBuilder html, Catalog catalog) {
    html.append("<p class=\"contents\">");
    for (Part part : Parts.ALL) {
      catalog
          .find(part.name())
          .ifPresent(
              found -> {
                html.append("<a href=\"#" + part.name() + "\">" + Html.text(part.title()) + "</a>");
                html.append(found.isOk() ? " " : " <b>(" + Html.text(found.status()) + ")</b> ");
              });
    }
    html.append("</p>\n");
  }

  private static void section(StringBuilder html, Part part, Recorded found) {
    html.append("<h2 id=\"" + part.name() + "\">" + Html.text(part.title()) + "</h2>\n");
    html.append("<p class=\"origin\">" + Html.text(found.origin().replace("`", "")) + "</p>\n");
    if (!found.isOk()) {
      html.append("<p class=\"problem\">" + Html.text(found.status()) + "</p>\n");
    }
    html.append(Plots.of(found));
    html.append(
        "<details open><summary>Tables</summary>\n" + tables(found.body()) + "</details>\n");
  }

  private static String tables(String body) {
    StringBuilder html = new StringBuilder();
    for (Body.Piece piece : Body.of(body).pieces()) {
      html.append(
          switch (piece) {
            case Body.Paragraph p -> "<p>" + Html.text(String.join("\n", p.lines())) + "</p>\n";
            case Grid grid -> Html.table(grid);
          });
    }
    return html.toString();
  }

  private static String style() {
    try (InputStream in = Objects.requireNonNull(HtmlPage.class.getResourceAsStream("page.css"))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
