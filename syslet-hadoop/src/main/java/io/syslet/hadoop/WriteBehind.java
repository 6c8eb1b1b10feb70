package io.syslet.hadoop;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import org.apache.hadoop.fs.PathIOException;
import org.jspecify.annotations.Nullable;

/**
 * Chunks on their way into a file, each to its own place, so that one whose fate a lost server has
 * left open is written again. One thread at a time.
 */
final class WriteBehind {
  private final RemoteFile file;
  private final int most;
  private final ArrayDeque<Written> underWay = new ArrayDeque<>();
  private final ArrayDeque<byte[]> spare = new ArrayDeque<>();
  private final int bytes;
  private @Nullable IOException failure;

  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Written(Transfer transfer, long offset, byte[] bytes, ByteBuffer chunk) {}

  /**
   * @param bytes of a chunk.
   * @param most chunks under way.
   */
  WriteBehind(RemoteFile file, int bytes, int most) {
    this.file = file;
    this.bytes = bytes;
    this.most = most;
  }

  /** An array to fill, for {@link #write}. */
  byte[] chunk() {
    byte[] used = spare.pollFirst();
    return used == null ? new byte[bytes] : used;
  }

  /** Begins to write a chunk, which is not the caller's any more. */
  void write(byte[] chunk, int length, long offset) throws IOException {
    check();
    while (underWay.size() >= Math.max(most, 1)) {
      endFirst();
    }
    Handle on = file.handle();
    ByteBuffer from = ByteBuffer.wrap(chunk, 0, length);
    underWay.add(new Written(Transfer.write(on, offset, from.duplicate()), offset, chunk, from));
  }

  /** Waits until all is written. */
  void drain() throws IOException {
    check();
    while (!underWay.isEmpty()) {
      endFirst();
    }
  }

  /** What has failed once stays so. */
  private void check() throws IOException {
    if (failure != null) {
      throw new PathIOException(file.path.text(), "a write has failed before", failure);
    }
  }

  private void endFirst() throws IOException {
    Written first = underWay.remove();
    try {
      int written = await(first);
      if (written != first.chunk.remaining()) {
        throw new PathIOException(file.path.text(), "took " + written + " bytes only");
      }
    } catch (IOException e) {
      failure = e;
      underWay.forEach(rest -> rest.transfer.abandon());
      underWay.clear();
      throw e;
    }
    spare.push(first.bytes);
  }

  private int await(Written written) throws IOException {
    try {
      return PieceReader.waitFor(written.transfer);
    } catch (RemoteError e) {
      return file.repeat(
          on -> PieceReader.waitFor(Transfer.write(on, written.offset, written.chunk.duplicate())));
    }
  }
}
