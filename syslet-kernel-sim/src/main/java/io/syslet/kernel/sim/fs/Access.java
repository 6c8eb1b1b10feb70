package io.syslet.kernel.sim.fs;

import io.syslet.Errno;
import io.syslet.Stat;
import io.syslet.kernel.sim.Credentials;

/** Who may do what: {@code generic_permission} and its like, without ACLs. */
final class Access {
  static final int READ = 4;
  static final int WRITE = 2;
  static final int EXECUTE = 1;

  private static final int STICKY = 01000;

  private Access() {}

  /** 0 or −EACCES. The superuser may all but execute a file that nobody may. */
  static int check(Credentials who, Inode inode, int wanted) {
    if (who.isPrivileged()) {
      boolean never = (wanted & EXECUTE) != 0 && !inode.isDirectory() && (inode.mode & 0111) == 0;
      return never ? -Errno.EACCES : 0;
    }
    int shift = who.effectiveUid() == inode.uid ? 6 : who.isIn(inode.gid) ? 3 : 0;
    return ((inode.mode >> shift) & wanted) == wanted ? 0 : -Errno.EACCES;
  }

  /** Whether somebody may change the attributes of an inode. */
  static boolean owns(Credentials who, Inode inode) {
    return who.isPrivileged() || who.effectiveUid() == inode.uid;
  }

  /** May a name of the directory be added: 0, −EACCES, or −ENOENT in one that was removed. */
  static int add(Credentials who, Inode directory) {
    return directory.links == 0 ? -Errno.ENOENT : check(who, directory, WRITE | EXECUTE);
  }

  /**
   * May a name be removed, also to be replaced.
   *
   * @return 0; −EACCES; −EPERM in a sticky directory; −ENOTDIR or −EISDIR if it is none or one and
   *     should not be; −EBUSY for the root.
   */
  static int remove(Credentials who, Inode directory, Inode victim, boolean asDirectory) {
    int may = check(who, directory, WRITE | EXECUTE);
    if (may < 0) {
      return may;
    }
    boolean sticky = (directory.mode & STICKY) != 0 && !owns(who, directory);
    if (sticky && who.effectiveUid() != victim.uid) {
      return -Errno.EPERM;
    }
    if (asDirectory != victim.isDirectory()) {
      return asDirectory ? -Errno.ENOTDIR : -Errno.EISDIR;
    }
    return victim.number == Layout.ROOT ? -Errno.EBUSY : 0;
  }

  /** The mode of a file whose content somebody changed. */
  static int changed(Credentials who, int mode) {
    return who.isPrivileged() ? mode : withoutSetIds(mode);
  }

  /** The mode of a file that got another owner. */
  static int withoutSetIds(int mode) {
    boolean group = (mode & 02010) == 02010;
    return (mode & Stat.S_IFMT) == Stat.S_IFDIR ? mode : mode & ~(group ? 06000 : 04000);
  }

  /** The mode of a file that somebody made or changed: set-group-ID is for members only. */
  static int mode(Credentials who, int mode, int gid) {
    boolean drop = (mode & 02000) != 0 && !who.isPrivileged() && !who.isIn(gid);
    return drop && (mode & Stat.S_IFMT) != Stat.S_IFDIR ? mode & ~02000 : mode;
  }
}
