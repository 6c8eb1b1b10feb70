package io.syslet;

/**
 * Typed calls on top of {@link Kernel#syscall(long, long, long, long, long, long, long)}: each is
 * made plainly and blocks if it blocks. {@link Prep} has the same for slots of a batch.
 *
 * <p>Paths are addresses of bytes up to a NUL ({@link CString}), buffers are addresses; the memory
 * must live until the call has returned. A result is the call's own or −errno, which {@link Errno}
 * names: the errors are those of the call's manual page in section 2. Any thread may call; nothing
 * is thrown or allocated here. Constants are the host's.
 */
public final class Sys {
  /** As a descriptor: the current directory. The same as {@link Stat#AT_FDCWD}. */
  public static final int AT_FDCWD = Stat.AT_FDCWD;

  /** Open to read. */
  public static final int O_RDONLY = 0;

  /** Open to write. */
  public static final int O_WRONLY = 1;

  /** Open to read and write. */
  public static final int O_RDWR = 2;

  /** Make the file if it is not there. */
  public static final int O_CREAT = 0x40;

  /** With O_CREAT: −EEXIST if it is there. */
  public static final int O_EXCL = 0x80;

  /** Do not become the terminal of the process. */
  public static final int O_NOCTTY = 0x100;

  /** Cut a regular file to 0 bytes. */
  public static final int O_TRUNC = 0x200;

  /** Write at the end. */
  public static final int O_APPEND = 0x400;

  /** −EAGAIN where pipes, sockets and the like would block. */
  public static final int O_NONBLOCK = 0x800;

  /** Each write waits for the device, data only. */
  public static final int O_DSYNC = 0x1000;

  /** Go around the page cache. */
  public static final int O_DIRECT = Arch.pick(0x4000, 0x10000);

  /** Set by every 64-bit open; {@code F_GETFL} may show it. */
  public static final int O_LARGEFILE = Arch.pick(0x8000, 0x20000);

  /** −ENOTDIR if it is no directory. */
  public static final int O_DIRECTORY = Arch.pick(0x10000, 0x4000);

  /** −ELOOP if it is a symbolic link. */
  public static final int O_NOFOLLOW = Arch.pick(0x20000, 0x8000);

  /** Leave the time of the last read alone. */
  public static final int O_NOATIME = 0x40000;

  /** Close at an exec. */
  public static final int O_CLOEXEC = 0x80000;

  /** Each write waits for the device. */
  public static final int O_SYNC = 0x101000;

  /** Only name the file. */
  public static final int O_PATH = 0x200000;

  /** A file without a name, in this directory. */
  public static final int O_TMPFILE = 0x400000 | O_DIRECTORY;

  /** fcntl: another descriptor, at least the argument. */
  public static final int F_DUPFD = 0;

  /** fcntl: the flags of the descriptor. */
  public static final int F_GETFD = 1;

  /** fcntl: set the flags of the descriptor. */
  public static final int F_SETFD = 2;

  /** fcntl: the flags of the open file. */
  public static final int F_GETFL = 3;

  /** fcntl: set the flags of the open file. */
  public static final int F_SETFL = 4;

  /** fcntl: ask about a lock. */
  public static final int F_GETLK = 5;

  /** fcntl: take or drop a lock. */
  public static final int F_SETLK = 6;

  /** fcntl: take or drop a lock, waiting for it. */
  public static final int F_SETLKW = 7;

  /** fcntl: as F_DUPFD, with {@link #O_CLOEXEC}. */
  public static final int F_DUPFD_CLOEXEC = 1030;

  /** fcntl: set how much a pipe holds, bytes. */
  public static final int F_SETPIPE_SZ = 1031;

  /** fcntl: how much a pipe holds, bytes. */
  public static final int F_GETPIPE_SZ = 1032;

  /** preadv2, pwritev2: −EAGAIN rather than wait for a device. */
  public static final int RWF_NOWAIT = 0x8;

