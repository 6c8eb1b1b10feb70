package io.syslet.kernel.sim.fs;

import io.syslet.Errno;
import io.syslet.kernel.sim.Fault;
import io.syslet.kernel.sim.SimMachine;
import io.syslet.kernel.sim.WaitQueue;
import io.syslet.kernel.sim.disk.BlockDevice;

/** A mounted file system: what is true, what is known, and how the one becomes the other. */
final class Volume {
  final SimMachine machine;
  final FsOptions options;
  final FsCosts costs;
  final Layout layout;
  final Allocator allocator;
  final Inodes inodes;
  final Dentries dentries;
  final PageCache cache;
  final Writeback writeback;
  private final long hashSeed;

  Volume(SimMachine machine, BlockDevice disk, FsOptions options) {
    this.machine = machine;
    this.options = options;
    costs = options.costs();
    hashSeed = options.seed();
    Shape shape = new Shape(options.seed(), options.aging());
    layout = new Layout(size(options, shape));
    if ((long) layout.blocks() * Layout.SECTORS > disk.sectors()) {
      throw new IllegalArgumentException("the file system does not fit on the disk");
    }
    allocator = new Allocator(layout);
    AgedTree tree = new AgedTree(options.seed(), options.aging(), shape, layout, allocator);
    Content.Budget budget = new Content.Budget(options.contentBytes());
    inodes = new Inodes(tree, layout, budget, machine.realTime());
    dentries = new Dentries(inodes, options.dentries());
    cache = new PageCache(machine, disk, options.pages(), costs);
    writeback = new Writeback(cache, Math.max(16, options.pages() / 5));
  }

  private static int size(FsOptions options, Shape shape) {
    if (options.blocks() > 0) {
      return options.blocks();
    }
    long blocks = AgedTree.blocksNeeded(options.seed(), options.aging(), shape);
    double fill = options.aging().blockFill() * 0.95;
    return Layout.blocksFor((long) (blocks / fill), 2L * shape.entries);
  }

  long now() {
    return machine.realTime();
  }

  long hash(byte[] path, int from, int length) {
    return Hash.name(hashSeed, path, from, length);
  }

  /** Makes the inode known: 0; 1 if that took a sleep; or −errno. */
  int know(Inode inode) {
    if (inode.cached) {
      return 0;
    }
    int block = layout.tableBlock(inode.number);
    int window = options.inodeReadahead();
    int read =
        window == 0
            ? cache.block(block, block, 1)
            : cache.block(
                block,
                layout.windowStart(inode.number, window),
                layout.windowLength(inode.number, window));
    if (read == 0) {
      inode.cached = true;
    }
    return read;
  }

  /** Brings a directory's block in that holds, or would hold, a hash: 0, 1 or −errno. */
  int knowLeaf(Inode directory, long hash) {
    int blocks = directory.sizeInBlocks();
    int index = blocks > 1 ? knowBlock(directory, 0) : 0;
    if (index != 0) {
      return index;
    }
    DirectoryIndex names = inodes.directory(directory);
    return knowBlock(directory, names.blockOf(names.rankAfter(hash - 1), blocks));
  }

  private int knowBlock(Inode directory, int block) {
    int at = directory.extents.find(block);
    return at == 0 ? 0 : cache.block(at, at, 1);
  }

  /** An inode was changed: its block is to be written. */
  void touch(Inode inode) {
    int block = layout.tableBlock(inode.number);
    writeback.dirty(cache.fill(PageCache.blockKey(block), block, null));
  }

  /** A name was changed: the block that holds its hash is to be written. */
  void touchLeaf(Inode directory, long hash) {
    DirectoryIndex names = inodes.directory(directory);
    int block = names.blockOf(names.rankAfter(hash - 1), directory.sizeInBlocks());
    int at = directory.extents.find(block);
    if (at != 0) {
      writeback.dirty(cache.fill(PageCache.blockKey(at), at, null));
    }
  }

  /** Nobody knows any more that a name with that hash is absent. */
  void dropAbsent(DirectoryIndex names, long hash) {
    DirEntry absent = names.removeAbsent(hash);
    if (absent != null) {
      dentries.remove(absent);
    }
  }

  /** Lets a directory grow for one more name: 0, or −ENOSPC and nothing happened. */
  int makeRoom(Inode directory, int nameLength) {
    int wanted = inodes.directory(directory).blocksWith(nameLength);
    for (int block = directory.sizeInBlocks(); block < wanted; block++) {
      int at = takeBlock(directory, block);
      if (at < 0) {
        return at;
      }
      directory.size = (long) (block + 1) * Layout.BLOCK;
      writeback.dirty(cache.fill(PageCache.blockKey(at), at, null));
    }
    return 0;
  }

  /** Maps a block of a file near its others: where, or −ENOSPC. */
  int takeBlock(Inode inode, int block) {
    if (machine.faults().strikes(Fault.ENOSPC)) {
      return -Errno.ENOSPC;
    }
    int home = layout.firstData(Layout.groupOf(inode.number));
    int at = allocator.takeBlock(inode.extents.goal(block, home));
    if (at == 0) {
      return -Errno.ENOSPC;
    }
    inode.extents.add(block, at, 1);
    return at;
  }

  /** Cuts a file off, and forgets its pages behind the cut; the size is the caller's. */
  void cut(Inode inode, long size) {
    int first = (int) ((size + Layout.BLOCK - 1) / Layout.BLOCK);
    int page = inode.extents.cutLast(first, allocator);
    while (page >= 0) {
      writeback.forget(PageCache.fileKey(inode, page));
      page = inode.extents.cutLast(first, allocator);
    }
    inode.content.cut(size);
  }

  /** Frees an inode that has no name and is not open. */
  void free(Inode inode) {
    if (inode.isDirectory()) {
      for (int block = 0; block < inode.sizeInBlocks(); block++) {
        writeback.forget(PageCache.blockKey(inode.extents.find(block)));
      }
    }
    cut(inode, 0);
    allocator.giveInode(inode.number);
    inode.cached = false;
    touch(inode);
  }

  /** Writes all of a file and waits for it: fsync(2), 0 or −errno. */
  int sync(Inode inode) {
    WaitQueue queue = inode.written == null ? machine.waitQueue("writeback") : inode.written;
    inode.written = queue;
    return writeback.sync(inode, queue, layout.tableBlock(inode.number));
  }

  /** What those who write to a file take. */
  Mutex mutex(Inode inode) {
    Mutex mutex = inode.writer == null ? new Mutex(machine.waitQueue("inode")) : inode.writer;
    inode.writer = mutex;
    return mutex;
  }
}
