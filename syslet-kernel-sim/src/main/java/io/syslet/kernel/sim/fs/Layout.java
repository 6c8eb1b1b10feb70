package io.syslet.kernel.sim.fs;

/**
 * Where things are on the disk: ext4 with {@code flex_bg}, so that the bitmaps and inode tables of
 * sixteen groups lie together in the first of them.
 *
 * <pre>
 *   flex group   | super, descriptors | bitmaps | inode tables of 16 groups | data .......
 *                   64                  2 * 16     16 * 512 blocks
 *   group        32,768 blocks of 4 KiB, 8,192 inodes of 256 bytes, 16 in a block
 * </pre>
 */
final class Layout {
  static final int BLOCK = 4096;
  static final int SECTORS = BLOCK / 512;
  static final int GROUP_BLOCKS = 32_768;
  static final int GROUP_INODES = 8_192;
  static final int INODES_PER_BLOCK = 16;
  static final int ROOT = 2;
  private static final int FLEX = 16;
  private static final int TABLE = GROUP_INODES / INODES_PER_BLOCK;
  private static final int HEADER = 64;

  private final int blocks;

  Layout(int blocks) {
    this.blocks = blocks;
  }

  /** Blocks that hold so much data and so many inodes, in whole groups. */
  static int blocksFor(long data, long inodes) {
    long byInodes = (inodes + GROUP_INODES - 1) / GROUP_INODES;
    long byData = data / (GROUP_BLOCKS - TABLE - HEADER) + 2;
    return Math.toIntExact(Math.max(byInodes, byData) * GROUP_BLOCKS);
  }

  int blocks() {
    return blocks;
  }

  int groups() {
    return (blocks + GROUP_BLOCKS - 1) / GROUP_BLOCKS;
  }

  int inodes() {
    return groups() * GROUP_INODES;
  }

  /** The group of an inode; inodes count from 1. */
  static int groupOf(int inode) {
    return (inode - 1) / GROUP_INODES;
  }

  static int firstInode(int group) {
    return group * GROUP_INODES + 1;
  }

  /** The block of the table that holds an inode. */
  int tableBlock(int inode) {
    return table(groupOf(inode)) + (inode - 1) % GROUP_INODES / INODES_PER_BLOCK;
  }

  private int table(int group) {
    int first = group / FLEX * FLEX;
    int tables = first * GROUP_BLOCKS + HEADER + 2 * flexed(first);
    return tables + (group - first) * TABLE;
  }

  private int flexed(int first) {
    return Math.min(FLEX, groups() - first);
  }

  /** The first block behind the tables that begin in this flexible group's first block. */
  int firstData(int group) {
    int first = group / FLEX * FLEX;
    return group != first
        ? group * GROUP_BLOCKS
        : first * GROUP_BLOCKS + HEADER + (2 + TABLE) * flexed(first);
  }

  /** The first block of a window of the inode table that is read at once. */
  int windowStart(int inode, int window) {
    int table = table(groupOf(inode));
    return table + (tableBlock(inode) - table) / window * window;
  }

  /** How many blocks of the window are the table's. */
  int windowLength(int inode, int window) {
    int table = table(groupOf(inode));
    return Math.min(window, table + TABLE - windowStart(inode, window));
  }
}
