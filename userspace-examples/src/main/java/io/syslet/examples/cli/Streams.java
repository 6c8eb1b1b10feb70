package io.syslet.examples.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/** The process's own output, as bytes and without a buffer. */
final class Streams {
  static final OutputStream OUT = new FileOutputStream(FileDescriptor.out);
  static final OutputStream ERR = new FileOutputStream(FileDescriptor.err);

  private Streams() {}

  static void print(String text) throws IOException {
    OUT.write(text.getBytes(StandardCharsets.UTF_8));
  }

  /** One line on standard error. */
  static void complain(String message) {
    try {
      ERR.write(("syslet: " + message + "\n").getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      // Nobody listens.
    }
  }

  /**
   * What writing to standard output ended with.
   *
   * @return the exit status: a reader that has seen enough is no error.
   */
  static int failed(IOException e) {
    if ("Broken pipe".equals(e.getMessage())) {
      return Main.OK;
    }
    complain(String.valueOf(e.getMessage()));
    return Main.INCOMPLETE;
  }
}
