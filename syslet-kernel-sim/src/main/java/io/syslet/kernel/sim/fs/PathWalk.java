package io.syslet.kernel.sim.fs;

import io.syslet.CString;
import io.syslet.Errno;
import io.syslet.kernel.sim.Credentials;
import io.syslet.kernel.sim.File;
import io.syslet.kernel.sim.SimProcess;
import org.jspecify.annotations.Nullable;

/**
 * From a path to an inode, or to the directory that holds the last name: namei. One walk is one
 * call's; it may be started again.
 *
 * <p>Between two components it may sleep, and what it has behind it may change; so a walk ends with
 * the inode that the name had at some time during the call. An operation that changes the last name
 * looks it up once more, and goes on without sleep.
 */
final class PathWalk {
  /** What the last component is. */
  enum Last {
    NAME,
    DOT,
    DOTDOT,
    ROOT
  }

  static final int FOLLOW = 1;
  static final int PARENT = 2;
  static final int EMPTY = 4;

  static final int NO_XDEV = 0x01;
  static final int NO_MAGICLINKS = 0x02;
  static final int NO_SYMLINKS = 0x04;
  static final int BENEATH = 0x08;
  static final int IN_ROOT = 0x10;
  static final int CACHED = 0x20;

  static final int NAME_MAX = 255;
  static final int PATH_MAX = 4096;
  private static final int LINKS_MAX = 40;

  private final Volume volume;
  private final SimProcess process;
  private final Credentials who;
  private final int resolve;
  private byte[] path = new byte[0];
  private int position;
  private int links;
  private Inode base;
  private Inode at;
  private @Nullable DirEntry found;

  /** Of the last name: where it is in {@link #path}. */
  int from;

  /** Bytes of the last name. */
  int length;

  /** Whether slashes follow the last name. */
  boolean slashes;

  Last last = Last.ROOT;

  PathWalk(Volume volume, SimProcess process, Credentials who, int resolve) {
    this.volume = volume;
    this.process = process;
    this.who = who;
    this.resolve = resolve;
    base = volume.inodes.root();
    at = base;
  }

  PathWalk(Volume volume, SimProcess process) {
    this(volume, process, process.credentials(), 0);
  }

  /** The inode found; with PARENT the directory that holds the last name. */
  Inode inode() {
    return at;
  }

  /** The last name, of its own. */
  byte[] name() {
    byte[] name = new byte[length];
    System.arraycopy(path, from, name, 0, length);
    return name;
  }

  /**
   * Walks.
   *
   * @param address of the path.
   * @param flags FOLLOW the last symbolic link, stop at the PARENT, an EMPTY path is {@code dirfd}.
   * @return 0 or −errno.
   */
  int walk(long dirfd, long address, int flags) {
    int read = read(address, (flags & EMPTY) != 0);
    if (read < 0) {
      return read;
    }
    int started = start((int) dirfd);
    return started < 0 ? started : run((flags & PARENT) != 0, (flags & FOLLOW) != 0);
  }

  /** Takes the path over from the program. */
  private int read(long address, boolean mayBeEmpty) {
    int bytes = CString.length(address, PATH_MAX);
    if (bytes == PATH_MAX) {
      return -Errno.ENAMETOOLONG;
    }
    if (bytes == 0 && !mayBeEmpty) {
      return -Errno.ENOENT;
    }
    path = new byte[bytes];
    UserCopy.in(address, path, 0, bytes);
    return 0;
  }

  private int start(int dirfd) {
    boolean absolute = path.length > 0 && path[0] == '/';
    if (absolute && (resolve & (BENEATH | IN_ROOT)) == 0) {
      at = volume.inodes.root();
      return 0;
    }
    if (absolute && (resolve & BENEATH) != 0) {
      return -Errno.EXDEV;
    }
    File file = dirfd == FsFile.AT_FDCWD ? process.directory() : process.get(dirfd);
    if (file == null && dirfd != FsFile.AT_FDCWD) {
      return -Errno.EBADF;
    }
    if (file != null && !(file instanceof FsFile)) {
      return -Errno.ENOTDIR;
    }
    base = file == null ? volume.inodes.root() : ((FsFile) file).inode;
    at = base;
    return path.length > 0 && !at.isDirectory() ? -Errno.ENOTDIR : 0;
  }

  private int run(boolean parentOnly, boolean follow) {
    last = Last.ROOT;
    while (next()) {
      int entered = enter();
      boolean more = more();
      if (entered < 0 || (!more && parentOnly)) {
        return entered;
      }
      int step = last == Last.NAME ? name(more, follow) : last == Last.DOTDOT ? up() : 0;
      if (step < 0) {
        return step;
      }
    }
    return 0;
  }

  /** One component that is a name. */
  private int name(boolean more, boolean follow) {
    int looked = look(at, path, from, length);
    if (looked < 0) {
      return looked;
    }
    if (found == null) {
      return -Errno.ENOENT;
    }
    Inode child = volume.inodes.get(found.inode);
    if (child.isSymlink() && (more || slashes || follow)) {
      return expand(child);
    }
    at = child;
    return (more || slashes) && !child.isDirectory() ? -Errno.ENOTDIR : 0;
  }

