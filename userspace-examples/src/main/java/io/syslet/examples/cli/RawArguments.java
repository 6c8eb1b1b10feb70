package io.syslet.examples.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The command line as the bytes that it is. Java decodes arguments by the locale, and a name that
 * is no text in it does not survive that.
 */
final class RawArguments {
  private static String[] decoded = {};

  private RawArguments() {}

  /** Notes what main got. */
  static void remember(String[] arguments) {
    decoded = arguments.clone();
  }

  /** The bytes of a path that was given as an argument. */
  static byte[] bytes(String path) {
    byte[] text = path.getBytes(StandardCharsets.UTF_8);
    return isAscii(text) ? text : raw(path, text);
  }

  private static boolean isAscii(byte[] text) {
    for (byte b : text) {
      if (b < 0) {
        return false;
      }
    }
    return true;
  }

  /** The program's arguments are the last ones of the process. */
  private static byte[] raw(String path, byte[] otherwise) {
    int fromEnd = decoded.length - List.of(decoded).indexOf(path);
    try {
      List<byte[]> all = split(Files.readAllBytes(Path.of("/proc/self/cmdline")));
      boolean known = fromEnd <= decoded.length && decoded.length < all.size();
      return known ? all.get(all.size() - fromEnd) : otherwise;
    } catch (IOException e) {
      return otherwise;
    }
  }

  private static List<byte[]> split(byte[] line) {
    List<byte[]> parts = new ArrayList<>();
    int from = 0;
    for (int i = 0; i < line.length; i++) {
      if (line[i] == 0) {
        parts.add(java.util.Arrays.copyOfRange(line, from, i));
        from = i + 1;
      }
    }
    return parts;
  }
}
