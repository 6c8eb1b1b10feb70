package io.syslet.kernel.sim.fs;

/**
 * How a file system is made and run.
 *
 * @param seed of the tree: names, sizes, places.
 * @param aging of the tree.
 * @param blocks of 4 KiB of the file system; 0 for as many as the tree needs.
 * @param inodeReadahead how many blocks of an inode table are read at once, a power of two or 0:
 *     ext4's {@code inode_readahead_blks}.
 * @param pages of the page cache, at least 64.
 * @param dentries that are remembered, with their inodes, at least 64.
 * @param contentBytes that programs may write before −ENOSPC: they are kept on the heap.
 * @param costs of the processor.
 */
public record FsOptions(
    long seed,
    Aging aging,
    int blocks,
    int inodeReadahead,
    int pages,
    int dentries,
    long contentBytes,
    FsCosts costs) {

  /** Checks the ranges. */
  public FsOptions {
    if (blocks < 0 || pages < 64 || dentries < 64 || contentBytes < 0) {
      throw new IllegalArgumentException("no file system: " + blocks + ", " + pages);
    }
    if (inodeReadahead < 0 || Integer.bitCount(inodeReadahead) > 1) {
      throw new IllegalArgumentException("inode readahead " + inodeReadahead);
    }
  }

  /** A tree of so many entries, ext4's readahead, and caches that nothing falls out of. */
  public static FsOptions of(long seed, int entries) {
    return new FsOptions(
        seed, Aging.of(entries), 0, 32, 1 << 22, 1 << 22, 256L << 20, FsCosts.defaults());
  }

  /** With another readahead of inode tables. */
  public FsOptions inodeReadahead(int changed) {
    return new FsOptions(seed, aging, blocks, changed, pages, dentries, contentBytes, costs);
  }

  /** With other limits of the caches. */
  public FsOptions caches(int otherPages, int otherDentries) {
    return new FsOptions(
        seed, aging, blocks, inodeReadahead, otherPages, otherDentries, contentBytes, costs);
  }

  /** With other costs. */
  public FsOptions costs(FsCosts changed) {
    return new FsOptions(
        seed, aging, blocks, inodeReadahead, pages, dentries, contentBytes, changed);
  }

  /** With another size, blocks of 4 KiB. */
  public FsOptions blocks(int changed) {
    return new FsOptions(
        seed, aging, changed, inodeReadahead, pages, dentries, contentBytes, costs);
  }
}
