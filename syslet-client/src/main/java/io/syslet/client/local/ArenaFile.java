package io.syslet.client.local;

import static io.syslet.client.local.ArenaLayout.DEFAULT_QUEUE;

import io.syslet.ring.Memory;
import io.syslet.ring.SharedMemory;
import java.io.IOException;

/**
 * The arena of a session: its numbers are read once and checked, and the memory's own are never
 * looked at again.
 */
public final class ArenaFile implements AutoCloseable {
  public final SharedMemory memory;
  public final long address;
  public final int queueCapacity;
  public final long heapOffset;
  public final long heapLength;

  private ArenaFile(SharedMemory memory, int queueCapacity) {
    this.memory = memory;
    this.address = memory.segment().address();
    this.queueCapacity = queueCapacity;
    this.heapOffset = ArenaLayout.heapOffset(queueCapacity);
    this.heapLength = memory.length() - heapOffset;
  }

  /**
   * A new one, sealed.
   *
   * @param heap bytes that the client can use; rounded up to pages.
   * @throws IOException if there is no memory or no descriptor.
   * @throws IllegalArgumentException for a heap that is too small or too large.
   */
  public static ArenaFile create(long heap) throws IOException {
    if (heap < ArenaLayout.MIN_HEAP || heap > ArenaLayout.MAX_HEAP) {
      throw new IllegalArgumentException("a heap of " + heap + " bytes");
    }
    long length = ArenaLayout.heapOffset(DEFAULT_QUEUE) + ((heap + 4095) & -4096L);
    ArenaFile file = new ArenaFile(SharedMemory.create("syslet-arena", length), DEFAULT_QUEUE);
    file.format();
    return file;
  }

  private void format() {
    Memory.putInt(address + ArenaLayout.VERSION_OFFSET, ArenaLayout.VERSION);
    Memory.putInt(address + ArenaLayout.QUEUE_CAPACITY_OFFSET, queueCapacity);
    Memory.putLong(address + ArenaLayout.QUEUE_OFFSET_OFFSET, ArenaLayout.QUEUE_OFFSET);
    Memory.putLong(address + ArenaLayout.HEAP_OFFSET_OFFSET, heapOffset);
    Memory.putLong(address + ArenaLayout.HEAP_LENGTH_OFFSET, heapLength);
    Memory.putLongRelease(address + ArenaLayout.MAGIC_OFFSET, ArenaLayout.MAGIC);
  }

  /**
   * One that was made by another process. It owns the memory from now on, also when this fails.
   *
   * @throws IOException if it is no arena of this version.
   */
  static ArenaFile of(SharedMemory memory) throws IOException {
    if (!isArena(memory)) {
      memory.close();
      throw new IOException("not an arena of version " + ArenaLayout.VERSION);
    }
    long at = memory.segment().address();
    return new ArenaFile(memory, Memory.getInt(at + ArenaLayout.QUEUE_CAPACITY_OFFSET));
  }

  private static boolean isArena(SharedMemory memory) {
    long at = memory.segment().address();
    if (memory.length() < ArenaLayout.QUEUE_OFFSET
        || Memory.getLongAcquire(at + ArenaLayout.MAGIC_OFFSET) != ArenaLayout.MAGIC
        || Memory.getInt(at + ArenaLayout.VERSION_OFFSET) != ArenaLayout.VERSION
        || Memory.getLong(at + ArenaLayout.QUEUE_OFFSET_OFFSET) != ArenaLayout.QUEUE_OFFSET) {
      return false;
    }
    int capacity = Memory.getInt(at + ArenaLayout.QUEUE_CAPACITY_OFFSET);
    long heapOffset = ArenaLayout.heapOffset(capacity);
    return Integer.bitCount(capacity) == 1
        && capacity >= ArenaLayout.RECORD_LENGTH
        && Memory.getLong(at + ArenaLayout.HEAP_OFFSET_OFFSET) == heapOffset
        && memory.length() >= heapOffset + ArenaLayout.MIN_HEAP;
  }

  /**
   * How far {@code clientAddress} lies behind the arena's start, if all of {@code length} bytes lie
   * in the heap; else −1.
   */
  public long offset(long base, long clientAddress, long length) {
    long offset = clientAddress - base;
    long inHeap = offset - heapOffset;
    return length >= 0 && inHeap >= 0 && inHeap <= heapLength && length <= heapLength - inHeap
        ? offset
        : -1;
  }

  @Override
  public void close() {
    memory.close();
  }
}
