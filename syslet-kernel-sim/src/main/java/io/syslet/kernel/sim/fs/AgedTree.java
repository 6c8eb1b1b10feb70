package io.syslet.kernel.sim.fs;

import java.util.Arrays;

/**
 * A tree as it lies on the disk when the machine boots: for each entry its inode and where its
 * blocks begin, two words. All else follows from the seed when it is asked for.
 *
 * <p>Files are placed in {@link #GENERATIONS} passes over all directories, as if made in as many
 * periods: so the files of a directory lie among those of others.
 */
final class AgedTree {
  private static final int GENERATIONS = 4;
  private static final int NOTHING = -1;

  final Shape shape;
  final long seed;
  private final Aging aging;
  private final int[] inode;
  private final int[] start;
  private final int[] entryOf;
  private final int[] group;

  /** Lays a tree out; throws IllegalArgumentException if it does not fit. */
  AgedTree(long seed, Aging aging, Shape shape, Layout layout, Allocator allocator) {
    this.seed = seed;
    this.aging = aging;
    this.shape = shape;
    inode = new int[shape.entries];
    start = new int[shape.entries];
    entryOf = new int[layout.inodes() + 1];
    group = new int[shape.directories];
    Arrays.fill(entryOf, NOTHING);
    new Placement(layout, allocator).run();
  }

  /** How many blocks the tree needs, the gaps in fragmented files included. */
  static long blocksNeeded(long seed, Aging aging, Shape shape) {
    long sum = 0;
    for (int e = 0; e < shape.entries; e++) {
      int blocks = blocks(seed, aging, shape, e);
      sum += blocks + gap(seed, aging, e, blocks);
    }
    return sum;
  }

  /** The entry that an inode had at boot; −1 for none. */
  int entryOf(int number) {
    return entryOf[number];
  }

  int inode(int entry) {
    return inode[entry];
  }

  boolean isSymlink(int entry) {
    return isSymlink(seed, aging, shape, entry);
  }

  private static boolean isSymlink(long seed, Aging aging, Shape shape, int entry) {
    return !shape.isDirectory(entry) && Hash.unit(Hash.mix(seed ^ 0x51, entry)) < aging.symlinks();
  }

  /** Where the symbolic link points: another file of its directory, or the directory. */
  byte[] target(int entry) {
    int before = entry - 1;
    boolean file = before >= shape.directories && !isSymlink(before) && isSibling(before, entry);
    return file ? Names.name(seed, before, false) : new byte[] {'.'};
  }

  private boolean isSibling(int file, int next) {
    int low = 0;
    int high = shape.directories - 1;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (shape.endFile(middle) > next) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return shape.firstFile(low) <= file;
  }

  /** Bytes of a file, or of a directory's blocks. */
  long size(int entry) {
    if (isSymlink(entry)) {
      return target(entry).length;
    }
    return shape.isDirectory(entry)
        ? (long) Layout.BLOCK * blocks(seed, aging, shape, entry)
        : Names.size(seed, entry);
  }

  /** Maps the entry's blocks. */
  void map(int entry, Extents extents) {
    int blocks = blocks(seed, aging, shape, entry);
    int gap = gap(seed, aging, entry, blocks);
    int first = gap == 0 ? blocks : (blocks + 1) / 2;
    if (first > 0) {
      extents.add(0, start[entry], first);
    }
    if (first < blocks) {
      extents.add(first, start[entry] + first + gap, blocks - first);
    }
  }

  private static int blocks(long seed, Aging aging, Shape shape, int entry) {
    if (shape.isDirectory(entry)) {
      return DirectoryIndex.blocksFor(bytes(seed, shape, entry));
    }
    if (isSymlink(seed, aging, shape, entry)) {
      return 0;
    }
    return (Names.size(seed, entry) + Layout.BLOCK - 1) / Layout.BLOCK;
  }

  private static long bytes(long seed, Shape shape, int directory) {
    long bytes = DirectoryIndex.EMPTY;
    for (int d = shape.firstSub(directory); d >= 0; d = shape.nextSub(d)) {
      bytes += DirectoryIndex.record(Names.name(seed, d, true).length);
    }
    for (int f = shape.firstFile(directory); f < shape.endFile(directory); f++) {
      bytes += DirectoryIndex.record(Names.name(seed, f, false).length);
    }
    return bytes;
  }

