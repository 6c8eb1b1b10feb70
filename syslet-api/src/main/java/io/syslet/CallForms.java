package io.syslet;

import io.syslet.ring.Memory;
import java.lang.foreign.MemorySegment;

/**
 * The calls by their names, for whoever collects calls: {@link Calls} for a batch, {@link Chain}
 * for a program. Nothing is made yet when a method returns. Results and errors are those of the
 * manual pages in section 2; {@link PathForms} has the calls that take a path.
 *
 * <p>A buffer is a native segment, or an address and a length in bytes. It belongs to the call
 * until that has ended, and so must the arena it comes from: best, {@link Kernel#arena()}.
 *
 * @param <C> what stands for a call.
 */
public abstract class CallForms<C> {
  CallForms() {}

  /** Adds a call by its number ({@link Nr}) and its six arguments. */
  public abstract C call(long nr, long a0, long a1, long a2, long a3, long a4, long a5);

  /** Some bytes of memory for the call that is added next, until that has ended: their address. */
  public abstract long memory(long length);

  /** Keeps memory reachable until the call that is added next has ended. */
  abstract void keep(MemorySegment segment);

  /**
   * The address of a segment that the next call uses.
   *
   * @throws IllegalArgumentException for a segment on the heap.
   */
  final long address(MemorySegment segment) {
    if (!segment.isNative()) {
      throw new IllegalArgumentException("a call needs native memory, not the heap's");
    }
    keep(segment);
    return segment.address();
  }

  /** Reads to a buffer, from where the descriptor stands. */
  public C read(int fd, MemorySegment buffer) {
    return read(fd, address(buffer), buffer.byteSize());
  }

  /** Reads {@code length} bytes to an address, from where the descriptor stands. */
  public C read(int fd, long buffer, long length) {
    return call(Nr.READ, fd, buffer, length, 0, 0, 0);
  }

  /** Reads to a buffer, from byte {@code offset} of the file. */
  public C pread(int fd, MemorySegment buffer, long offset) {
    return call(Nr.PREAD64, fd, address(buffer), buffer.byteSize(), offset, 0, 0);
  }

  /** Writes a buffer where the descriptor stands. */
  public C write(int fd, MemorySegment buffer) {
    return write(fd, address(buffer), buffer.byteSize());
  }

  /** Writes {@code length} bytes from an address, where the descriptor stands. */
  public C write(int fd, long buffer, long length) {
    return call(Nr.WRITE, fd, buffer, length, 0, 0, 0);
  }

  /** Writes a buffer at byte {@code offset} of the file. */
  public C pwrite(int fd, MemorySegment buffer, long offset) {
    return call(Nr.PWRITE64, fd, address(buffer), buffer.byteSize(), offset, 0, 0);
  }

  /** Reads entries of a directory to a buffer, for a {@link Dirent}. */
  public C getdents64(int fd, MemorySegment buffer) {
    return getdents64(fd, address(buffer), buffer.byteSize());
  }

  /** Reads entries of a directory to {@code length} bytes at an address, for a {@link Dirent}. */
  public C getdents64(int fd, long buffer, long length) {
    return call(Nr.GETDENTS64, fd, buffer, length, 0, 0, 0);
  }

  /** Copies up to {@code length} bytes between files, from where both descriptors stand. */
  public C copyFileRange(int from, int to, long length) {
    return call(Nr.COPY_FILE_RANGE, from, 0, to, 0, length, 0);
  }

  /** Closes a descriptor. */
  public C close(int fd) {
    return call(Nr.CLOSE, fd, 0, 0, 0, 0, 0);
  }

  /** Waits until a file is on its device. */
  public C fsync(int fd) {
    return call(Nr.FSYNC, fd, 0, 0, 0, 0, 0);
  }

  /** Waits until a file's data is on its device. */
  public C fdatasync(int fd) {
    return call(Nr.FDATASYNC, fd, 0, 0, 0, 0, 0);
  }

  /** Sets the length of a file, in bytes. */
  public C ftruncate(int fd, long length) {
    return call(Nr.FTRUNCATE, fd, length, 0, 0, 0, 0);
  }

  /**
   * Makes room of {@code length} bytes from byte {@code offset} on; mode: {@code FALLOC_FL} bits.
   */
  public C fallocate(int fd, int mode, long offset, long length) {
    return call(Nr.FALLOCATE, fd, mode, offset, length, 0, 0);
  }

  /** Makes a pipe; two s32 in the buffer get the descriptors: to read, to write. */
  public C pipe2(MemorySegment fds, int flags) {
    return call(Nr.PIPE2, address(fds), flags, 0, 0, 0, 0);
  }

  /** Makes an eventfd. */
  public C eventfd2(int initial, int flags) {
    return call(Nr.EVENTFD2, initial, flags, 0, 0, 0, 0);
  }

  /** Does one of many things with a descriptor: {@code command} is an F constant of {@link Sys}. */
  public C fcntl(int fd, int command, long argument) {
    return call(Nr.FCNTL, fd, command, argument, 0, 0, 0);
  }

  /** Sleeps for some nanoseconds. */
  public C nanosleep(long nanos) {
    long timespec = memory(2 * Long.BYTES);
    Memory.putLong(timespec, nanos / 1_000_000_000);
    Memory.putLong(timespec + Long.BYTES, nanos % 1_000_000_000);
    return call(Nr.NANOSLEEP, timespec, 0, 0, 0, 0, 0);
  }
}
