package io.syslet.hadoop;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Reads one range of a file, all its chunks in flight. One that the loss of a server has undone is
 * read again by a thread of its own, since it must wait.
 */
final class VectoredRead {
  private static final Executor PATIENT =
      task -> Thread.ofVirtual().name("syslet-read-again").start(task);

  private final RemoteFile file;
  private final long offset;
  private final ByteBuffer to;
  private final CompletableFuture<ByteBuffer> result = new CompletableFuture<>();
  private final AtomicReference<@Nullable Exception> failure = new AtomicReference<>();
  private final AtomicInteger left;

  private VectoredRead(RemoteFile file, long offset, ByteBuffer to, int chunks) {
    this.file = file;
    this.offset = offset;
    this.to = to;
    this.left = new AtomicInteger(chunks);
  }

  /** Begins to fill what remains of a buffer, from a byte of the file on. */
  static CompletableFuture<ByteBuffer> begin(RemoteFile file, long offset, ByteBuffer to)
      throws IOException {
    Handle on = file.handle();
    int chunk = file.door.options.chunk();
    int length = to.remaining();
    int chunks = Math.ceilDiv(length, chunk);
    VectoredRead read = new VectoredRead(file, offset, to, chunks);
    if (chunks == 0) {
      return CompletableFuture.completedFuture(to);
    }
    for (int from = 0; from < length; from += chunk) {
      read.begin(on, from, Math.min(chunk, length - from));
    }
    return read.result;
  }

  private void begin(Handle on, int from, int count) {
    ByteBuffer slice = to.slice(to.position() + from, count);
    CompletableFuture<Integer> unused =
        Transfer.read(on, offset + from, slice)
            .result
            .whenComplete((length, error) -> ended(from, slice, length, error));
    assert unused != null;
  }

  private void ended(int from, ByteBuffer slice, Integer length, Throwable error) {
    if (error == null) {
      got(slice, length);
    } else {
      PATIENT.execute(() -> again(from, slice));
    }
  }

  private void again(int from, ByteBuffer slice) {
    try {
      got(slice, PieceReader.read(file, offset + from, slice));
    } catch (IOException | RuntimeException e) {
      done(e);
    }
  }

  private void got(ByteBuffer slice, int length) {
    boolean isShort = length < slice.remaining();
    done(isShort ? new EOFException(file.path.text() + ": ends before the range") : null);
  }

  /** The last one ends the range: nothing is written to the buffer any more. */
  private void done(@Nullable Exception error) {
    if (error != null) {
      failure.compareAndSet(null, error);
    }
    if (left.decrementAndGet() > 0) {
      return;
    }
    Exception first = failure.get();
    if (first == null) {
      result.complete(to);
    } else {
      result.completeExceptionally(first);
    }
  }
}
