package io.syslet.client.wire;

import io.syslet.Errno;
import io.syslet.ring.Memory;
import java.lang.foreign.Arena;

/** An {@code iovec} array of a program, copied once, and the memory that it names. */
final class Vectors {
  private final ProgramMemory memory;
  private final long array;
  private int count;

  Vectors(ProgramMemory memory, Arena arena) {
    this.memory = memory;
    this.array = arena.allocate((long) CallShape.MAX_IOVEC * CallShape.IOVEC, 8).address();
  }

  /**
   * Copies the array.
   *
   * @param elements 0 to {@link CallShape#MAX_IOVEC}.
   * @return bytes of all elements, at most {@link Wire#MAX_DATA}; −EFAULT; −EINVAL for a length
   *     below 0.
   */
  long load(long address, int elements) {
    count = elements;
    int error = memory.read(address, array, (long) elements * CallShape.IOVEC);
    long sum = error;
    for (int i = 0; i < count && sum >= 0; i++) {
      sum = length(i) < 0 ? -Errno.EINVAL : Math.min(sum + length(i), Wire.MAX_DATA);
    }
    return sum;
  }

  private long base(int i) {
    return Memory.getLong(array + (long) i * CallShape.IOVEC);
  }

  private long length(int i) {
    return Memory.getLong(array + (long) i * CallShape.IOVEC + Long.BYTES);
  }

  /** Copies the first {@code length} bytes that the elements name: 0 or −EFAULT. */
  int gather(long to, long length) {
    long done = 0;
    int error = 0;
    for (int i = 0; i < count && done < length && error == 0; i++) {
      long part = Math.min(length(i), length - done);
      error = memory.read(base(i), to + done, part);
      done += part;
    }
    return error;
  }

  /** Copies {@code length} bytes to where the elements say: 0 or −EFAULT. */
  int scatter(long from, long length) {
    long done = 0;
    int error = 0;
    for (int i = 0; i < count && done < length && error == 0; i++) {
      long part = Math.min(length(i), length - done);
      error = memory.write(from + done, base(i), part);
      done += part;
    }
    return error;
  }
}
