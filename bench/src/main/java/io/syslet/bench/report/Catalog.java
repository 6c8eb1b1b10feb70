package io.syslet.bench.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Recorded figures, by name. */
final class Catalog {
  private final Map<String, Recorded> all = new LinkedHashMap<>();

  /** Those of a folder; none if it is not there. */
  static Catalog of(Path folder) throws IOException {
    Catalog catalog = new Catalog();
    if (Files.isDirectory(folder)) {
      try (Stream<Path> files = Files.list(folder)) {
        for (Path file : files.filter(Recorded::isOne).sorted().toList()) {
          catalog.add(Recorded.read(file));
        }
      }
    }
    return catalog;
  }

  void add(Recorded recorded) {
    all.put(recorded.name(), recorded);
  }

  Optional<Recorded> find(String name) {
    return Optional.ofNullable(all.get(name));
  }

  Collection<Recorded> all() {
    return all.values();
  }

  /** The tables of a measurement; none if it is not there. */
  List<Grid> tables(String name) {
    return find(name).map(found -> Body.of(found.body()).tables()).orElse(List.of());
  }

  /**
   * A number of a table.
   *
   * @param title what the table's title contains.
   * @param row how the row begins, its cells parted by {@code " | "}.
   * @throws NoSuchElementException if there is none.
   */
  double cell(String name, String title, String row, String column) {
    return tables(name).stream()
        .filter(table -> table.title().contains(title))
        .flatMapToDouble(
            table -> table.row(row).stream().flatMapToDouble(r -> table.number(r, column).stream()))
        .findFirst()
        .orElseThrow();
  }

  /**
   * The least number of a column, of those rows whose first cell is such.
   *
   * @throws NoSuchElementException if there is none.
   */
  double least(String name, String title, Predicate<String> first, String column) {
    return tables(name).stream()
        .filter(table -> table.title().contains(title))
        .flatMapToDouble(
            table ->
                table.rows().stream()
                    .filter(row -> first.test(row.getFirst()))
                    .flatMapToDouble(row -> table.number(row, column).stream()))
        .min()
        .orElseThrow();
  }
}
