package io.syslet.examples.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/** The process's own output, as bytes and without a buffer. */
final class Streams {
  /** Standard output; fails with a {@link Output.FailedException}. */
  static final OutputStream OUT = new Output(new FileOutputStream(FileDescriptor.out));

  static final OutputStream ERR = new FileOutputStream(FileDescriptor.err);

  private Streams() {}

  /** Writes to standard output; what was an argument has the bytes that it was given with. */
  static void print(String text) throws IOException {
    OUT.write(RawArguments.encode(text));
  }

  /** Writes one line to standard error; what was an argument has the bytes that it came with. */
  static void complain(String message) {
    complain(RawArguments.encode(message));
  }

  /** Writes one line to standard error. */
  static void complain(byte[] message) {
    byte[] before = "syslet: ".getBytes(StandardCharsets.US_ASCII);
    byte[] line = new byte[before.length + message.length + 1];
    System.arraycopy(before, 0, line, 0, before.length);
    System.arraycopy(message, 0, line, before.length, message.length);
    line[line.length - 1] = '\n';
    try {
      ERR.write(line);
    } catch (IOException e) {
      // Nobody listens; the exit status still says so.
    }
  }
}
