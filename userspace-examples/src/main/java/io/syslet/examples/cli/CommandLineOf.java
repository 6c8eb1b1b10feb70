package io.syslet.examples.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** What a process was started with, for people: of a JVM the program, without the JVM's options. */
final class CommandLineOf {
  private static final List<String> WITH_VALUE =
      List.of(
          "-cp",
          "-classpath",
          "--class-path",
          "-p",
          "--module-path",
          "--add-modules",
          "--add-opens",
          "--add-exports",
          "--add-reads",
          "--enable-native-access");

  private CommandLineOf() {}

  /** The words, with a space between; the name of the program where they are not to be had. */
  static String process(long pid) {
    Path folder = Path.of("/proc", Long.toString(pid));
    try {
      String line = Files.readString(folder.resolve("cmdline"), StandardCharsets.ISO_8859_1);
      List<String> words = List.of(line.split("\0"));
      return line.isEmpty()
          ? Files.readString(folder.resolve("comm")).strip()
          : String.join(" ", isJava(words.getFirst()) ? program(words) : words);
    } catch (IOException e) {
      return "?";
    }
  }

  private static boolean isJava(String program) {
    return program.equals("java") || program.endsWith("/java");
  }

  private static List<String> program(List<String> words) {
    int at = 1;
    while (at < words.size() && (words.get(at).startsWith("-") || words.get(at).startsWith("@"))) {
      at += WITH_VALUE.contains(words.get(at)) ? 2 : 1;
    }
    return at < words.size() ? words.subList(at, words.size()) : words;
  }
}
