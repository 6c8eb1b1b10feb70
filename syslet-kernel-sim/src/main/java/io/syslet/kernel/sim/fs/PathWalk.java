package io.syslet.kernel.sim.fs;

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
  static final int FOLLOW = 1;
  static final int PARENT = 2;
  static final int EMPTY = 4;

  static final int NO_XDEV = 0x01;
  static final int NO_MAGICLINKS = 0x02;
  static final int NO_SYMLINKS = 0x04;
  static final int BENEATH = 0x08;
  static final int IN_ROOT = 0x10;
  static final int CACHED = 0x20;

  private static final int LINKS_MAX = 40;

  private final Volume volume;
  private final SimProcess process;
  private final Credentials who;
  private final int resolve;
  private final PathText path = new PathText();
  private final NameLookup lookup;
  private int links;
  private Inode base;
  private Inode at;

  PathWalk(Volume volume, SimProcess process, Credentials who, int resolve) {
    this.volume = volume;
    this.process = process;
    this.who = who;
    this.resolve = resolve;
    this.lookup = new NameLookup(volume, (resolve & CACHED) != 0);
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

  /** What the last component is. */
  PathText.Kind last() {
    return path.kind();
  }

  /** Whether slashes follow the last component. */
  boolean slashes() {
    return path.slashes();
  }

  /** The last name, of its own. */
  byte[] name() {
    return path.name();
  }

  /**
   * Walks.
   *
   * @param address of the path.
   * @param flags FOLLOW the last symbolic link, stop at the PARENT, an EMPTY path is {@code dirfd}.
   * @return 0 or −errno.
   */
  int walk(long dirfd, long address, int flags) {
    int read = path.read(address, (flags & EMPTY) != 0);
    if (read < 0) {
      return read;
    }
    int started = start((int) dirfd);
    return started < 0 ? started : run((flags & PARENT) != 0, (flags & FOLLOW) != 0);
  }

  private int start(int dirfd) {
    boolean absolute = path.isAbsolute();
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
    return !path.isEmpty() && !at.isDirectory() ? -Errno.ENOTDIR : 0;
  }

  private int run(boolean parentOnly, boolean follow) {
    path.begin();
    while (path.next()) {
      int entered = enter();
      boolean more = path.hasMore();
      if (entered < 0 || (!more && parentOnly)) {
        return entered;
      }
      int step =
          switch (path.kind()) {
            case NAME -> name(more, follow);
            case DOTDOT -> up();
            case DOT, ROOT -> 0;
          };
      if (step < 0) {
        return step;
      }
    }
    return 0;
  }

  /** One component that is a name. */
  private int name(boolean more, boolean follow) {
    int looked = look();
    if (looked < 0) {
      return looked;
    }
    Inode child = child();
    if (child == null) {
      return -Errno.ENOENT;
    }
    boolean through = more || path.slashes();
    if (child.isSymlink() && (through || follow)) {
      return expand(child);
    }
    at = child;
    return through && !child.isDirectory() ? -Errno.ENOTDIR : 0;
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
    int known = lookup.know(parent);
    at = parent;
    return known;
  }

  /** Puts what a symbolic link says in its place: 0, −ELOOP, −EXDEV. */
  private int expand(Inode link) {
    byte[] target = link.target;
    if (++links > LINKS_MAX || (resolve & NO_SYMLINKS) != 0 || target == null) {
      return -Errno.ELOOP;
    }
    path.insert(target);
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

  /** Looks the last name up in the parent: {@link NameLookup#look}. */
  int look() {
    return lookup.look(at, path);
  }

  /** The entry that was looked up; null if there is no such name. */
  @Nullable DirEntry found() {
    return lookup.found();
  }

  /** The inode that was looked up; null if there is no such name. */
  @Nullable Inode child() {
    return lookup.child();
  }
}
