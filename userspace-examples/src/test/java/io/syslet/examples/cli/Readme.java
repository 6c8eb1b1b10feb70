package io.syslet.examples.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What the README tells somebody who writes a program of his own. */
final class Readme {
  private static final Pattern FLAG = Pattern.compile("(--[a-z-]+)[ =](\\S+)");

  private final String text;

  private Readme(String text) {
    this.text = text;
  }

  static Readme read() throws IOException {
    return new Readme(Files.readString(Path.of("..", "README.md")));
  }

  /** The first block of a language. */
  private String block(String language) {
    Matcher block = Pattern.compile("(?ms)^```" + language + "\\n(.*?)^```$").matcher(text);
    if (!block.find()) {
      throw new AssertionError("the README has no block of " + language);
    }
    return block.group(1);
  }

  /** The command that puts syslet into the local repository. */
  String install() {
    Matcher line = Pattern.compile("(?m)^    (mvn install[^#\\n]*)").matcher(text);
    if (!line.find()) {
      throw new AssertionError("the README has no mvn install");
    }
    return line.group(1).strip();
  }

  /** The program, a source file of its own. */
  String program() {
    return block("java");
  }

  /** The dependency, as a pom has it. */
  String dependency() {
    return block("xml");
  }

  /** The flags of a JVM with everything on the class path. */
  List<String> flagsOnTheClassPath() {
    return flags("on the class path:\n");
  }

  /** The flags of a JVM with syslet on the module path. */
  List<String> flagsOnTheModulePath() {
    return flags("on the module path:\n");
  }

  private List<String> flags(String after) {
    String rest = text.substring(text.indexOf(after) + after.length());
    String block =
        rest.lines().skip(1).takeWhile(s -> s.startsWith("    ")).collect(Collectors.joining(" "));
    Matcher flag = FLAG.matcher(block);
    List<String> flags = new ArrayList<>();
    while (flag.find()) {
      flags.add(flag.group(1) + "=" + flag.group(2));
    }
    if (!text.contains(after) || flags.isEmpty()) {
      throw new AssertionError("the README has no flags " + after);
    }
    return flags;
  }
}
