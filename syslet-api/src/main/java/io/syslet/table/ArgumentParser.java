package io.syslet.table;

/** Reads an argument as {@link CallText} writes it. */
final class ArgumentParser {
  private static final int IOVEC = 16;

  private final boolean x86;

  ArgumentParser(boolean x86) {
    this.x86 = x86;
  }

  Argument parse(String word) {
    int end = endOfKind(word);
    ArgumentKind kind = kind(word.substring(0, end));
    if (end == word.length()) {
      return Argument.plain(kind);
    }
    String length = word.substring(end + 1);
    return switch (word.charAt(end)) {
      case '=' -> new Argument(kind, size(length), Argument.NO_COUNT, false);
      case '&' -> new Argument(kind, 1, Integer.parseInt(length), true);
      default -> counted(kind, length);
    };
  }

  private Argument counted(ArgumentKind kind, String length) {
    int count = length.charAt(0) - '0';
    int unit = length.length() > 2 ? size(length.substring(2)) : isVector(kind) ? IOVEC : 1;
    return new Argument(kind, unit, count, false);
  }

  private int size(String word) {
    return switch (word) {
      case "S" -> x86 ? 144 : 128;
      case "E" -> x86 ? 12 : 16;
      default -> Integer.parseInt(word);
    };
  }

  private static boolean isVector(ArgumentKind kind) {
    return kind == ArgumentKind.IOVEC_IN || kind == ArgumentKind.IOVEC_OUT;
  }

  private static int endOfKind(String word) {
    int i = 0;
    while (i < word.length() && Character.isLetter(word.charAt(i))) {
      i++;
    }
    return i;
  }

  private static ArgumentKind kind(String word) {
    return switch (word) {
      case "int" -> ArgumentKind.INT;
      case "long" -> ArgumentKind.LONG;
      case "fd" -> ArgumentKind.FD;
      case "flags", "files" -> ArgumentKind.FLAGS;
      case "path" -> ArgumentKind.PATH;
      case "str" -> ArgumentKind.STRING;
      case "in" -> ArgumentKind.IN;
      case "out" -> ArgumentKind.OUT;
      case "inout" -> ArgumentKind.INOUT;
      case "iovin" -> ArgumentKind.IOVEC_IN;
      case "iovout" -> ArgumentKind.IOVEC_OUT;
      case "msgin" -> ArgumentKind.MESSAGE_IN;
      case "msgout" -> ArgumentKind.MESSAGE_OUT;
      case "addr" -> ArgumentKind.ADDRESS;
      default -> throw new IllegalArgumentException(word);
    };
  }
}
