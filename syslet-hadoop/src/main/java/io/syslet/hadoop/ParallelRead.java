package io.syslet.hadoop;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.fs.FSExceptionMessages;

/** Reads a buffer full, all its chunks in flight, and waits for them. */
final class ParallelRead {
  private final RemoteFile file;
  private final long offset;
  private final List<ByteBuffer> slices = new ArrayList<>();
  private final List<Transfer> transfers = new ArrayList<>();

  private ParallelRead(RemoteFile file, long offset) {
    this.file = file;
    this.offset = offset;
  }

  /**
   * Fills what remains of a buffer, from a byte of the file on; its position stays.
   *
   * @throws EOFException if the file ends before that.
   */
  static void fully(RemoteFile file, long offset, ByteBuffer to) throws IOException {
    ParallelRead read = new ParallelRead(file, offset);
    read.begin(to);
    try {
      read.await();
    } finally {
      read.transfers.forEach(Transfer::abandon);
    }
  }

  private void begin(ByteBuffer to) throws IOException {
    Handle on = file.handle();
    int chunk = file.door.options.chunk();
    for (int from = 0; from < to.remaining(); from += chunk) {
      ByteBuffer slice = to.slice(to.position() + from, Math.min(chunk, to.remaining() - from));
      slices.add(slice);
      transfers.add(Transfer.read(on, offset + from, slice));
    }
  }

  private void await() throws IOException {
    long from = offset;
    for (int i = 0; i < slices.size(); i++) {
      ByteBuffer slice = slices.get(i);
      if (await(transfers.get(i), from, slice) < slice.remaining()) {
        throw new EOFException(FSExceptionMessages.EOF_IN_READ_FULLY);
      }
      from += slice.remaining();
    }
  }

  private int await(Transfer transfer, long from, ByteBuffer slice) throws IOException {
    try {
      return ServerSession.await(transfer.result);
    } catch (RemoteError e) {
      return PieceReader.read(file, from, slice);
    }
  }
}
