package io.syslet.examples.copy;

import io.syslet.Stat;

/**
 * What stat says of an original, as far as a copy has it too.
 *
 * @param mode type and permissions.
 * @param device where it is, both numbers.
 * @param rdev the device that it is, as mknod takes it.
 * @param blocks of 512 bytes.
 */
record Found(
    int mode,
    int uid,
    int gid,
    int nlink,
    long device,
    long ino,
    int rdev,
    long size,
    long blocks,
    long atimeSec,
    int atimeNsec,
    long mtimeSec,
    int mtimeNsec) {
  private static final int BLOCK = 512;

  /** What was found; keeps nothing of the memory. */
  static Found of(Stat s) {
    return new Found(
        s.mode(),
        s.uid(),
        s.gid(),
        s.nlink(),
        s.dev(),
        s.ino(),
        device(s.rdevMajor(), s.rdevMinor()),
        s.size(),
        s.blocks(),
        s.atimeSec(),
        s.atimeNsec(),
        s.mtimeSec(),
        s.mtimeNsec());
  }

  /** As Linux packs it: 12 bits of the major number between 8 and 12 of the minor one. */
  private static int device(int major, int minor) {
    return (minor & 0xff) | (major << 8) | ((minor & ~0xff) << 12);
  }

  int type() {
    return mode & Stat.S_IFMT;
  }

  boolean is(Found other) {
    return device == other.device && ino == other.ino;
  }

  /** Whether less is allocated than the size asks for. */
  boolean hasHoles() {
    return blocks * BLOCK < size;
  }
}
