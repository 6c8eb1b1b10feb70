package io.syslet.kernel.sim.fs;

import io.syslet.Stat;
import org.jspecify.annotations.Nullable;

/** All inodes: what is true of them. Those of the tree come into being when they are looked at. */
final class Inodes {
  private static final int OWNER = 1000;
  private static final int TREE_DIRECTORY = Stat.S_IFDIR | 0755;

  private final AgedTree tree;
  private final Content.Budget budget;
  private final long bootTime;
  private final @Nullable Inode[] inodes;

  Inodes(AgedTree tree, Layout layout, Content.Budget budget, long bootTime) {
    this.tree = tree;
    this.budget = budget;
    this.bootTime = bootTime;
    inodes = new @Nullable Inode[layout.inodes() + 1];
    Inode root = get(Layout.ROOT);
    root.cached = true;
    root.uid = 0;
    root.gid = 0;
    root.parent = root;
  }

  Inode root() {
    return get(Layout.ROOT);
  }

  /** The inode of that number, which is in use or was. */
  Inode get(int number) {
    Inode inode = inodes[number];
    return inode != null ? inode : fromTree(number);
  }

  private Inode fromTree(int number) {
    int entry = tree.entryOf(number);
    Inode inode = entry < 0 ? new Inode(number, 0, content(number, 0)) : made(number, entry);
    inodes[number] = inode;
    return inode;
  }

  private Inode made(int number, int entry) {
    boolean directory = tree.shape.isDirectory(entry);
    long size = tree.size(entry);
    Inode inode = new Inode(number, mode(entry, directory), content(number, size));
    inode.uid = OWNER;
    inode.gid = OWNER;
    inode.size = size;
    inode.links = directory ? 2 + tree.shape.subs(entry) : 1;
    inode.modified = bootTime - Names.age(tree.seed, entry);
    inode.accessed = inode.modified;
    inode.changed = inode.modified;
    inode.born = inode.modified;
    tree.map(entry, inode.extents);
    if (inode.isSymlink()) {
      inode.target = tree.target(entry);
    }
    return inode;
  }

  private int mode(int entry, boolean directory) {
    if (directory) {
      return TREE_DIRECTORY;
    }
    return tree.isSymlink(entry)
        ? Stat.S_IFLNK | 0777
        : Stat.S_IFREG | Names.permissions(tree.seed, entry);
  }

  private Content content(int number, long generated) {
    return new Content(Hash.mix(tree.seed, number), budget, generated);
  }

  /** A new inode under a number that was just taken. */
  Inode create(int number, int mode, long time) {
    Inode inode = new Inode(number, mode, content(number, 0));
    inode.accessed = time;
    inode.modified = time;
    inode.changed = time;
    inode.born = time;
    inode.cached = true;
    inodes[number] = inode;
    return inode;
  }

  /** What a directory holds. */
  DirectoryIndex directory(Inode inode) {
    DirectoryIndex directory = inode.directory;
    if (directory == null) {
      directory = fill(tree.entryOf(inode.number));
      inode.directory = directory;
    }
    return directory;
  }

  private DirectoryIndex fill(int entry) {
    Shape shape = tree.shape;
    int files = shape.endFile(entry) - shape.firstFile(entry);
    DirEntry[] entries = new DirEntry[shape.subs(entry) + files];
    DirectoryIndex directory = new DirectoryIndex(0);
    int i = 0;
    for (int d = shape.firstSub(entry); d >= 0; d = shape.nextSub(d)) {
      entries[i++] = named(directory, d, true);
    }
    for (int f = shape.firstFile(entry); f < shape.endFile(entry); f++) {
      entries[i++] = named(directory, f, false);
    }
    directory.addAll(entries);
    return directory;
  }

  private DirEntry named(DirectoryIndex directory, int entry, boolean isDirectory) {
    byte[] name = Names.name(tree.seed, entry, isDirectory);
    long hash = Hash.name(tree.seed, name, 0, name.length);
    int type = (mode(entry, isDirectory) & Stat.S_IFMT) >>> 12;
    return new DirEntry(directory, name, hash, tree.inode(entry), type);
  }

  /** The machine forgets what it knows of an inode, if nobody has it open. */
  void forget(int number) {
    Inode inode = get(number);
    if (inode.opens == 0 && number != Layout.ROOT) {
      inode.cached = false;
    }
  }
}
