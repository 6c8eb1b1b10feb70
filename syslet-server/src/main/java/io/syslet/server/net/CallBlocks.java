package io.syslet.server.net;

import io.syslet.Errno;
import io.syslet.Registers;
import io.syslet.client.wire.CallDecoder;
import io.syslet.ring.Memory;
import io.syslet.ring.SharedMemory;
import io.syslet.server.session.CallBatch;
import java.io.IOException;

/**
 * The memory of a remote client's calls: a region, which bounds what the client can make the server
 * hold, and a block of it for each call. The poller's alone.
 */
final class CallBlocks implements AutoCloseable {
  private final SharedMemory memory;
  private final long region;
  private final Buddies blocks;

  /** The blocks of the batch that is under way, by slot. */
  private final Block[] current = new Block[CallBatch.CAPACITY];

  /** What a call has of the region. */
  record Block(long address, int offset, long length) {
    /** Where the registers lie; the buffers are behind them. */
    long registers() {
      return address;
    }

    /** Whether memory that the call names lies in the block. */
    boolean holds(long start, long count) {
      long at = start - address;
      return at >= 0 && at <= length && count >= 0 && count <= length - at;
    }
  }

  /**
   * Makes a region.
   *
   * @param bytes a power of two.
   * @throws IOException if there is no memory.
   */
  CallBlocks(int bytes) throws IOException {
    this.memory = SharedMemory.create("syslet-remote", bytes);
    this.region = memory.segment().address();
    this.blocks = new Buddies(bytes);
  }

  /** Places a call that has just been read: whether there was room. */
  boolean place(int slot, CallDecoder call) {
    long length = Registers.LENGTH + Long.BYTES + call.room();
    int offset = blocks.take(length);
    if (offset < 0) {
      return false;
    }
    Block block = new Block(region + offset, offset, length);
    current[slot] = block;
    call.place(block.registers(), block.address() + Registers.LENGTH + Long.BYTES);
    return true;
  }

  /** The block of a slot of the batch under way. */
  Block of(int slot) {
    return current[slot];
  }

  void free(Block block) {
    blocks.give(block.offset(), block.length());
  }

  /** The blocks of the batch under way. */
  Block[] current() {
    return current;
  }

  /** Copies a string of a slot's call, as {@link io.syslet.server.session.Port} says. */
  int copyString(int slot, long address, long to, int limit) {
    Block block = current[slot];
    if (!block.holds(address, 1)) {
      return -Errno.EFAULT;
    }
    long room = block.address() + block.length() - address;
    int most = (int) Math.min(limit, room);
    for (int i = 0; i < most; i++) {
      byte next = Memory.getByte(address + i);
      Memory.putByte(to + i, next);
      if (next == 0) {
        return i;
      }
    }
    return room < limit ? -Errno.EFAULT : -Errno.ENAMETOOLONG;
  }

  @Override
  public void close() {
    memory.close();
  }
}