  /** send, recv: −EAGAIN rather than block. */
  public static final int MSG_DONTWAIT = 0x40;

  /** openat2: stay below the directory. */
  public static final int RESOLVE_BENEATH = 0x8;

  /** openat2: −EAGAIN unless all is in the cache. */
  public static final int RESOLVE_CACHED = 0x20;

  /** The one flag of a descriptor. */
  public static final int FD_CLOEXEC = 1;

  private Sys() {}

  /**
   * Opens a file. See openat(2).
   *
   * @param mode of a file that is made: permissions.
   * @return a descriptor or −errno.
   */
  public static long openat(Kernel kernel, int dirfd, long path, int flags, int mode) {
    return kernel.syscall(Nr.OPENAT, dirfd, path, flags, mode, 0, 0);
  }

  /**
   * Opens a file as a {@code struct open_how} says. See openat2(2).
   *
   * @param how address of three u64: flags, mode, RESOLVE bits.
   * @param length of it, 24 bytes.
   * @return a descriptor or −errno.
   */
  public static long openat2(Kernel kernel, int dirfd, long path, long how, long length) {
    return kernel.syscall(Nr.OPENAT2, dirfd, path, how, length, 0, 0);
  }

  /**
   * Closes a descriptor. See close(2).
   *
   * @return 0 or −errno; whatever it says, the descriptor is gone.
   */
  public static long close(Kernel kernel, int fd) {
    return kernel.syscall(Nr.CLOSE, fd, 0, 0);
  }

  /**
   * Asks for what is known of a file. See statx(2).
   *
   * @param flags AT constants.
   * @param mask STATX bits: what is asked for.
   * @param statx address of {@link Stat#LENGTH} bytes.
   * @return 0 or −errno.
   */
  public static long statx(Kernel kernel, int dirfd, long path, int flags, int mask, long statx) {
    return kernel.syscall(Nr.STATX, dirfd, path, flags, mask, statx, 0);
  }

  /**
   * Reads entries of a directory, for a {@link Dirent}. See getdents64(2).
   *
   * @return how many bytes were read, 0 at the end, or −errno; −EINVAL if no entry fits.
   */
  public static long getdents64(Kernel kernel, int fd, long buffer, int length) {
    return kernel.syscall(Nr.GETDENTS64, fd, buffer, length);
  }

  /**
   * Reads where the descriptor stands. See read(2).
   *
   * @return how many bytes were read, 0 at the end, or −errno.
   */
  public static long read(Kernel kernel, int fd, long buffer, long length) {
    return kernel.syscall(Nr.READ, fd, buffer, length);
  }

  /**
   * Reads at {@code offset}. See pread(2).
   *
   * @return how many bytes were read, 0 at the end, or −errno.
   */
  public static long pread(Kernel kernel, int fd, long buffer, long length, long offset) {
    return kernel.syscall(Nr.PREAD64, fd, buffer, length, offset, 0, 0);
  }

  /**
   * Writes where the descriptor stands. See write(2).
   *
   * @return how many bytes were written, or −errno.
   */
  public static long write(Kernel kernel, int fd, long buffer, long length) {
    return kernel.syscall(Nr.WRITE, fd, buffer, length);
  }

  /**
   * Writes at {@code offset}. See pwrite(2).
   *
   * @return how many bytes were written, or −errno.
   */
  public static long pwrite(Kernel kernel, int fd, long buffer, long length, long offset) {
    return kernel.syscall(Nr.PWRITE64, fd, buffer, length, offset, 0, 0);
  }

  /**
   * Moves where the descriptor stands. See lseek(2).
   *
   * @param whence 0 from the start, 1 from here, 2 from the end.
   * @return the new offset or −errno.
   */
  public static long lseek(Kernel kernel, int fd, long offset, int whence) {
    return kernel.syscall(Nr.LSEEK, fd, offset, whence);
  }

