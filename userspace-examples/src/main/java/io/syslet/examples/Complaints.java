package io.syslet.examples;

import io.syslet.Errno;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/** Names on a stream what could not be read, and counts it. */
final class Complaints {
  private final OutputStream out;
  private long count;

  Complaints(OutputStream out) {
    this.out = out;
  }

  /** One line: {@code syslet: PATH: TEXT (ENAME)}. */
  synchronized void add(byte[] path, int errno) {
    count++;
    ByteArrayOutputStream line = new ByteArrayOutputStream(path.length + 64);
    line.writeBytes("syslet: ".getBytes(StandardCharsets.US_ASCII));
    line.writeBytes(path);
    String text = ": " + Errno.text(errno) + " (" + Errno.name(errno) + ")\n";
    line.writeBytes(text.getBytes(StandardCharsets.US_ASCII));
    try {
      line.writeTo(out);
      out.flush();
    } catch (IOException e) {
      // Nobody listens; the count, and the exit status by it, still say so.
    }
  }

  synchronized long count() {
    return count;
  }
}
