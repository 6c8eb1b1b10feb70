package io.syslet.examples.cli;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

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

  /** The bytes of a path that was given as an argument, or after the = of one. */
  static byte[] bytes(String path) {
    return bytes(path, 0);
  }

  /** As {@link #bytes(String)}, behind so many others that read the same and may not be it. */
  static byte[] bytes(String path, int before) {
    byte[] text = path.getBytes(StandardCharsets.UTF_8);
    if (isAscii(text)) {
      return text;
    }
    List<byte[]> raw = raw();
    int left = before;
    for (int i = 0; i < raw.size(); i++) {
      boolean isWhole = decoded[i].equals(path);
      boolean isOption = decoded[i].startsWith("-") && decoded[i].endsWith("=" + path);
      if ((isWhole || isOption) && left-- == 0) {
        return isWhole ? raw.get(i) : afterEquals(raw.get(i));
      }
    }
    return text;
  }

  /** A text in UTF-8, but for what it cites of the arguments: that has their bytes. */
  static byte[] encode(String text) {
    byte[] plain = text.getBytes(StandardCharsets.UTF_8);
    String cited = isAscii(plain) ? null : longestCited(text);
    if (cited == null) {
      return plain;
    }
    int at = text.indexOf(cited);
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    all.writeBytes(encode(text.substring(0, at)));
    all.writeBytes(bytes(cited));
    all.writeBytes(encode(text.substring(at + cited.length())));
    return all.toByteArray();
  }

  private static @Nullable String longestCited(String text) {
    String longest = null;
    for (String argument : decoded) {
      for (String part : List.of(argument, argument.substring(argument.indexOf('=') + 1))) {
        boolean fits = !isAscii(part.getBytes(StandardCharsets.UTF_8)) && text.contains(part);
        longest = fits && (longest == null || part.length() > longest.length()) ? part : longest;
      }
    }
    return longest;
  }

  private static boolean isAscii(byte[] text) {
    for (byte b : text) {
      if (b < 0) {
        return false;
      }
    }
    return true;
  }

  /** The program's arguments, which are the last ones of the process; none if that is unknown. */
  private static List<byte[]> raw() {
    try {
      List<byte[]> all = split(Files.readAllBytes(Path.of("/proc/self/cmdline")));
      int first = all.size() - decoded.length;
      return first > 0 ? all.subList(first, all.size()) : List.of();
    } catch (IOException e) {
      return List.of();
    }
  }

  private static byte[] afterEquals(byte[] argument) {
    int from = 0;
    while (argument[from] != '=') {
      from++;
    }
    return Arrays.copyOfRange(argument, from + 1, argument.length);
  }

  private static List<byte[]> split(byte[] line) {
    List<byte[]> parts = new ArrayList<>();
    int from = 0;
    for (int i = 0; i < line.length; i++) {
      if (line[i] == 0) {
        parts.add(Arrays.copyOfRange(line, from, i));
        from = i + 1;
      }
    }
    return parts;
  }
}
