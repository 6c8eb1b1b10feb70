package io.syslet.bench.report;

import java.util.ArrayList;
import java.util.List;

/** The options of the command; {@code only} is empty for all parts. */
record Options(
    boolean isQuick, boolean records, boolean onlyWrites, List<String> only, boolean isAsked) {
  static Options of(String... args) {
    boolean isQuick = false;
    boolean records = false;
    boolean onlyWrites = false;
    List<String> only = new ArrayList<>();
    boolean isAsked = true;
    for (int i = 0; i < args.length; i++) {
      switch (args[i]) {
        case "--quick" -> isQuick = true;
        case "--record" -> records = true;
        case "--write" -> onlyWrites = true;
        case "--only" -> only.addAll(names(++i < args.length ? args[i] : ""));
        default -> isAsked = false;
      }
    }
    return new Options(isQuick, records, onlyWrites, only, isAsked && areKnown(only));
  }

  boolean wants(Part part) {
    return only.isEmpty() || only.contains(part.name());
  }

  private static List<String> names(String list) {
    return List.of(list.split(",", -1));
  }

  private static boolean areKnown(List<String> names) {
    return Parts.ALL.stream().map(Part::name).toList().containsAll(names);
  }
}
