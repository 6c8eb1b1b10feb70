package io.syslet.examples.cli;

import java.io.IOException;
import java.io.OutputStream;

/** A stream whose failures can be told from those of other files. */
final class Output extends OutputStream {
  /** Standard output could not be written. */
  static final class FailedException extends IOException {
    private static final long serialVersionUID = 1;

    private FailedException(IOException cause) {
      super("standard output: " + cause.getMessage(), cause);
    }

    /** Whether its reader had seen enough. */
    boolean isBrokenPipe() {
      return String.valueOf(getMessage()).endsWith("Broken pipe");
    }
  }

  private final OutputStream out;

  Output(OutputStream out) {
    this.out = out;
  }

  @Override
  public void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    try {
      out.write(bytes, offset, length);
    } catch (IOException e) {
      throw new FailedException(e);
    }
  }
}
