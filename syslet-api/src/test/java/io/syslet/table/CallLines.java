package io.syslet.table;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;

/** The lines of the table, for its tests. */
final class CallLines {
  private CallLines() {}

  /** The line of a name. */
  static CallEntry named(String name) {
    return all(true).stream().filter(e -> e.name().equals(name)).findFirst().orElseThrow();
  }

  /** All lines, as one machine or the other has them. */
  static List<CallEntry> all(boolean x86) {
    byte[] text = CallText.bytes();
    return new String(text, StandardCharsets.ISO_8859_1)
        .lines()
        .filter(line -> !line.startsWith("#"))
        .map(line -> (line + "\n").getBytes(StandardCharsets.ISO_8859_1))
        .map(line -> EntryParser.parse(line, 0, x86))
        .toList();
  }

  /** The entry of a number of the host. */
  static CallEntry of(long nr) {
    return Objects.requireNonNull(CallTable.entry(nr));
  }
}
