package io.syslet;

/**
 * Typed fillers of a {@link CallSlots} slot: what {@link Sys} calls, prepared for a batch. They
 * make plain stores and allocate nothing; the slot must not be part of a batch under way. The
 * memory that an argument names is the call's until its status is known: after the batch, or, of a
 * pending call, with its completion.
 *
 * <p>Of all, {@code slots} and {@code i} say which slot is filled, {@code callerData} is given back
 * with the completion, and the rest are the call's arguments.
 */
public final class Prep {
  private Prep() {}

  /** Prepares {@link Sys#openat}. */
  public static void openat(
      CallSlots slots, int i, long callerData, int dirfd, long path, int flags, int mode) {
    slots.set(i, callerData, Nr.OPENAT, dirfd, path, flags, mode, 0, 0);
  }

  /** Prepares {@link Sys#openat2}. */
  public static void openat2(
      CallSlots slots, int i, long callerData, int dirfd, long path, long how, long length) {
    slots.set(i, callerData, Nr.OPENAT2, dirfd, path, how, length, 0, 0);
  }

  /** Prepares {@link Sys#close}. */
  public static void close(CallSlots slots, int i, long callerData, int fd) {
    slots.set(i, callerData, Nr.CLOSE, fd, 0, 0, 0, 0, 0);
  }

  /** Prepares {@link Sys#statx}. */
  public static void statx(
      CallSlots slots,
      int i,
      long callerData,
      int dirfd,
      long path,
      int flags,
      int mask,
      long statx) {
    slots.set(i, callerData, Nr.STATX, dirfd, path, flags, mask, statx, 0);
  }

  /** Prepares {@link Sys#getdents64}. */
  public static void getdents64(
      CallSlots slots, int i, long callerData, int fd, long buffer, int length) {
    slots.set(i, callerData, Nr.GETDENTS64, fd, buffer, length, 0, 0, 0);
  }

  /** Prepares {@link Sys#read}. */
  public static void read(
      CallSlots slots, int i, long callerData, int fd, long buffer, long length) {
    slots.set(i, callerData, Nr.READ, fd, buffer, length, 0, 0, 0);
  }

  /** Prepares {@link Sys#pread}. */
  public static void pread(
      CallSlots slots, int i, long callerData, int fd, long buffer, long length, long offset) {
    slots.set(i, callerData, Nr.PREAD64, fd, buffer, length, offset, 0, 0);
  }

  /** Prepares {@link Sys#write}. */
  public static void write(
      CallSlots slots, int i, long callerData, int fd, long buffer, long length) {
    slots.set(i, callerData, Nr.WRITE, fd, buffer, length, 0, 0, 0);
  }

  /** Prepares {@link Sys#pwrite}. */
  public static void pwrite(
      CallSlots slots, int i, long callerData, int fd, long buffer, long length, long offset) {
    slots.set(i, callerData, Nr.PWRITE64, fd, buffer, length, offset, 0, 0);
  }

  /** Prepares {@link Sys#lseek}. */
  public static void lseek(
      CallSlots slots, int i, long callerData, int fd, long offset, int whence) {
    slots.set(i, callerData, Nr.LSEEK, fd, offset, whence, 0, 0, 0);
  }

  /** Prepares {@link Sys#copyFileRange}. */
  public static void copyFileRange(
      CallSlots slots,
      int i,
      long callerData,
      int from,
      long fromOffset,
      int to,
      long toOffset,
      long length,
      int flags) {
    slots.set(i, callerData, Nr.COPY_FILE_RANGE, from, fromOffset, to, toOffset, length, flags);
  }

  /** Prepares {@link Sys#fdatasync}. */
  public static void fdatasync(CallSlots slots, int i, long callerData, int fd) {
    slots.set(i, callerData, Nr.FDATASYNC, fd, 0, 0, 0, 0, 0);
  }

  /** Prepares {@link Sys#fallocate}. */
  public static void fallocate(
      CallSlots slots, int i, long callerData, int fd, int mode, long offset, long length) {
    slots.set(i, callerData, Nr.FALLOCATE, fd, mode, offset, length, 0, 0);
  }

  /** Prepares {@link Sys#symlinkat}. */
  public static void symlinkat(
      CallSlots slots, int i, long callerData, long target, int dirfd, long path) {
    slots.set(i, callerData, Nr.SYMLINKAT, target, dirfd, path, 0, 0, 0);
  }

