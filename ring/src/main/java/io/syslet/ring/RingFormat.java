package io.syslet.ring;

import static io.syslet.ring.RingErrno.EFAULT;
import static io.syslet.ring.RingErrno.EINVAL;

import java.lang.foreign.MemorySegment;

/** Checking a ring's memory, and writing what lies behind the v7 part for the first time. */
final class RingFormat {
  private RingFormat() {}

  /** Bytes of a ring; throws if the number of elements is none. */
  static long sizeOf(int elements) {
    if (!RingDescriptor.isValid(elements)) {
      throw new IllegalArgumentException("elements must be a power of two: " + elements);
    }
    return RingDescriptor.length(elements);
  }

  static int check(MemorySegment memory) {
    int error = checkHeader(memory);
    return error != 0 ? error : checkLength(memory, elements(memory.address()));
  }

  /** Whether it is what {@link ServiceRing} makes: without a producers' part. */
  static int checkServed(MemorySegment memory) {
    int error = checkHeader(memory);
    if (error != 0) {
      return error;
    }
    int elements = elements(memory.address());
    if (!RingDescriptor.isValid(elements)) {
      return -EINVAL;
    }
    if (memory.byteSize() < ServiceRing.sizeOf(elements)) {
      return -EFAULT;
    }
    long gate = memory.address() + RingDescriptor.gateOffset(elements);
    return isBlank(gate) ? -EINVAL : checkGate(gate, elements);
  }

  private static int checkHeader(MemorySegment memory) {
    if (!memory.isNative() || memory.byteSize() < RingDescriptor.HEADER_LENGTH) {
      return -EFAULT;
    }
    if (memory.address() == 0) {
      return -EFAULT;
    }
    return (memory.address() & 7) == 0 ? 0 : -EINVAL;
  }

  static int elements(long base) {
    return Memory.getIntVolatile(base + RingDescriptor.ELEMENTS_OFFSET);
  }

  static int waitGroup(long base) {
    return Memory.getInt(base + RingDescriptor.WAIT_GROUP_OFFSET);
  }

  private static int checkLength(MemorySegment memory, int elements) {
    if (!RingDescriptor.isValid(elements)) {
      return -EINVAL;
    }
    if (memory.byteSize() < RingDescriptor.length(elements)) {
      return -EFAULT;
    }
    return checkGate(memory.address() + RingDescriptor.gateOffset(elements), elements);
  }

  private static int checkGate(long gate, int elements) {
    if (isBlank(gate)) {
      return 0;
    }
    boolean ours =
        magic(gate) == RingDescriptor.MAGIC
            && Memory.getInt(gate + RingDescriptor.VERSION_OFFSET) == RingDescriptor.VERSION
            && Memory.getInt(gate + RingDescriptor.GATE_ELEMENTS_OFFSET) == elements;
    return ours ? 0 : -EINVAL;
  }

  /** Whether checked memory has a v7 part alone. */
  static boolean isBlank(MemorySegment memory) {
    return isBlank(memory.address() + RingDescriptor.gateOffset(elements(memory.address())));
  }

  static boolean isBlank(long gate) {
    return magic(gate) == 0;
  }

  private static long magic(long gate) {
    return Memory.getLongAcquire(gate + RingDescriptor.MAGIC_OFFSET);
  }

  static void writeHeader(long base, int elements, int waitGroup) {
    Memory.putInt(base + RingDescriptor.ELEMENTS_OFFSET, elements);
    Memory.putInt(base + RingDescriptor.WAIT_GROUP_OFFSET, waitGroup);
  }

  /**
   * Every entry is at one of the n positions below the head, published; unread ones stay unread.
   */
  static void writeExtension(RingMemory memory) {
    int head = memory.head();
    int first = head - memory.elements;
    for (int i = 0; i < memory.elements; i++) {
      int position = first + i;
      int entry = position & (memory.elements - 1);
      memory.word(entry, EntryDescriptor.word(position, EntryDescriptor.DONE, 0));
      memory.mark(position, MarkDescriptor.published(position, entry));
    }
    memory.reserveCursor(first);
    memory.tailCache(first);
    memory.claimCursor(head);
    writeGate(memory, RingDescriptor.length(memory.elements));
  }

  /** The length says whether producers share what lies behind the gate. */
  static void writeGate(RingMemory memory, long length) {
    long gate = memory.gate;
    Memory.putInt(gate + RingDescriptor.VERSION_OFFSET, RingDescriptor.VERSION);
    Memory.putInt(gate + RingDescriptor.GATE_ELEMENTS_OFFSET, memory.elements);
    Memory.putLong(gate + RingDescriptor.LENGTH_OFFSET, length);
    Memory.putLongRelease(gate + RingDescriptor.MAGIC_OFFSET, RingDescriptor.MAGIC);
  }
}
