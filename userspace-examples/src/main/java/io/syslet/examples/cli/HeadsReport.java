package io.syslet.examples.cli;

import io.syslet.examples.Complaints;
import io.syslet.examples.Heads;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Counts the files whose beginnings were read, and prints these, if wanted, as head does. */
final class HeadsReport implements Heads.Listener {
  private static final int CHUNK = 64 * 1024;

  private final Complaints complaints;
  private final @Nullable OutputStream out;
  private long files;
  private long bytes;

  HeadsReport(Complaints complaints, @Nullable OutputStream out) {
    this.complaints = complaints;
    this.out = out == null ? null : new BufferedOutputStream(out, CHUNK);
  }

  @Override
  public void read(byte[] path, MemorySegment head, long length) {
    if (length < 0) {
      complaints.add(path, (int) -length);
      return;
    }
    files++;
    bytes += length;
    if (out != null) {
      print(out, path, head.asSlice(0, length));
    }
  }

  private static void print(OutputStream to, byte[] path, MemorySegment head) {
    try {
      to.write("==> ".getBytes(StandardCharsets.US_ASCII));
      to.write(path);
      to.write(" <==\n".getBytes(StandardCharsets.US_ASCII));
      to.write(head.toArray(ValueLayout.JAVA_BYTE));
      to.write('\n');
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Prints what is left to print: the last files, or the totals. */
  void end(long nanos) throws IOException {
    if (out != null) {
      out.flush();
    } else {
      Streams.print(WalkReport.heads(files, bytes, complaints.count(), nanos));
    }
  }

  int status() {
    return complaints.count() == 0 ? Main.OK : Main.INCOMPLETE;
  }
}