  /** Prepares {@link Sys#linkat}. */
  public static void linkat(
      CallSlots slots,
      int i,
      long callerData,
      int fromDirfd,
      long from,
      int toDirfd,
      long to,
      int flags) {
    slots.set(i, callerData, Nr.LINKAT, fromDirfd, from, toDirfd, to, flags, 0);
  }

  /** Prepares {@link Sys#fchmodat}. */
  public static void fchmodat(
      CallSlots slots, int i, long callerData, int dirfd, long path, int mode) {
    slots.set(i, callerData, Nr.FCHMODAT, dirfd, path, mode, 0, 0, 0);
  }

  /** Prepares {@link Sys#utimensat}. */
  public static void utimensat(
      CallSlots slots, int i, long callerData, int dirfd, long path, long times, int flags) {
    slots.set(i, callerData, Nr.UTIMENSAT, dirfd, path, times, flags, 0, 0);
  }

  /** Prepares {@link Sys#fsync}. */
  public static void fsync(CallSlots slots, int i, long callerData, int fd) {
    slots.set(i, callerData, Nr.FSYNC, fd, 0, 0, 0, 0, 0);
  }

  /** Prepares {@link Sys#ftruncate}. */
  public static void ftruncate(CallSlots slots, int i, long callerData, int fd, long length) {
    slots.set(i, callerData, Nr.FTRUNCATE, fd, length, 0, 0, 0, 0);
  }

  /** Prepares {@link Sys#readlinkat}. */
  public static void readlinkat(
      CallSlots slots, int i, long callerData, int dirfd, long path, long buffer, int length) {
    slots.set(i, callerData, Nr.READLINKAT, dirfd, path, buffer, length, 0, 0);
  }

  /** Prepares {@link Sys#mkdirat}. */
  public static void mkdirat(
      CallSlots slots, int i, long callerData, int dirfd, long path, int mode) {
    slots.set(i, callerData, Nr.MKDIRAT, dirfd, path, mode, 0, 0, 0);
  }

  /** Prepares {@link Sys#unlinkat}. */
  public static void unlinkat(
      CallSlots slots, int i, long callerData, int dirfd, long path, int flags) {
    slots.set(i, callerData, Nr.UNLINKAT, dirfd, path, flags, 0, 0, 0);
  }

  /** Prepares {@link Sys#renameat2}. */
  public static void renameat2(
      CallSlots slots,
      int i,
      long callerData,
      int fromDirfd,
      long from,
      int toDirfd,
      long to,
      int flags) {
    slots.set(i, callerData, Nr.RENAMEAT2, fromDirfd, from, toDirfd, to, flags, 0);
  }

  /** Prepares {@link Sys#pipe2}. */
  public static void pipe2(CallSlots slots, int i, long callerData, long fds, int flags) {
    slots.set(i, callerData, Nr.PIPE2, fds, flags, 0, 0, 0, 0);
  }

  /** Prepares {@link Sys#eventfd2}. */
  public static void eventfd2(CallSlots slots, int i, long callerData, int initial, int flags) {
    slots.set(i, callerData, Nr.EVENTFD2, initial, flags, 0, 0, 0, 0);
  }

  /** Prepares {@link Sys#dup3}. */
  public static void dup3(CallSlots slots, int i, long callerData, int from, int to, int flags) {
    slots.set(i, callerData, Nr.DUP3, from, to, flags, 0, 0, 0);
  }

  /** Prepares {@link Sys#fcntl}. */
  public static void fcntl(
      CallSlots slots, int i, long callerData, int fd, int command, long argument) {
    slots.set(i, callerData, Nr.FCNTL, fd, command, argument, 0, 0, 0);
  }

  /** Prepares {@link Sys#nanosleep}. */
  public static void nanosleep(
      CallSlots slots, int i, long callerData, long request, long remaining) {
    slots.set(i, callerData, Nr.NANOSLEEP, request, remaining, 0, 0, 0, 0);
  }

  /**
   * Prepares {@link Nr#UMEM_ADD}, for an atom: adds to the u64 at an address in the program's own
   * memory.
   */
  public static void umemAdd(
      CallSlots slots, int i, long callerData, long address, long increment) {
    slots.set(i, callerData, Nr.UMEM_ADD, address, increment, 0, 0, 0, 0);
  }

  /** Prepares {@link Sys#lstat}. */
  public static void lstat(
      CallSlots slots, int i, long callerData, int dirfd, long path, Stat stat) {
    statx(
        slots,
        i,
        callerData,
        dirfd,
        path,
        Stat.AT_SYMLINK_NOFOLLOW,
        Stat.STATX_BASIC_STATS,
        stat.address());
  }
}
