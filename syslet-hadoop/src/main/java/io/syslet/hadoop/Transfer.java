package io.syslet.hadoop;

import io.syslet.Call;
import io.syslet.Nr;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Reads or writes one chunk of a file, in as many calls as it takes: {@link #result} is how many
 * bytes were transferred, fewer than wanted only at the end of the file. The chunk is the
 * transfer's until then, or until it has been {@linkplain #abandon abandoned}.
 */
final class Transfer implements CallLoop.Job {
  private static final int FREE = 0;
  private static final int TOUCHED = 1;
  private static final int ABANDONED = 2;

  final CompletableFuture<Integer> result = new CompletableFuture<>();
  private final AtomicInteger state = new AtomicInteger(FREE);
  private final long nr;
  private final Handle file;
  private final long offset;
  private final MemorySegment chunk;
  private MemorySegment buffer = MemorySegment.NULL;
  private int done;
  private final CallLoop loop;

  private Transfer(long nr, Handle file, long offset, ByteBuffer chunk) {
    this.loop = file.session.loop();
    this.nr = nr;
    this.file = file;
    this.offset = offset;
    this.chunk = MemorySegment.ofBuffer(chunk);
  }

  /** Reads to what remains of a buffer, at most a chunk, from a byte of the file on. */
  static Transfer read(Handle file, long offset, ByteBuffer to) {
    return submitted(new Transfer(Nr.PREAD64, file, offset, to));
  }

  /** Writes what remains of a buffer, at most a chunk, from a byte of the file on. */
  static Transfer write(Handle file, long offset, ByteBuffer from) {
    return submitted(new Transfer(Nr.PWRITE64, file, offset, from));
  }

  private static Transfer submitted(Transfer made) {
    if (made.file.enter()) {
      made.loop.submit(made);
    } else {
      made.result.completeExceptionally(new ClosedChannelException());
    }
    return made;
  }

  /** The chunk is not touched any more when this returns. Any thread. */
  void abandon() {
    while (state.get() == TOUCHED || !state.compareAndSet(FREE, ABANDONED)) {
      if (state.get() == ABANDONED) {
        return;
      }
      Thread.onSpinWait();
    }
  }

  @Override
  public void refused(RemoteError why) {
    file.leave();
    result.completeExceptionally(why);
  }

  @Override
  public void begin(CallLoop same) {
    loop.chunks.lend(
        lent -> {
          buffer = lent;
          if (nr == Nr.PREAD64 || touch(() -> copy(chunk, buffer, 0, chunk.byteSize()))) {
            next();
          } else {
            end(0);
          }
        });
  }

  private void next() {
    long length = chunk.byteSize() - done;
    loop.calls
        .call(nr, file.fd, buffer.address() + done, length, offset + done, 0, 0)
        .then(Transfer::ended, this, 0);
  }

  private static void ended(Transfer transfer, Call call, long status) {
    transfer.take(status);
  }

  private void take(long status) {
    int before = done;
    done += (int) Math.max(status, 0);
    if (nr == Nr.PREAD64 && status > 0) {
      touch(() -> copy(buffer, chunk, before, status));
    }
    if (status <= 0 || done == chunk.byteSize() || state.get() == ABANDONED) {
      end(status);
    } else {
      next();
    }
  }

  private static void copy(MemorySegment from, MemorySegment to, long at, long count) {
    MemorySegment.copy(from, at, to, at, count);
  }

  private boolean touch(Runnable what) {
    if (!state.compareAndSet(FREE, TOUCHED)) {
      return false;
    }
    what.run();
    state.set(FREE);
    return true;
  }

  private void end(long status) {
    loop.chunks.giveBack(buffer);
    file.leave();
    if (status < 0) {
      result.completeExceptionally(new RemoteError(status));
    } else {
      result.complete(done);
    }
  }
}
