package io.syslet.server.net;

import java.util.Arrays;

/**
 * Blocks of a region, of a power of two of bytes each, by the buddy system: a binary tree in which
 * each node says how long the longest free block below it is. Takes and gives back in as many steps
 * as the tree is high. One thread.
 */
final class Buddies {
  /** Bytes of the shortest block. */
  static final int SHORTEST = 512;

  private final int leaves;
  private final byte[] longest;

  /**
   * @param bytes of the region: a power of two, {@link #SHORTEST} or more.
   */
  Buddies(int bytes) {
    leaves = bytes / SHORTEST;
    longest = new byte[2 * leaves];
    for (int node = 1; node < longest.length; node++) {
      longest[node] = (byte) (order(leaves) - depth(node) + 1);
    }
  }

  private static int order(int blocks) {
    return Integer.numberOfTrailingZeros(blocks);
  }

  private static int depth(int node) {
    return 31 - Integer.numberOfLeadingZeros(node);
  }

  /** Takes a block of at least so many bytes: where it lies in the region; −1 if none is free. */
  int take(long bytes) {
    int order = order(bytes);
    if (order >= longest[1]) {
      return -1;
    }
    int node = 1;
    for (int here = order(leaves); here > order; here--) {
      node = 2 * node;
      if (longest[node] <= order) {
        node++;
      }
    }
    longest[node] = 0;
    int first = (node << order) - leaves;
    climb(node, order);
    return first * SHORTEST;
  }

  /** Order of the block that has room for so many bytes; one that no region has for too many. */
  private static int order(long bytes) {
    if (bytes > 1 << 30) {
      return Byte.MAX_VALUE;
    }
    int blocks = Math.max(1, (int) ((bytes + SHORTEST - 1) / SHORTEST));
    return 32 - Integer.numberOfLeadingZeros(blocks - 1);
  }

  /** Gives a block back that was taken for so many bytes. */
  void give(int offset, long bytes) {
    int order = order(bytes);
    int node = (offset / SHORTEST + leaves) >> order;
    longest[node] = (byte) (order + 1);
    climb(node, order);
  }

  private void climb(int from, int fromOrder) {
    int order = fromOrder + 1;
    for (int node = from / 2; node > 0; node /= 2, order++) {
      byte left = longest[2 * node];
      byte right = longest[2 * node + 1];
      boolean whole = left == order && right == order;
      longest[node] = (byte) (whole ? order + 1 : Math.max(left, right));
    }
  }

  /** Whether nothing is taken. */
  boolean isWhole() {
    return longest[1] == order(leaves) + 1;
  }

  @Override
  public String toString() {
    return Arrays.toString(longest);
  }
}
