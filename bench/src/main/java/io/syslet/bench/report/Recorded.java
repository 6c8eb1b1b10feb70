package io.syslet.bench.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What one measurement printed, and when and where: a file of {@code key: value} lines, an empty
 * one, and the text.
 */
record Recorded(String name, Map<String, String> head, String body) {
  static final String OK = "ok";
  private static final String SUFFIX = ".txt";

  static Recorded read(Path file) throws IOException {
    String name = String.valueOf(file.getFileName());
    String text = Files.readString(file);
    int end = text.indexOf("\n\n");
    if (end < 0) {
      throw new IOException("no head: " + file);
    }
    Map<String, String> head = new LinkedHashMap<>();
    text.substring(0, end)
        .lines()
        .forEach(
            line -> {
              int colon = line.indexOf(": ");
              head.put(line.substring(0, colon), line.substring(colon + 2));
            });
    return new Recorded(
        name.substring(0, name.length() - SUFFIX.length()), head, text.substring(end + 2));
  }

  static boolean isOne(Path file) {
    return file.toString().endsWith(SUFFIX);
  }

  void write(Path folder) throws IOException {
    Files.createDirectories(folder);
    StringBuilder text = new StringBuilder();
    head.forEach((key, value) -> text.append(key).append(": ").append(value).append('\n'));
    Files.writeString(folder.resolve(name + SUFFIX), text + "\n" + body);
  }

  String status() {
    return head.getOrDefault("status", OK);
  }

  boolean isOk() {
    return status().equals(OK);
  }

  /** One line: the command, the date, and all else that is known, but not the status. */
  String origin() {
    StringBuilder line = new StringBuilder("`" + head.getOrDefault("command", name) + "`");
    head.forEach(
        (key, value) -> {
          if (!key.equals("command") && !key.equals("status")) {
            line.append(key.equals("date") || key.equals("machine") ? "; " : "; " + key + " ");
            line.append(value);
          }
        });
    return line.toString();
  }
}