  /**
   * Copies between two files without a buffer. See copy_file_range(2).
   *
   * @param fromOffset address of an s64 that is read and moved on; 0 to use where the descriptor
   *     stands.
   * @param toOffset the same for the other.
   * @param flags 0.
   * @return how many bytes were copied, 0 at the end, or −errno.
   */
  public static long copyFileRange(
      Kernel kernel, int from, long fromOffset, int to, long toOffset, long length, int flags) {
    return kernel.syscall(Nr.COPY_FILE_RANGE, from, fromOffset, to, toOffset, length, flags);
  }

  /**
   * Waits until a file's data is on its device. See fdatasync(2).
   *
   * @return 0 or −errno.
   */
  public static long fdatasync(Kernel kernel, int fd) {
    return kernel.syscall(Nr.FDATASYNC, fd, 0, 0);
  }

  /**
   * Makes room in a file. See fallocate(2).
   *
   * @param mode FALLOC bits of {@code linux/falloc.h}.
   * @return 0 or −errno.
   */
  public static long fallocate(Kernel kernel, int fd, int mode, long offset, long length) {
    return kernel.syscall(Nr.FALLOCATE, fd, mode, offset, length, 0, 0);
  }

  /**
   * Makes a symbolic link. See symlinkat(2).
   *
   * @param target what it points at.
   * @return 0 or −errno.
   */
  public static long symlinkat(Kernel kernel, long target, int dirfd, long path) {
    return kernel.syscall(Nr.SYMLINKAT, target, dirfd, path);
  }

  /**
   * Makes another name. See linkat(2).
   *
   * @param flags AT constants.
   * @return 0 or −errno.
   */
  public static long linkat(
      Kernel kernel, int fromDirfd, long from, int toDirfd, long to, int flags) {
    return kernel.syscall(Nr.LINKAT, fromDirfd, from, toDirfd, to, flags, 0);
  }

  /**
   * Sets the permissions. See fchmodat(2).
   *
   * @return 0 or −errno.
   */
  public static long fchmodat(Kernel kernel, int dirfd, long path, int mode) {
    return kernel.syscall(Nr.FCHMODAT, dirfd, path, mode);
  }

  /**
   * Sets the times of the last read and write. See utimensat(2).
   *
   * @param times address of two {@code struct timespec}; 0 for now.
   * @return 0 or −errno.
   */
  public static long utimensat(Kernel kernel, int dirfd, long path, long times, int flags) {
    return kernel.syscall(Nr.UTIMENSAT, dirfd, path, times, flags, 0, 0);
  }

  /**
   * Waits until a file is on its device. See fsync(2).
   *
   * @return 0 or −errno.
   */
  public static long fsync(Kernel kernel, int fd) {
    return kernel.syscall(Nr.FSYNC, fd, 0, 0);
  }

  /**
   * Sets the length of a file. See ftruncate(2).
   *
   * @return 0 or −errno.
   */
  public static long ftruncate(Kernel kernel, int fd, long length) {
    return kernel.syscall(Nr.FTRUNCATE, fd, length, 0);
  }

  /**
   * Reads where a symbolic link points; no NUL is added. See readlinkat(2).
   *
   * @return how many bytes were read, cut at {@code length}, or −errno.
   */
  public static long readlinkat(Kernel kernel, int dirfd, long path, long buffer, int length) {
    return kernel.syscall(Nr.READLINKAT, dirfd, path, buffer, length, 0, 0);
  }

  /**
   * Makes a directory. See mkdirat(2).
   *
   * @return 0 or −errno.
   */
  public static long mkdirat(Kernel kernel, int dirfd, long path, int mode) {
    return kernel.syscall(Nr.MKDIRAT, dirfd, path, mode);
  }

  /**
   * Removes a name. See unlinkat(2).
   *
   * @param flags {@link Stat#AT_REMOVEDIR} for a directory.
   * @return 0 or −errno.
   */
  public static long unlinkat(Kernel kernel, int dirfd, long path, int flags) {
    return kernel.syscall(Nr.UNLINKAT, dirfd, path, flags);
  }

