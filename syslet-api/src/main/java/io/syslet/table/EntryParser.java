package io.syslet.table;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.StringTokenizer;

/** Reads one line of {@link CallText} in full. */
final class EntryParser {
  String name = "";
  int x86Number;
  int aarch64Number;
  byte traits;
  final List<Argument> arguments = new ArrayList<>();
  int fileFlagsArgument = -1;
  NonBlockingForm form = NonBlockingForm.NONE;
  int nonBlockingArgument = -1;
  long nonBlockingBits;

  private final ArgumentParser argumentParser;

  private EntryParser(boolean x86) {
    argumentParser = new ArgumentParser(x86);
  }

  /** Reads the line that begins at {@code from}. */
  static CallEntry parse(byte[] text, int from, boolean x86) {
    EntryParser parser = new EntryParser(x86);
    parser.x86Number = CallIndex.number(text, from + CallIndex.X86);
    parser.aarch64Number = CallIndex.number(text, from + CallIndex.AARCH64);
    parser.traits = CallIndex.traits(text, from + CallIndex.TRAITS);
    if ((parser.traits & Trait.NEVER_SLEEPS) != 0) {
      parser.form = NonBlockingForm.AS_IS;
    }
    parser.words(text, from + CallIndex.NAME, CallIndex.endOfLine(text, from));
    return new CallEntry(parser);
  }

  private void words(byte[] text, int from, int to) {
    String rest = new String(text, from, to - from, StandardCharsets.ISO_8859_1);
    StringTokenizer words = new StringTokenizer(rest, " ");
    name = words.nextToken();
    while (words.hasMoreTokens()) {
      word(words.nextToken());
    }
  }

  private void word(String word) {
    if (word.startsWith("~")) {
      nonBlocking(word.substring(1));
      return;
    }
    if (word.equals("files")) {
      fileFlagsArgument = arguments.size();
    }
    arguments.add(argumentParser.parse(word));
  }

  private void nonBlocking(String word) {
    switch (word) {
      case "preadv2" -> form = NonBlockingForm.PREADV2;
      case "pwritev2" -> form = NonBlockingForm.PWRITEV2;
      case "openat2" -> form = NonBlockingForm.OPENAT2;
      case "fd" -> form = NonBlockingForm.DESCRIPTOR;
      default -> flag(word);
    }
  }

  private void flag(String word) {
    form = NonBlockingForm.FLAG;
    nonBlockingArgument = word.charAt(0) - '0';
    nonBlockingBits = Long.parseLong(word.substring(2));
  }
}
