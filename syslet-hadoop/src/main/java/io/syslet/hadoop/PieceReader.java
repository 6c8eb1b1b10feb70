package io.syslet.hadoop;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * What a stream has of its file: the piece that it is in, and those behind it that are on their
 * way, once two pieces were read in order. One thread at a time.
 */
final class PieceReader {
  /** Bytes of the file on the heap. */
  static final class Piece {
    final long offset;
    final byte[] bytes;
    int length;
    private final Transfer transfer;

    Piece(Handle from, long offset, byte[] bytes) {
      this.offset = offset;
      this.bytes = bytes;
      this.transfer = Transfer.read(from, offset, ByteBuffer.wrap(bytes));
    }

    boolean has(long position) {
      return position >= offset && position < offset + length;
    }
  }

  private final RemoteFile file;
  private final int bytes;
  private final int ahead;
  private final ArrayDeque<Piece> coming = new ArrayDeque<>();
  private @Nullable Piece current;
  private long expected;

  /**
   * @param bytes of a piece.
   * @param ahead pieces on their way at most.
   * @param isInOrder whether the first ones are fetched ahead.
   */
  PieceReader(RemoteFile file, int bytes, int ahead, boolean isInOrder) {
    this.file = file;
    this.bytes = bytes;
    this.ahead = ahead;
    this.expected = isInOrder ? 0 : -1;
  }

  /**
   * The piece with a byte of the file, fetched if it is not here.
   *
   * @return one that does not have it at the end of the file.
   */
  Piece at(long position) throws IOException {
    Piece known = current;
    if (known != null && known.has(position)) {
      return known;
    }
    boolean isInOrder = position == expected;
    Piece next = coming.pollFirst();
    if (next == null || next.offset != position) {
      if (next != null) {
        next.transfer.abandon();
      }
      forget();
      next = new Piece(file.handle(), position, new byte[bytes]);
    }
    if (isInOrder) {
      fetchBehind(next);
    }
    await(next);
    current = next;
    expected = position + next.length;
    return next;
  }

  private void forget() {
    coming.forEach(piece -> piece.transfer.abandon());
    coming.clear();
  }

  private void fetchBehind(Piece first) throws IOException {
    long from = (coming.isEmpty() ? first : coming.peekLast()).offset + bytes;
    while (coming.size() < ahead && from < file.size()) {
      coming.addLast(new Piece(file.handle(), from, new byte[bytes]));
      from += bytes;
    }
  }

  private void await(Piece piece) throws IOException {
    try {
      piece.length = waitFor(piece.transfer);
    } catch (RemoteError e) {
      forget();
      ByteBuffer to = ByteBuffer.wrap(piece.bytes);
      piece.length = read(file, piece.offset, to);
    }
  }

  /** Reads to what remains of a buffer, at most a chunk: as much as the file has. */
  static int read(RemoteFile file, long offset, ByteBuffer to) throws IOException {
    return file.repeat(on -> waitFor(Transfer.read(on, offset, to)));
  }

  /** Waits for a transfer, whose chunk is the caller's again in any case. */
  static int waitFor(Transfer transfer) throws RemoteError, IOException {
    try {
      return ServerSession.await(transfer.result);
    } catch (InterruptedIOException e) {
      transfer.abandon();
      throw e;
    }
  }

  /** Forgets all that is here and on its way. */
  void clear() {
    forget();
    current = null;
    expected = -1;
  }
}
