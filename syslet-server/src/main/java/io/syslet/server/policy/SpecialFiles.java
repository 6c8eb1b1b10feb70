package io.syslet.server.policy;

import io.syslet.ring.Memory;

/**
 * File systems that show no files of a disk but the kernel itself, or processes, this server among
 * them: what is in them is not opened for clients. The numbers are those of statfs(2).
 */
final class SpecialFiles {
  /** Bytes of struct statfs. */
  static final int STATFS = 120;

  private static final long[] MAGIC = {
    0x9fa0L, // proc
    0x62656572L, // sysfs
    0x64626720L, // debugfs
    0x74726163L, // tracefs
    0x73636673L, // securityfs
    0x62656570L, // configfs
    0x27e0ebL, // cgroup
    0x63677270L, // cgroup2
    0xcafe4a11L, // bpf
    0x42494e4dL, // binfmt_misc
    0x6e736673L, // nsfs
    0x1cd1L, // devpts
    0xf97cff8cL, // selinux
    0xde5e81e4L, // efivarfs
    0x6165676cL, // pstore
    0x65735543L, // fusectl
    0x19800202L, // mqueue
    0x50494446L, // pidfs
    0x5345434dL, // secretmem
  };

  private static final long FUSE = 0x65735546L;

  private SpecialFiles() {}

  /** Whether a struct statfs is of a file system that some process provides: FUSE. */
  static boolean isInUserSpace(long statfs) {
    return (Memory.getLong(statfs) & 0xffff_ffffL) == FUSE;
  }

  /** Whether a struct statfs is one of them. */
  static boolean isOne(long statfs) {
    long type = Memory.getLong(statfs) & 0xffff_ffffL;
    for (long magic : MAGIC) {
      if (type == magic) {
        return true;
      }
    }
    return false;
  }
}
