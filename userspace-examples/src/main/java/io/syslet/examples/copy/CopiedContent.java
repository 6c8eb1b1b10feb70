package io.syslet.examples.copy;

import io.syslet.Errno;
import io.syslet.Nr;
import io.syslet.ring.Memory;

/**
 * Copies the bytes of a file and leaves out its holes: inside the kernel where the file systems
 * have a way, else through memory. Small files always go through memory, and so do those that do
 * not say their size, as in /proc.
 */
final class CopiedContent {
  private static final int SEEK_DATA = 3;
  private static final int SEEK_HOLE = 4;

  /** Bytes of one call inside the kernel: nobody waits for the task to be done sooner. */
  private static final long PIECE = 64 << 20;

  private final Hand hand;
  private final long fromOffset;
  private final long toOffset;
  private boolean isThroughMemory;

  CopiedContent(Hand hand) {
    this.hand = hand;
    fromOffset = hand.calls.allocate(Long.BYTES).address();
    toOffset = hand.calls.allocate(Long.BYTES).address();
  }

  /** Copies all there is between descriptors, the copy's being empty; the bytes written. */
  long copy(int from, int to, Found found) throws CallFailedException {
    isThroughMemory = found.size() < Hand.BUFFER;
    if (found.hasHoles()) {
      return copyParts(from, to, found.size());
    }
    return copy(from, to, 0, Long.MAX_VALUE);
  }

  /** A file that ends in the middle of a part ends there, whatever size it says, as in /sys. */
  private long copyParts(int from, int to, long size) throws CallFailedException {
    long copied = 0;
    long length = size;
    for (long at = data(from, 0); at < length; ) {
      long end = hand.call(Nr.LSEEK, from, at, SEEK_HOLE, 0, 0, 0);
      end = end < 0 ? size : Math.min(end, size);
      long part = copy(from, to, at, end);
      copied += part;
      length = part < end - at ? at + part : size;
      at = data(from, end);
    }
    CallFailedException.to(hand.call(Nr.FTRUNCATE, to, length, 0, 0, 0, 0));
    return copied;
  }

  /** Where the next data is; beyond any file if there is none; here if nobody knows. */
  private long data(int from, long at) {
    long next = hand.call(Nr.LSEEK, from, at, SEEK_DATA, 0, 0, 0);
    if (next == -Errno.ENXIO) {
      return Long.MAX_VALUE;
    }
    return next < 0 ? at : next;
  }

  private long copy(int from, int to, long start, long end) throws CallFailedException {
    long at = start;
    while (at < end) {
      long most = end - at;
      long moved = isThroughMemory ? move(from, to, at, most) : copyRange(from, to, at, most);
      if (moved == 0) {
        break;
      }
      at += Math.max(moved, 0);
    }
    return at - start;
  }

  /** Copies inside the kernel; negative, and through memory from now on, if that has no way. */
  private long copyRange(int from, int to, long at, long most) throws CallFailedException {
    Memory.putLong(fromOffset, at);
    Memory.putLong(toOffset, at);
    long length = Math.min(most, PIECE);
    long moved = hand.call(Nr.COPY_FILE_RANGE, from, fromOffset, to, toOffset, length, 0);
    if (moved == -Errno.ENOSPC || moved == -Errno.EDQUOT) {
      CallFailedException.to(moved);
    }
    // What else is wrong is seen again by the plain calls, which say on which side it is.
    isThroughMemory = moved < 0;
    return moved;
  }

  private long move(int from, int to, long at, long most) throws CallFailedException {
    long length = Math.min(most, Hand.BUFFER);
    long read =
        CallFailedException.from(hand.call(Nr.PREAD64, from, hand.buffer, length, at, 0, 0));
    for (long done = 0; done < read; ) {
      long rest = read - done;
      done +=
          CallFailedException.to(
              hand.call(Nr.PWRITE64, to, hand.buffer + done, rest, at + done, 0, 0));
    }
    return read;
  }
}
