package io.syslet.ring;

import java.lang.foreign.Arena;

/** The few calls that shared rings and shared memory make: each a value or −errno. Any thread. */
final class HostFiles {
  private static final boolean ARM = "aarch64".equals(System.getProperty("os.arch"));
  private static final long SYS_OPENAT = ARM ? 56 : 257;
  private static final long SYS_CLOSE = ARM ? 57 : 3;
  private static final long SYS_FSTAT = ARM ? 80 : 5;
  private static final long SYS_FCNTL = ARM ? 25 : 72;
  private static final long SYS_MEMFD_CREATE = ARM ? 279 : 319;
  private static final long SYS_FTRUNCATE = ARM ? 46 : 77;
  private static final long SYS_MMAP = ARM ? 222 : 9;
  private static final long SYS_MUNMAP = ARM ? 215 : 11;

  private static final int AT_FDCWD = -100;
  private static final int O_RDWR = 2;
  private static final int O_CLOEXEC = 0x80000;

  /** struct stat is no longer than this, and has st_size there on both architectures. */
  private static final int STAT_LENGTH = 144;

  private static final int STAT_SIZE = 48;
  private static final int MFD_CLOEXEC = 1;
  private static final int MFD_ALLOW_SEALING = 2;
  private static final int PROT_READ_WRITE = 3;
  private static final int MAP_SHARED = 1;

  private HostFiles() {}

  /** openat(2), to read and write. */
  static int open(String path) {
    try (Arena arena = Arena.ofConfined()) {
      long name = arena.allocateFrom(path).address();
      return (int) HostCalls.call(SYS_OPENAT, AT_FDCWD, name, O_RDWR | O_CLOEXEC, 0, 0, 0);
    }
  }

  /** close(2). */
  static void close(int fd) {
    HostCalls.send(SYS_CLOSE, fd, 0, 0, 0, 0, 0);
  }

  /** The size of an open file, bytes: fstat(2), which changes nothing, whichever file it is. */
  static long size(int fd) {
    try (Arena arena = Arena.ofConfined()) {
      long stat = arena.allocate(STAT_LENGTH, Long.BYTES).address();
      long error = HostCalls.call(SYS_FSTAT, fd, stat, 0, 0, 0, 0);
      return error < 0 ? error : Memory.getLong(stat + STAT_SIZE);
    }
  }

  /** fcntl(2). */
  static int fcntl(int fd, int command, long argument) {
    return (int) HostCalls.call(SYS_FCNTL, fd, command, argument, 0, 0, 0);
  }

  /** memfd_create(2): a new file of memory that can be sealed; its descriptor. */
  static int createMemory(String name) {
    try (Arena arena = Arena.ofConfined()) {
      long bytes = arena.allocateFrom(name).address();
      int flags = MFD_CLOEXEC | MFD_ALLOW_SEALING;
      return (int) HostCalls.call(SYS_MEMFD_CREATE, bytes, flags, 0, 0, 0, 0);
    }
  }

  /** ftruncate(2). */
  static int truncate(int fd, long length) {
    return (int) HostCalls.call(SYS_FTRUNCATE, fd, length, 0, 0, 0, 0);
  }

  /** mmap(2), shared, to be read and written: an address. */
  static long map(int fd, long length) {
    return HostCalls.call(SYS_MMAP, 0, length, PROT_READ_WRITE, MAP_SHARED, fd, 0);
  }

  /** munmap(2). */
  static void unmap(long address, long length) {
    HostCalls.send(SYS_MUNMAP, address, length, 0, 0, 0, 0);
  }
}