  /** Goes to the next component, if there is one. */
  private boolean next() {
    while (position < path.length && path[position] == '/') {
      position++;
    }
    if (position == path.length) {
      return false;
    }
    from = position;
    while (position < path.length && path[position] != '/') {
      position++;
    }
    length = position - from;
    slashes = position < path.length;
    last = kind();
    return true;
  }

  private Last kind() {
    boolean dot = path[from] == '.';
    if (dot && length == 1) {
      return Last.DOT;
    }
    return dot && length == 2 && path[from + 1] == '.' ? Last.DOTDOT : Last.NAME;
  }

  private boolean more() {
    int i = position;
    while (i < path.length && path[i] == '/') {
      i++;
    }
    return i < path.length;
  }

  private int enter() {
    volume.machine.charge(volume.costs.component());
    return at.isDirectory() ? Access.check(who, at, Access.EXECUTE) : -Errno.ENOTDIR;
  }

  private int up() {
    boolean top = at == volume.inodes.root() || (at == base && (resolve & IN_ROOT) != 0);
    if (at == base && (resolve & BENEATH) != 0) {
      return -Errno.EXDEV;
    }
    if (top || at.parent == null) {
      return 0;
    }
    Inode parent = at.parent;
    int known = know(parent);
    at = parent;
    return known;
  }

  private int know(Inode inode) {
    int known = inode.cached ? 0 : 1;
    while (known == 1) {
      known = (resolve & CACHED) != 0 ? -Errno.EAGAIN : volume.know(inode);
    }
    return known;
  }

  /** Puts what a symbolic link says in its place: 0, −ELOOP, −EXDEV. */
  int expand(Inode link) {
    byte[] target = link.target;
    if (++links > LINKS_MAX || (resolve & NO_SYMLINKS) != 0 || target == null) {
      return -Errno.ELOOP;
    }
    byte[] whole = new byte[target.length + path.length - position];
    System.arraycopy(target, 0, whole, 0, target.length);
    System.arraycopy(path, position, whole, target.length, path.length - position);
    path = whole;
    position = 0;
    last = Last.ROOT;
    if (target[0] == '/') {
      at = (resolve & IN_ROOT) != 0 ? base : volume.inodes.root();
      return (resolve & BENEATH) != 0 ? -Errno.EXDEV : 0;
    }
    return 0;
  }

  /** Walks on behind a last name that was a symbolic link, to the next parent: 0 or −errno. */
  int follow(Inode link) {
    int expanded = expand(link);
    return expanded < 0 ? expanded : run(true, false);
  }

  /** Looks the last name up in the parent; see {@link #look(Inode, byte[], int, int)}. */
  int look() {
    return look(at, path, from, length);
  }

  /** The entry that was looked up; null if there is no such name. */
  @Nullable DirEntry found() {
    return found;
  }

  /** The inode that was looked up; null if there is no such name. */
  @Nullable Inode child() {
    return found == null ? null : volume.inodes.get(found.inode);
  }

  /**
   * Looks a name up, in the cache or on the disk.
   *
   * @return 0, or 1 if it slept, and then {@link #found} is what is true now; −ENOENT in a
   *     directory that was removed; −ENAMETOOLONG; −EAGAIN if only the cache may be asked; −EIO.
   */
  private int look(Inode directory, byte[] name, int begin, int count) {
    if (count > NAME_MAX) {
      return directory.links == 0 ? -Errno.ENOENT : -Errno.ENAMETOOLONG;
    }
    long hash = volume.hash(name, begin, count);
    int slept = 0;
    while (true) {
      if (directory.links == 0) {
        return -Errno.ENOENT;
      }
      DirectoryIndex names = volume.inodes.directory(directory);
      found = names.find(hash, name, begin, count);
      int known = known(directory, names, hash, name, begin, count);
      if (known <= 0) {
        return known < 0 ? known : slept;
      }
      slept = 1;
    }
  }

  /** Makes what was found known: 0, 1 if it slept and all may be different, or −errno. */
  private int known(
      Inode directory, DirectoryIndex names, long hash, byte[] name, int begin, int count) {
    DirEntry entry = found == null ? names.absent(hash, name, begin, count) : found;
    if (entry != null && entry.isCached()) {
      if (entry.isNegative() || volume.inodes.get(entry.inode).cached) {
        volume.dentries.use(entry);
        return 0;
      }
    }
    if ((resolve & CACHED) != 0) {
      return -Errno.EAGAIN;
    }
    int leaf = volume.knowLeaf(directory, hash);
    if (leaf != 0) {
      return leaf;
    }
    return entry == null || entry.isNegative()
        ? absent(names, hash, name, begin, count)
        : present(directory, entry);
  }

  private int absent(DirectoryIndex names, long hash, byte[] name, int begin, int count) {
    byte[] copy = new byte[count];
    System.arraycopy(name, begin, copy, 0, count);
    volume.dropAbsent(names, hash);
    volume.dentries.add(names.addAbsent(copy, hash));
    return 0;
  }

  private int present(Inode directory, DirEntry entry) {
    Inode inode = volume.inodes.get(entry.inode);
    int known = volume.know(inode);
    if (known == 0) {
      volume.dentries.add(entry);
      if (inode.isDirectory()) {
        inode.parent = directory;
        inode.entry = entry;
      }
    }
    return known;
  }
}