  /**
   * Changes a name. See renameat2(2).
   *
   * @param flags RENAME bits of {@code linux/fs.h}.
   * @return 0 or −errno.
   */
  public static long renameat2(
      Kernel kernel, int fromDirfd, long from, int toDirfd, long to, int flags) {
    return kernel.syscall(Nr.RENAMEAT2, fromDirfd, from, toDirfd, to, flags, 0);
  }

  /**
   * Makes a pipe. See pipe2(2).
   *
   * @param fds address of two s32: the end to read, the end to write.
   * @return 0 or −errno.
   */
  public static long pipe2(Kernel kernel, long fds, int flags) {
    return kernel.syscall(Nr.PIPE2, fds, flags, 0);
  }

  /**
   * Makes an eventfd. See eventfd2(2).
   *
   * @return a descriptor or −errno.
   */
  public static long eventfd2(Kernel kernel, int initial, int flags) {
    return kernel.syscall(Nr.EVENTFD2, initial, flags, 0);
  }

  /**
   * Makes {@code to} another descriptor of the same file. See dup3(2).
   *
   * @param flags 0 or {@link #O_CLOEXEC}.
   * @return {@code to} or −errno.
   */
  public static long dup3(Kernel kernel, int from, int to, int flags) {
    return kernel.syscall(Nr.DUP3, from, to, flags);
  }

  /**
   * Does one of many things with a descriptor. See fcntl(2).
   *
   * @param command an F constant.
   * @return what the command says, or −errno.
   */
  public static long fcntl(Kernel kernel, int fd, int command, long argument) {
    return kernel.syscall(Nr.FCNTL, fd, command, argument);
  }

  /**
   * Sleeps. See nanosleep(2).
   *
   * @param request address of a {@code struct timespec}: two s64, seconds and nanoseconds.
   * @param remaining address of another, for what is left after a signal; or 0.
   * @return 0 or −errno.
   */
  public static long nanosleep(Kernel kernel, long request, long remaining) {
    return kernel.syscall(Nr.NANOSLEEP, request, remaining, 0);
  }

  /**
   * Says the parent's process id. See getppid(2).
   *
   * @return the id.
   */
  public static long getppid(Kernel kernel) {
    return kernel.syscall(Nr.GETPPID, 0, 0, 0);
  }

  /**
   * Says the task's id, which stays the same whatever blocks. See gettid(2).
   *
   * @return the id.
   */
  public static long gettid(Kernel kernel) {
    return kernel.syscall(Nr.GETTID, 0, 0, 0);
  }

  /**
   * Asks for what {@code stat(2)} knows of a file. See statx(2); where a filter of system calls
   * refuses that with −ENOSYS or −EPERM, newfstatat(2) is asked.
   *
   * @param flags AT constants; {@link Stat#AT_EMPTY_PATH} with an empty path for {@code dirfd}'s
   *     own file.
   * @return 0 or −errno.
   */
  public static long fstatat(Kernel kernel, int dirfd, long path, int flags, Stat stat) {
    long error = statx(kernel, dirfd, path, flags, Stat.STATX_BASIC_STATS, stat.address());
    return StructStat.isNeeded(error)
        ? newfstatat(kernel, dirfd, path, flags, stat.address())
        : error;
  }

  private static long newfstatat(Kernel kernel, int dirfd, long path, int flags, long stat) {
    long error = kernel.syscall(Nr.NEWFSTATAT, dirfd, path, stat, flags, 0, 0);
    if (error == 0) {
      StructStat.convert(stat);
    }
    return error;
  }

  /**
   * Asks for what {@code stat(2)} knows of a file, of a symbolic link itself. See statx(2).
   *
   * @return 0 or −errno.
   */
  public static long lstat(Kernel kernel, int dirfd, long path, Stat stat) {
    return fstatat(kernel, dirfd, path, Stat.AT_SYMLINK_NOFOLLOW, stat);
  }
}
