package io.syslet.examples;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/** Names on a stream what could not be read, and counts it. */
public final class Complaints {
  private final OutputStream out;
  private long count;

  /** On that stream. */
  public Complaints(OutputStream out) {
    this.out = out;
  }

  /** One line: {@code syslet: PATH: TEXT (ENAME)}. Any thread. */
  public synchronized void add(byte[] path, int errno) {
    count++;
    say(path, PathRefusedException.text(errno));
  }

  /** One line that is not counted: {@code syslet: PATH: TEXT}. Any thread. */
  public synchronized void say(byte[] path, String text) {
    ByteArrayOutputStream line = new ByteArrayOutputStream(path.length + 64);
    line.writeBytes("syslet: ".getBytes(StandardCharsets.US_ASCII));
    line.writeBytes(path);
    line.writeBytes((": " + text + "\n").getBytes(StandardCharsets.US_ASCII));
    try {
      line.writeTo(out);
      out.flush();
    } catch (IOException e) {
      // Nobody listens; the count, and the exit status by it, still say so.
    }
  }

  /** How many were added. Any thread. */
  public synchronized long count() {
    return count;
  }
}
