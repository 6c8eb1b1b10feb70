package io.syslet.kernel.sim.fs;

/**
 * How a tree looks that has been in use for years. Chances are of 1.
 *
 * @param entries names in the tree, directories and the root included.
 * @param perDirectory names in a directory, on average. The walk that was measured had 315,000
 *     entries in 15,000 directories.
 * @param farDirectories chance that a directory is in another group than its parent: ext4 spreads
 *     those near the root (Orlov), and any when a group is full.
 * @param together chance that a file got the inode behind the last one made in its directory, as
 *     when a tree is unpacked; others got a free one anywhere in the used part of the table.
 * @param inodeFill how much of the used part of an inode table is in use; the rest are holes that
 *     deletions left.
 * @param blockFill how much of the blocks is in use.
 * @param fragmented chance that a file of more than one block lies in two pieces.
 * @param symlinks chance that a name that is no directory is a symbolic link.
 */
public record Aging(
    int entries,
    int perDirectory,
    double farDirectories,
    double together,
    double inodeFill,
    double blockFill,
    double fragmented,
    double symlinks) {
  /** The most names in a tree. */
  public static final int MAX_ENTRIES = 50_000_000;

  /** Checks the ranges. */
  public Aging {
    if (entries < 1 || entries > MAX_ENTRIES || perDirectory < 2) {
      throw new IllegalArgumentException("no tree: " + entries + ", " + perDirectory);
    }
    if (inodeFill < 0.05 || inodeFill > 1 || blockFill < 0.05 || blockFill > 0.95) {
      throw new IllegalArgumentException("no fill: " + inodeFill + ", " + blockFill);
    }
  }

  /** A tree of a home directory's kind: the assumptions are those of the parameters' text. */
  public static Aging of(int entries) {
    return new Aging(entries, 21, 0.125, 0.5, 0.75, 0.75, 0.125, 0.004);
  }
}
