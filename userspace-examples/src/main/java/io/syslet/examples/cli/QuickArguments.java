package io.syslet.examples.cli;

import io.syslet.linux.HandOverPolicy;
import org.jspecify.annotations.Nullable;

/**
 * Understands plain {@code syslet walk} and {@code syslet copy} lines without picocli, which would
 * cost more time than a walk over a small tree. What it does not understand at once is left to
 * picocli, which also explains what is wrong.
 */
final class QuickArguments {
  private QuickArguments() {}

  /** What a line asks for, or null if picocli has to look at it. */
  static @Nullable QuickRun parse(String... line) {
    WalkArguments walk = walk(line);
    if (walk != null) {
      return new WalkRun(walk);
    }
    CopyArguments copy = copy(line);
    return copy == null ? null : new CopyRun(copy);
  }

  /** The arguments of a copy, or null if picocli has to look at them. */
  static @Nullable CopyArguments copy(String... line) {
    if (line.length < 3 || !line[0].equals("copy")) {
      return null;
    }
    CopyArguments found = new CopyArguments();
    int names = 0;
    for (int i = 1; i < line.length; i++) {
      String argument = line[i];
      if (argument.equals("--quiet")) {
        found.quiet = true;
      } else if (argument.equals("--in-flight") && i + 1 < line.length) {
        found.inFlight = number(line[++i]);
      } else if (argument.startsWith("-") || argument.isEmpty() || names == 2) {
        return null;
      } else if (names++ == 0) {
        found.from = argument;
      } else {
        found.to = argument;
      }
    }
    return names < 2 || found.problem() != null ? null : found;
  }

  /** The arguments of a walk, or null if picocli has to look at them. */
  static @Nullable WalkArguments walk(String... line) {
    if (line.length < 2 || !line[0].equals("walk")) {
      return null;
    }
    WalkArguments found = new WalkArguments();
    for (int i = 1; i < line.length; i++) {
      String argument = line[i];
      if (!argument.startsWith("-") && found.directory.isEmpty()) {
        found.directory = argument;
      } else if (!isFlag(found, argument)
          && !(++i < line.length && isOption(found, argument, line[i]))) {
        return null;
      }
    }
    return found.directory.isEmpty() || found.problem() != null ? null : found;
  }

  private static boolean isFlag(WalkArguments found, String name) {
    switch (name) {
      case "--json" -> found.json = true;
      case "--list" -> found.list = true;
      case "--sync" -> found.sync = true;
      case "--lstat-only" -> found.lstatOnly = true;
      case "--threadlets" -> found.threadlets = true;
      case "-x" -> found.oneFileSystem = true;
      case "--no-progress" -> found.noProgress = true;
      default -> {
        return false;
      }
    }
    return true;
  }

  private static boolean isOption(WalkArguments found, String name, String value) {
    switch (name) {
      case "--in-flight" -> found.inFlight = number(value);
      case "--tasks" -> found.tasks = number(value);
      case "--policy" -> {
        return isPolicy(found, value);
      }
      case "--connect" -> found.connect = value;
      case "--tls-cert" -> found.tlsCert = value;
      case "--tls-key" -> found.tlsKey = value;
      case "--tls-ca" -> found.tlsCa = value;
      default -> {
        return false;
      }
    }
    return true;
  }

  private static boolean isPolicy(WalkArguments found, String value) {
    if (value.equals("adaptive")) {
      found.policy = HandOverPolicy.ADAPTIVE;
    }
    return value.equals("adaptive") || value.equals("strict");
  }

  /** A plain number, or 0, which no option takes. */
  private static int number(String value) {
    int number = 0;
    for (int i = 0; i < value.length(); i++) {
      int digit = value.charAt(i) - '0';
      if (digit < 0 || digit > 9 || i == 9) {
        return 0;
      }
      number = 10 * number + digit;
    }
    return number;
  }
}
