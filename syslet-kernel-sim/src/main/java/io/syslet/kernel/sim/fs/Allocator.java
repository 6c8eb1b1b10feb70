package io.syslet.kernel.sim.fs;

import java.util.BitSet;

/** Which blocks and inodes are in use: the bitmaps, always in memory. */
final class Allocator {
  private final Layout layout;
  private final BitSet usedBlocks;
  private final BitSet usedInodes;
  private int freeBlocks;
  private int freeInodes;

  Allocator(Layout layout) {
    this.layout = layout;
    usedBlocks = new BitSet(layout.blocks());
    usedInodes = new BitSet(layout.inodes() + 1);
    for (int group = 0; group < layout.groups(); group++) {
      usedBlocks.set(group * Layout.GROUP_BLOCKS, layout.firstData(group));
    }
    usedInodes.set(0, 12);
    freeBlocks = layout.blocks() - usedBlocks.cardinality();
    freeInodes = layout.inodes() + 1 - usedInodes.cardinality();
  }

  int freeBlocks() {
    return freeBlocks;
  }

  int freeInodes() {
    return freeInodes;
  }

  /** Takes a free block at or behind the goal; 0 if there is none at all. */
  int takeBlock(int goal) {
    int block = usedBlocks.nextClearBit(Math.floorMod(goal, layout.blocks()));
    if (block >= layout.blocks()) {
      block = usedBlocks.nextClearBit(0);
    }
    if (block >= layout.blocks()) {
      return 0;
    }
    usedBlocks.set(block);
    freeBlocks--;
    return block;
  }

  /** Takes blocks that are known to be free: when a tree is made. */
  void takeRun(int block, int count) {
    usedBlocks.set(block, block + count);
    freeBlocks -= count;
  }

  void giveBlock(int block) {
    usedBlocks.clear(block);
    freeBlocks++;
  }

  /** Takes a free inode of the group, or of one behind it; 0 if there is none at all. */
  int takeInode(int group) {
    return takeInodeFrom(Layout.firstInode(group));
  }

  /** Takes the first free inode from this one on; 0 if there is none at all. */
  int takeInodeFrom(int first) {
    int inode = usedInodes.nextClearBit(first);
    if (inode > layout.inodes()) {
      inode = usedInodes.nextClearBit(1);
    }
    if (inode > layout.inodes()) {
      return 0;
    }
    usedInodes.set(inode);
    freeInodes--;
    return inode;
  }

  void giveInode(int inode) {
    usedInodes.clear(inode);
    freeInodes++;
  }
}
