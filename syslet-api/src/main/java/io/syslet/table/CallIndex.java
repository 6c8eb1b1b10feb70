package io.syslet.table;

/**
 * The call table of one architecture, by number. Only the fixed columns of {@link CallText} are
 * read when it is made, since each program pays for it at its start; the rest of a line is read
 * when somebody asks for it.
 */
final class CallIndex {
  /** Columns of a line. */
  static final int X86 = 0;

  static final int AARCH64 = 4;
  static final int TRAITS = 8;
  static final int NAME = 12;

  private static final int TRAIT_COLUMNS = 3;
  private static final byte NEEDS_LOOK = Trait.REFUSED | Trait.ANSWERED | Trait.CONDITIONAL;

  /** By number; 0 for one that no call has. */
  final byte[] traits = new byte[CallTable.NUMBERS];

  /** By number: where the call's line begins, plus 1; 0 for none. */
  final char[] lines = new char[CallTable.NUMBERS];

  final byte[] text;

  CallIndex(byte[] text, boolean x86) {
    this.text = text;
    int column = x86 ? X86 : AARCH64;
    for (int line = 0; line < text.length; line = endOfLine(text, line) + 1) {
      if (text[line] != '#') {
        add(line, number(text, line + column));
      }
    }
  }

  private void add(int line, int number) {
    if (number >= 0) {
      traits[number] = traits(text, line + TRAITS);
      lines[number] = (char) (line + 1);
    }
  }

  static int endOfLine(byte[] text, int from) {
    int i = from;
    while (text[i] != '\n') {
      i++;
    }
    return i;
  }

  /** Reads a number of three columns, padded with spaces; −1 for a dash. */
  static int number(byte[] text, int from) {
    int number = 0;
    for (int i = from; i < from + 3; i++) {
      if (text[i] == '-') {
        return -1;
      }
      if (text[i] != ' ') {
        number = number * 10 + text[i] - '0';
      }
    }
    return number;
  }

  /** Reads the letters of the traits column. */
  static byte traits(byte[] text, int from) {
    int bits = 0;
    for (int i = from; i < from + TRAIT_COLUMNS; i++) {
      bits |= trait(text[i]);
    }
    return (byte) ((bits & NEEDS_LOOK) != 0 ? bits | Trait.LOOK : bits);
  }

  private static int trait(byte letter) {
    return switch (letter) {
      case 'R' -> Trait.REFUSED;
      case 'A' -> Trait.ANSWERED;
      case 'C' -> Trait.CONDITIONAL;
      case 'N' -> Trait.NEVER_SLEEPS;
      case 'E' -> Trait.EFFECTS;
      case 'D' -> Trait.MAKES_DESCRIPTOR;
      default -> 0;
    };
  }
}