  /** Blocks between the two pieces of a fragmented file; 0 if it lies in one. */
  private static int gap(long seed, Aging aging, int entry, int blocks) {
    long h = Hash.mix(seed ^ 0x9a9, entry);
    return blocks > 1 && Hash.unit(h) < aging.fragmented() ? 16 + (int) (h & 63) : 0;
  }

  /** Gives inodes and blocks out. */
  private final class Placement {
    private final Layout layout;
    private final Allocator allocator;
    private final int[] cursor;
    private final int[] used;

    Placement(Layout layout, Allocator allocator) {
      this.layout = layout;
      this.allocator = allocator;
      cursor = new int[layout.groups()];
      used = new int[layout.groups()];
      for (int g = 0; g < cursor.length; g++) {
        cursor[g] = layout.firstData(g);
      }
    }

    void run() {
      for (int d = 0; d < shape.directories; d++) {
        group[d] = home(d);
        settle(d, d == 0 ? Layout.ROOT : scattered(d, group[d]), group[d]);
      }
      for (int generation = 0; generation < GENERATIONS; generation++) {
        for (int d = 0; d < shape.directories; d++) {
          files(d, generation);
        }
      }
    }

    private int home(int directory) {
      if (directory == 0) {
        return 0;
      }
      int near = group[shape.parent(directory)];
      long h = Hash.mix(seed ^ 0x40e, directory);
      boolean far = Hash.unit(h) < aging.farDirectories() || fill(near) > 0.8;
      return far ? (int) ((h & 0xffffff) % layout.groups()) : near;
    }

    private double fill(int g) {
      int used = cursor[g] - layout.firstData(g);
      return used / (double) (Layout.GROUP_BLOCKS - layout.firstData(g) % Layout.GROUP_BLOCKS);
    }

    private void files(int directory, int generation) {
      int last = 0;
      for (int f = shape.firstFile(directory); f < shape.endFile(directory); f++) {
        long h = Hash.mix(seed ^ 0x6e4, f);
        if ((h & (GENERATIONS - 1)) == generation) {
          boolean beside = last != 0 && Hash.unit(h) < aging.together();
          last = beside ? allocator.takeInodeFrom(last + 1) : scattered(f, group[directory]);
          settle(f, last, group[directory]);
        }
      }
    }

    /** A free inode somewhere in the used part of the group's table. */
    private int scattered(int entry, int g) {
      int part = (int) Math.min(Layout.GROUP_INODES, 64 + used[g] / aging.inodeFill());
      int slot = (int) (Hash.unit(Hash.mix(seed ^ 0x10de, entry)) * part);
      return allocator.takeInodeFrom(Layout.firstInode(g) + slot);
    }

    private void settle(int entry, int number, int near) {
      if (number == 0) {
        throw new IllegalArgumentException("too few inodes for the tree");
      }
      used[Layout.groupOf(number)]++;
      inode[entry] = number;
      entryOf[number] = entry;
      int blocks = blocks(seed, aging, shape, entry);
      int gap = gap(seed, aging, entry, blocks);
      if (blocks > 0) {
        start[entry] = place(entry, near, blocks + gap);
        take(start[entry], blocks, gap);
      }
    }

    private void take(int at, int blocks, int gap) {
      int first = gap == 0 ? blocks : (blocks + 1) / 2;
      allocator.takeRun(at, first);
      if (gap > 0) {
        allocator.takeRun(at + first + gap, blocks - first);
      }
    }

    /** Room for so many blocks in the group, or the next one that has it, with a hole behind. */
    private int place(int entry, int near, int span) {
      for (int i = 0; i < cursor.length; i++) {
        int g = (near + i) % cursor.length;
        int end = Math.min((g + 1) * Layout.GROUP_BLOCKS, layout.blocks());
        if (cursor[g] + span <= end) {
          int at = cursor[g];
          double holes = span * (1 - aging.blockFill()) / aging.blockFill();
          cursor[g] += span + (int) (Hash.unit(Hash.mix(seed ^ 0x401e, entry)) * holes);
          return at;
        }
      }
      throw new IllegalArgumentException("too few blocks for the tree");
    }
  }
}
