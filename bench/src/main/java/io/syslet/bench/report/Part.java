package io.syslet.bench.report;

import java.util.List;

/**
 * One measurement: a command of the folder {@code bench}.
 *
 * @param name what its recorded figures are called.
 * @param title what it measures.
 * @param full the command, with its arguments.
 * @param quick the same with fewer rounds.
 */
record Part(String name, String title, List<String> full, List<String> quick) {
  static Part of(String name, String title, String full, String quick) {
    return new Part(name, title, words(full), words(quick));
  }

  List<String> command(boolean isQuick) {
    return isQuick ? quick : full;
  }

  private static List<String> words(String line) {
    return List.of(line.split(" ", -1));
  }
}
