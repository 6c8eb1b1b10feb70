package io.syslet.kernel.sim.fs;

/**
 * Which names the machine knows, least recently used last. With a name goes its inode: one that is
 * not open is forgotten with it, as if each inode had one name.
 */
final class Dentries {
  private final Inodes inodes;
  private final int limit;
  private final DirEntry list;
  private int size;

  Dentries(Inodes inodes, int limit) {
    this.inodes = inodes;
    this.limit = limit;
    list = new DirEntry(new DirectoryIndex(0), new byte[0], 0, 0, 0);
    list.newer = list;
    list.older = list;
  }

  int size() {
    return size;
  }

  /** The name is known from now on; an older one goes if there are too many. */
  void add(DirEntry entry) {
    if (!entry.isCached()) {
      link(entry);
      size++;
      if (size > limit) {
        oldest();
      }
    }
  }

  /** The name was used. */
  void use(DirEntry entry) {
    if (entry.newer != list) {
      unlink(entry);
      link(entry);
    }
  }

  /** The name is not known any more, or no name any more. */
  void remove(DirEntry entry) {
    if (entry.isCached()) {
      unlink(entry);
      size--;
    }
  }

  /** Forgets all: how many. */
  int drop() {
    int dropped = size;
    while (size > 0) {
      oldest();
    }
    return dropped;
  }

  private void oldest() {
    DirEntry entry = list.older;
    if (entry == null || entry == list) {
      return;
    }
    remove(entry);
    if (entry.isNegative()) {
      entry.directory.removeAbsent(entry.hash);
    } else {
      inodes.forget(entry.inode);
    }
  }

  private void link(DirEntry entry) {
    DirEntry last = list.newer == null ? list : list.newer;
    entry.older = list;
    entry.newer = last;
    last.older = entry;
    list.newer = entry;
  }

  private static void unlink(DirEntry entry) {
    DirEntry newer = entry.newer;
    DirEntry older = entry.older;
    if (newer != null && older != null) {
      newer.older = older;
      older.newer = newer;
      entry.newer = null;
      entry.older = null;
    }
  }
}
