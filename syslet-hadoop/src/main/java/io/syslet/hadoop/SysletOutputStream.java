package io.syslet.hadoop;

import io.syslet.Nr;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.ClosedChannelException;
import java.util.Objects;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.StreamCapabilities;
import org.apache.hadoop.fs.Syncable;
import org.apache.hadoop.fs.statistics.IOStatistics;
import org.apache.hadoop.fs.statistics.IOStatisticsSource;
import org.apache.hadoop.fs.statistics.StreamStatisticNames;
import org.apache.hadoop.fs.statistics.impl.IOStatisticsStore;

/** Writes a file, a chunk at a time, some of them on their way. */
final class SysletOutputStream extends OutputStream
    implements Syncable, StreamCapabilities, IOStatisticsSource {
  private final RemoteFile file;
  private final WriteBehind behind;
  private final DoorStatistics statistics;
  private final IOStatisticsStore counts = DoorStatistics.ofOutput();
  private byte[] chunk;
  private int filled;
  private long position;
  private boolean closed;

  /**
   * @param position where the first byte goes.
   */
  SysletOutputStream(RemoteFile file, long position, DoorStatistics statistics) {
    DoorOptions options = file.door.options;
    this.file = file;
    this.position = position;
    this.statistics = statistics;
    this.behind = new WriteBehind(file, options.chunk(), options.ahead());
    this.chunk = behind.chunk();
  }

  @Override
  public synchronized void write(int b) throws IOException {
    check();
    pushFull();
    chunk[filled++] = (byte) b;
    written(1);
  }

  @Override
  public synchronized void write(byte[] from, int offset, int length) throws IOException {
    Objects.checkFromIndexSize(offset, length, from.length);
    check();
    for (int done = 0; done < length; ) {
      int count = Math.min(length - done, chunk.length - filled);
      System.arraycopy(from, offset + done, chunk, filled, count);
      filled += count;
      done += count;
      written(count);
    }
  }

  private void written(int count) throws IOException {
    counts.incrementCounter(StreamStatisticNames.STREAM_WRITE_BYTES, count);
    statistics.written(count);
    pushFull();
  }

  /** A chunk stays full if it could not be pushed. */
  private void pushFull() throws IOException {
    if (filled == chunk.length) {
      push();
    }
  }

  private void push() throws IOException {
    if (filled > 0) {
      behind.write(chunk, filled, position);
      position += filled;
      chunk = behind.chunk();
      filled = 0;
    }
  }

  private void check() throws IOException {
    if (closed) {
      throw new ClosedChannelException();
    }
  }

  /** As {@link #hflush}: others see what was written. */
  @Override
  public void flush() throws IOException {
    hflush();
  }

  @Override
  public synchronized void hflush() throws IOException {
    check();
    push();
    behind.drain();
  }

  @Override
  public synchronized void hsync() throws IOException {
    hflush();
    statistics.count(org.apache.hadoop.fs.statistics.StoreStatisticNames.OP_HSYNC);
    file.repeat(on -> on.call(calls -> calls.call(Nr.FSYNC, on.fd, 0, 0, 0, 0, 0)));
  }

  @Override
  public synchronized void close() throws IOException {
    if (closed) {
      return;
    }
    try {
      push();
      behind.drain();
    } finally {
      closed = true;
      file.close();
      statistics.add(counts);
    }
  }

  @Override
  @SuppressWarnings("deprecation") // programs still ask by that name
  public boolean hasCapability(String capability) {
    return switch (capability) {
      case StreamCapabilities.HFLUSH, StreamCapabilities.HSYNC, StreamCapabilities.IOSTATISTICS ->
          true;
      default -> false;
    };
  }

  @Override
  public IOStatistics getIOStatistics() {
    return counts;
  }

  /** For {@link FileSystem}: how the stream shows itself. */
  @Override
  public String toString() {
    return "SysletOutputStream{" + file.path.text() + ", " + counts + "}";
  }
}
