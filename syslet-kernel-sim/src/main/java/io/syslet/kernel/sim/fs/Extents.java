package io.syslet.kernel.sim.fs;

import java.util.Arrays;

/** Which block of the disk holds which block of a file: runs, by rising block of the file. */
final class Extents {
  private int[] logical = new int[1];
  private int[] physical = new int[1];
  private int[] length = new int[1];
  private int runs;
  private int blocks;

  /** How many blocks are mapped. */
  int blocks() {
    return blocks;
  }

  /** The block of the file behind the last that is mapped. */
  int end() {
    return runs == 0 ? 0 : logical[runs - 1] + length[runs - 1];
  }

  /** The block of the disk; 0 for a hole. */
  int find(int block) {
    int i = run(block);
    return i >= 0 && block < logical[i] + length[i] ? physical[i] + block - logical[i] : 0;
  }

  /** A block of the disk near which the block should be. */
  int goal(int block, int otherwise) {
    int i = run(block);
    return i >= 0 ? physical[i] + block - logical[i] : otherwise;
  }

  /** The last run that begins at or before a block; −1 for none. */
  private int run(int block) {
    int found = Arrays.binarySearch(logical, 0, runs, block);
    return found >= 0 ? found : -found - 2;
  }

  /** Maps blocks that are not mapped. */
  void add(int block, int at, int count) {
    blocks += count;
    int i = run(block);
    if (i >= 0 && logical[i] + length[i] == block && physical[i] + length[i] == at) {
      length[i] += count;
      return;
    }
    insert(i + 1, block, at, count);
  }

  private void insert(int i, int block, int at, int count) {
    if (runs == logical.length) {
      logical = Arrays.copyOf(logical, 2 * runs);
      physical = Arrays.copyOf(physical, 2 * runs);
      length = Arrays.copyOf(length, 2 * runs);
    }
    System.arraycopy(logical, i, logical, i + 1, runs - i);
    System.arraycopy(physical, i, physical, i + 1, runs - i);
    System.arraycopy(length, i, length, i + 1, runs - i);
    logical[i] = block;
    physical[i] = at;
    length[i] = count;
    runs++;
  }

  /** The first mapped block at or behind a block; −1 for none. */
  int nextMapped(int block) {
    int i = run(block);
    if (i >= 0 && block < logical[i] + length[i]) {
      return block;
    }
    return i + 1 < runs ? logical[i + 1] : -1;
  }

  /** The first block at or behind a block that is not mapped. */
  int nextHole(int block) {
    int hole = block;
    for (int i = run(block); i >= 0 && i < runs && logical[i] <= hole; i++) {
      hole = Math.max(hole, logical[i] + length[i]);
    }
    return hole;
  }

  /** Unmaps the last block if it is at or behind a block: which it was, or −1. */
  int cutLast(int from, Allocator allocator) {
    if (end() <= from) {
      return -1;
    }
    int last = runs - 1;
    length[last]--;
    blocks--;
    int cut = logical[last] + length[last];
    allocator.giveBlock(physical[last] + length[last]);
    if (length[last] == 0) {
      runs--;
    }
    return cut;
  }
}
