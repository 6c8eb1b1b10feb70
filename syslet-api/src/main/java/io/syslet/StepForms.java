package io.syslet;

import java.lang.foreign.MemorySegment;
import java.nio.file.Path;

/**
 * The calls of a {@link Chain} on what an earlier step has opened: a step takes the place of a
 * descriptor, or of a length.
 */
public abstract class StepForms extends PathForms<Step> {
  StepForms() {}

  /** Opens a file below a directory that an earlier step opened. */
  public Step openat(Step dirfd, Path path, int flags, int mode) {
    return openat(0, path, flags, mode).fetch(0, dirfd);
  }

  /** Opens a file below a directory that an earlier step opened. */
  public Step openat(Step dirfd, byte[] path, int flags, int mode) {
    return openat(0, path, flags, mode).fetch(0, dirfd);
  }

  /** Asks what is known of a file below a directory that an earlier step opened. */
  public Step statx(Step dirfd, byte[] path, int flags, int mask, MemorySegment statx) {
    return statx(0, path, flags, mask, statx).fetch(0, dirfd);
  }

  /** Reads from what an earlier step opened. */
  public Step read(Step fd, MemorySegment buffer) {
    return read(0, buffer).fetch(0, fd);
  }

  /** Reads from what an earlier step opened, at byte {@code offset}. */
  public Step pread(Step fd, MemorySegment buffer, long offset) {
    return pread(0, buffer, offset).fetch(0, fd);
  }

  /** Writes to what an earlier step opened. */
  public Step write(Step fd, MemorySegment buffer) {
    return write(0, buffer).fetch(0, fd);
  }

  /** Writes as many bytes as an earlier step said, to what an earlier step opened. */
  public Step write(Step fd, MemorySegment buffer, Step length) {
    return write(0, buffer).fetch(0, fd).fetch(2, length);
  }

  /** Reads entries of a directory that an earlier step opened. */
  public Step getdents64(Step fd, MemorySegment buffer) {
    return getdents64(0, buffer).fetch(0, fd);
  }

  /** Copies up to {@code length} bytes between files that earlier steps opened. */
  public Step copyFileRange(Step from, Step to, long length) {
    return copyFileRange(0, 0, length).fetch(0, from).fetch(2, to);
  }

  /** Waits until what an earlier step opened is on its device. */
  public Step fsync(Step fd) {
    return fsync(0).fetch(0, fd);
  }

  /** Waits until the data of what an earlier step opened is on its device. */
  public Step fdatasync(Step fd) {
    return fdatasync(0).fetch(0, fd);
  }

  /** Closes what an earlier step opened. */
  public Step close(Step fd) {
    return close(0).fetch(0, fd);
  }
}
