package io.syslet;

import java.lang.foreign.MemorySegment;
import java.nio.file.Path;

/**
 * The calls of {@link CallForms} that take a path. It is given in one of four ways:
 *
 * <ul>
 *   <li>an address, or a native segment: bytes up to a NUL, which are the call's until it has
 *       ended;
 *   <li>an array of bytes, or a {@link Path}: copied, at most 4,096 bytes, to memory of the call's.
 *       One with a NUL among the bytes is an {@link IllegalArgumentException}.
 * </ul>
 *
 * A path is bytes and need not be valid UTF-8. A relative one begins at a directory's descriptor,
 * or with {@link Sys#AT_FDCWD} at the working directory.
 *
 * @param <C> what stands for a call.
 */
public abstract class PathForms<C> extends CallForms<C> {
  PathForms() {}

  /** Copies a path to memory of the next call. */
  final long copy(byte[] path) {
    // As many bytes are too many, and Linux says so: −ENAMETOOLONG.
    int length = Math.min(path.length, CString.PATH_MAX);
    long address = memory(length + 1L);
    CString.put(address, path, length);
    return address;
  }

  private long copy(Path path) {
    return copy(CString.bytes(path));
  }

  /** Opens a file; {@code mode} has the permissions of one that is made. */
  public C openat(int dirfd, long path, int flags, int mode) {
    return call(Nr.OPENAT, dirfd, path, flags, mode, 0, 0);
  }

  /** As {@link #openat(int, long, int, int)}. */
  public C openat(int dirfd, MemorySegment path, int flags, int mode) {
    return openat(dirfd, address(path), flags, mode);
  }

  /** As {@link #openat(int, long, int, int)}. */
  public C openat(int dirfd, byte[] path, int flags, int mode) {
    return openat(dirfd, copy(path), flags, mode);
  }

  /** As {@link #openat(int, long, int, int)}. */
  public C openat(int dirfd, Path path, int flags, int mode) {
    return openat(dirfd, copy(path), flags, mode);
  }

  /** Opens a file that is there, by a path from the working directory. */
  public C open(Path path, int flags) {
    return openat(Sys.AT_FDCWD, copy(path), flags, 0);
  }

  /**
   * Asks what is known of a file.
   *
   * @param flags AT constants of {@link Stat}.
   * @param mask STATX bits: what is asked for.
   * @param statx address of {@link Stat#LENGTH} bytes.
   */
  public C statx(int dirfd, long path, int flags, int mask, long statx) {
    return call(Nr.STATX, dirfd, path, flags, mask, statx, 0);
  }

  /** As {@link #statx(int, long, int, int, long)}. */
  public C statx(int dirfd, MemorySegment path, int flags, int mask, MemorySegment statx) {
    return statx(dirfd, address(path), flags, mask, address(statx));
  }

  /** As {@link #statx(int, long, int, int, long)}. */
  public C statx(int dirfd, byte[] path, int flags, int mask, MemorySegment statx) {
    return statx(dirfd, copy(path), flags, mask, address(statx));
  }

  /** As {@link #statx(int, long, int, int, long)}. */
  public C statx(int dirfd, Path path, int flags, int mask, MemorySegment statx) {
    return statx(dirfd, copy(path), flags, mask, address(statx));
  }

  /** Makes a directory with these permissions. */
  public C mkdirat(int dirfd, long path, int mode) {
    return call(Nr.MKDIRAT, dirfd, path, mode, 0, 0, 0);
  }

  /** As {@link #mkdirat(int, long, int)}. */
  public C mkdirat(int dirfd, byte[] path, int mode) {
    return mkdirat(dirfd, copy(path), mode);
  }

  /** As {@link #mkdirat(int, long, int)}. */
  public C mkdirat(int dirfd, Path path, int mode) {
    return mkdirat(dirfd, copy(path), mode);
  }

  /** Removes a name; with {@link Stat#AT_REMOVEDIR} that of a directory. */
  public C unlinkat(int dirfd, long path, int flags) {
    return call(Nr.UNLINKAT, dirfd, path, flags, 0, 0, 0);
  }

  /** As {@link #unlinkat(int, long, int)}. */
  public C unlinkat(int dirfd, byte[] path, int flags) {
    return unlinkat(dirfd, copy(path), flags);
  }

  /** As {@link #unlinkat(int, long, int)}. */
  public C unlinkat(int dirfd, Path path, int flags) {
    return unlinkat(dirfd, copy(path), flags);
  }

  /** Reads where a symbolic link points, to a buffer; no NUL is added. */
  public C readlinkat(int dirfd, long path, MemorySegment buffer) {
    return call(Nr.READLINKAT, dirfd, path, address(buffer), buffer.byteSize(), 0, 0);
  }

  /** As {@link #readlinkat(int, long, MemorySegment)}. */
  public C readlinkat(int dirfd, byte[] path, MemorySegment buffer) {
    return readlinkat(dirfd, copy(path), buffer);
  }

  /** As {@link #readlinkat(int, long, MemorySegment)}. */
  public C readlinkat(int dirfd, Path path, MemorySegment buffer) {
    return readlinkat(dirfd, copy(path), buffer);
  }

  /** Changes a name; {@code flags} are RENAME bits of {@code linux/fs.h}. */
  public C renameat2(int fromDirfd, byte[] from, int toDirfd, byte[] to, int flags) {
    return call(Nr.RENAMEAT2, fromDirfd, copy(from), toDirfd, copy(to), flags, 0);
  }

  /** As {@link #renameat2(int, byte[], int, byte[], int)}. */
  public C renameat2(int fromDirfd, Path from, int toDirfd, Path to, int flags) {
    return call(Nr.RENAMEAT2, fromDirfd, copy(from), toDirfd, copy(to), flags, 0);
  }

  /** Makes another name of a file; {@code flags} are AT constants of {@link Stat}. */
  public C linkat(int fromDirfd, byte[] from, int toDirfd, byte[] to, int flags) {
    return call(Nr.LINKAT, fromDirfd, copy(from), toDirfd, copy(to), flags, 0);
  }

  /** As {@link #linkat(int, byte[], int, byte[], int)}. */
  public C linkat(int fromDirfd, Path from, int toDirfd, Path to, int flags) {
    return call(Nr.LINKAT, fromDirfd, copy(from), toDirfd, copy(to), flags, 0);
  }

  /** Makes a symbolic link that points at {@code target}. */
  public C symlinkat(byte[] target, int dirfd, byte[] path) {
    return call(Nr.SYMLINKAT, copy(target), dirfd, copy(path), 0, 0, 0);
  }

  /** As {@link #symlinkat(byte[], int, byte[])}. */
  public C symlinkat(Path target, int dirfd, Path path) {
    return call(Nr.SYMLINKAT, copy(target), dirfd, copy(path), 0, 0, 0);
  }
}
