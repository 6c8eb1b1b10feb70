package io.syslet.hadoop;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import org.apache.hadoop.fs.ByteBufferPositionedReadable;
import org.apache.hadoop.fs.ByteBufferReadable;
import org.apache.hadoop.fs.CanUnbuffer;
import org.apache.hadoop.fs.FSExceptionMessages;
import org.apache.hadoop.fs.FSInputStream;
import org.apache.hadoop.fs.FileRange;
import org.apache.hadoop.fs.StreamCapabilities;
import org.apache.hadoop.fs.VectoredReadUtils;
import org.apache.hadoop.fs.statistics.IOStatistics;
import org.apache.hadoop.fs.statistics.IOStatisticsSource;
import org.apache.hadoop.fs.statistics.StreamStatisticNames;
import org.apache.hadoop.fs.statistics.impl.IOStatisticsStore;

/**
 * Reads a file: in order, ahead; by position, in as many calls in flight as there are chunks; and
 * ranges all at once. Reads by position are for any thread, the others for one at a time.
 */
final class SysletInputStream extends FSInputStream
    implements ByteBufferReadable,
        ByteBufferPositionedReadable,
        CanUnbuffer,
        StreamCapabilities,
        IOStatisticsSource {
  private final RemoteFile file;
  private final PieceReader ahead;
  private final DoorStatistics statistics;
  private final IOStatisticsStore counts = DoorStatistics.ofInput();
  private long position;
  private long size;
  private volatile boolean closed;

  SysletInputStream(RemoteFile file, PieceReader ahead, DoorStatistics statistics) {
    this.file = file;
    this.ahead = ahead;
    this.statistics = statistics;
    this.size = file.size();
  }

  // ---- in order

  @Override
  public synchronized int read() throws IOException {
    check();
    PieceReader.Piece piece = ahead.at(position);
    if (!piece.has(position)) {
      return -1;
    }
    int found = piece.bytes[(int) (position - piece.offset)] & 0xff;
    moved(1);
    return found;
  }

  @Override
  public synchronized int read(byte[] to, int offset, int length) throws IOException {
    Objects.checkFromIndexSize(offset, length, to.length);
    return read(ByteBuffer.wrap(to, offset, length));
  }

  @Override
  public synchronized int read(ByteBuffer to) throws IOException {
    check();
    if (!to.hasRemaining()) {
      return 0;
    }
    PieceReader.Piece piece = ahead.at(position);
    if (!piece.has(position)) {
      return -1;
    }
    int from = (int) (position - piece.offset);
    int count = Math.min(to.remaining(), piece.length - from);
    to.put(piece.bytes, from, count);
    moved(count);
    return count;
  }

  private void moved(int count) {
    position += count;
    size = Math.max(size, position);
    counted(count);
  }

  @Override
  public synchronized int available() throws IOException {
    check();
    return Math.clamp(size - position, 0, Integer.MAX_VALUE);
  }

  @Override
  public synchronized long skip(long count) throws IOException {
    check();
    long skipped = Math.clamp(size - position, 0, Math.max(count, 0));
    position += skipped;
    return skipped;
  }

  @Override
  public synchronized void seek(long to) throws IOException {
    check();
    if (to < 0) {
      throw new EOFException(FSExceptionMessages.NEGATIVE_SEEK + " " + to);
    }
    if (to > size) {
      size = file.repeat(RemoteFile::facts).size();
    }
    if (to > size) {
      throw new EOFException(FSExceptionMessages.CANNOT_SEEK_PAST_EOF + " " + to);
    }
    position = to;
  }

  @Override
  public synchronized long getPos() {
    return position;
  }

  @Override
  public boolean seekToNewSource(long target) {
    return false;
  }

  // ---- by position

  @Override
  public int read(long from, byte[] to, int offset, int length) throws IOException {
    check();
    validatePositionedReadArgs(from, to, offset, length);
    return read(from, ByteBuffer.wrap(to, offset, length));
  }

  @Override
  public int read(long from, ByteBuffer to) throws IOException {
    check();
    if (from < 0) {
      throw new EOFException(FSExceptionMessages.NEGATIVE_SEEK + " " + from);
    }
    int wanted = Math.min(to.remaining(), file.door.options.chunk());
    if (wanted == 0) {
      return 0;
    }
    int count = PieceReader.read(file, from, to.slice(to.position(), wanted));
    if (count > 0) {
      to.position(to.position() + count);
      counted(count);
    }
    return count == 0 ? -1 : count;
  }

  @Override
  public void readFully(long from, byte[] to, int offset, int length) throws IOException {
    check();
    validatePositionedReadArgs(from, to, offset, length);
    readFully(from, ByteBuffer.wrap(to, offset, length));
  }

  @Override
  public void readFully(long from, ByteBuffer to) throws IOException {
    check();
    if (from < 0) {
      throw new EOFException(FSExceptionMessages.NEGATIVE_SEEK + " " + from);
    }
    int length = to.remaining();
    ParallelRead.fully(file, from, to);
    to.position(to.limit());
    counted(length);
  }

  // ---- ranges

  @Override
  public int minSeekForVectorReads() {
    return 0;
  }

  @Override
  public int maxReadSizeForVectorReads() {
    return 0;
  }

  @Override
  public void readVectored(List<? extends FileRange> ranges, IntFunction<ByteBuffer> allocate)
      throws IOException {
    readVectored(ranges, allocate, VectoredReadUtils.LOG_BYTE_BUFFER_RELEASED);
  }

  @Override
  public void readVectored(
      List<? extends FileRange> ranges,
      IntFunction<ByteBuffer> allocate,
      Consumer<ByteBuffer> release)
      throws IOException {
    check();
    Objects.requireNonNull(allocate);
    Objects.requireNonNull(release);
    List<? extends FileRange> sorted =
        VectoredReadUtils.validateAndSortRanges(ranges, Optional.empty());
    counts.incrementCounter(StreamStatisticNames.STREAM_READ_VECTORED_OPERATIONS, 1);
    counts.incrementCounter(
        StreamStatisticNames.STREAM_READ_VECTORED_INCOMING_RANGES, sorted.size());
    for (FileRange range : sorted) {
      range.setData(begin(range, allocate, release));
    }
  }

  private CompletableFuture<ByteBuffer> begin(
      FileRange range, IntFunction<ByteBuffer> allocate, Consumer<ByteBuffer> release)
      throws IOException {
    ByteBuffer buffer = allocate.apply(range.getLength());
    buffer.limit(buffer.position() + range.getLength());
    return VectoredRead.begin(file, range.getOffset(), buffer)
        .whenComplete(
            (read, error) -> {
              if (error == null) {
                counted(range.getLength());
              } else {
                release.accept(buffer);
              }
            });
  }

  // ---- the rest

  private void counted(int bytes) {
    counts.incrementCounter(StreamStatisticNames.STREAM_READ_BYTES, bytes);
    counts.incrementCounter(StreamStatisticNames.STREAM_READ_OPERATIONS, 1);
    statistics.read(bytes);
  }

  private void check() throws IOException {
    if (closed) {
      throw new IOException(FSExceptionMessages.STREAM_IS_CLOSED);
    }
  }

  @Override
  public synchronized void unbuffer() {
    ahead.clear();
  }

  @Override
  public synchronized void close() {
    if (!closed) {
      closed = true;
      ahead.clear();
      file.close();
      statistics.add(counts);
    }
  }

  @Override
  public boolean hasCapability(String capability) {
    return switch (capability) {
      case StreamCapabilities.UNBUFFER,
          StreamCapabilities.READBYTEBUFFER,
          StreamCapabilities.PREADBYTEBUFFER,
          StreamCapabilities.VECTOREDIO,
          StreamCapabilities.IOSTATISTICS ->
          true;
      default -> false;
    };
  }

  @Override
  public IOStatistics getIOStatistics() {
    return counts;
  }

  @Override
  public String toString() {
    return "SysletInputStream{" + file.path.text() + ", at " + position + ", " + counts + "}";
  }
}
