package io.syslet.kernel.sim;

import io.syslet.Errno;
import io.syslet.Sys;
import org.jspecify.annotations.Nullable;

/**
 * An open file description: what descriptors and started calls refer to. A count of the references
 * decides when it is released.
 *
 * <p>Lengths are 0 or more and addresses have been checked when a method is called. Each method
 * that is not overridden answers as Linux does for a file without that operation.
 */
public abstract class File {
  /** {@link #poll}: there is something to read. */
  public static final int POLLIN = 0x1;

  /** {@link #poll}: there is room to write. */
  public static final int POLLOUT = 0x4;

  /** {@link #poll}: an error. */
  public static final int POLLERR = 0x8;

  /** {@link #poll}: the other side is gone. */
  public static final int POLLHUP = 0x10;

  /** {@link #readNow} and {@link #append}: at the file's position. */
  public static final long CURRENT = -1;

  private int flags;
  private int references;

  /**
   * Makes a description without a reference.
   *
   * @param flags as of open(2): access mode and status flags.
   */
  protected File(int flags) {
    this.flags = flags;
  }

  /** Access mode and status flags. */
  public final int flags() {
    return flags;
  }

  /** Replaces the flags: fcntl(2), F_SETFL. The caller keeps those that cannot be changed. */
  public final void flags(int changed) {
    flags = changed;
  }

  /** Whether calls answer −EAGAIN rather than sleep. */
  public final boolean isNonBlocking() {
    return (flags & Sys.O_NONBLOCK) != 0;
  }

  /** Whether it was opened for reading. */
  public final boolean isReadable() {
    return (flags & (Sys.O_WRONLY | Sys.O_PATH)) == 0;
  }

  /** Whether it was opened for writing; an access mode of 3 is for neither. */
  public final boolean isWritable() {
    int access = flags & (Sys.O_WRONLY | Sys.O_RDWR | Sys.O_PATH);
    return access == Sys.O_WRONLY || access == Sys.O_RDWR;
  }

  /** Takes a reference. */
  public final void hold() {
    references++;
  }

  /** Drops a reference; with the last one the file is released. */
  public final void drop() {
    if (--references == 0) {
      release();
    }
    if (references < 0) {
      throw new IllegalStateException("dropped once too often: " + this);
    }
  }

  /** Whether the last reference is gone. */
  public final boolean isReleased() {
    return references <= 0;
  }

  /** The last reference is gone. Must not sleep. */
  protected void release() {}

  /** Reads at the file's position, or what comes next: bytes, 0 at the end, or −errno. */
  public long read(long address, long length) {
    return -Errno.EINVAL;
  }

  /** Writes at the file's position: bytes or −errno. */
  public long write(long address, long length) {
    return -Errno.EINVAL;
  }

  /** Reads at a position: bytes or −errno; −ESPIPE where there are none. */
  public long pread(long address, long length, long position) {
    return -Errno.ESPIPE;
  }

  /** Writes at a position: bytes or −errno; −ESPIPE where there are none. */
  public long pwrite(long address, long length, long position) {
    return -Errno.ESPIPE;
  }

  /**
   * Reads without sleep, which {@link #read} and {@link #pread} do if {@link #poll} says so.
   *
   * @param position {@link #CURRENT}, or as in {@link #pread}.
   * @return bytes or −errno; −EAGAIN rather than sleep.
   */
  public long readNow(long address, long length, long position) {
    if ((poll() & (POLLIN | POLLHUP)) == 0) {
      return -Errno.EAGAIN;
    }
    return position == CURRENT ? read(address, length) : pread(address, length, position);
  }

  /**
   * Writes at the end of a file that has one, else as {@link #write} and {@link #pwrite} do.
   *
   * @param position {@link #CURRENT}, or as in {@link #pwrite}.
   * @return bytes or −errno.
   */
  public long append(long address, long length, long position) {
    return position == CURRENT ? write(address, length) : pwrite(address, length, position);
  }

  /** Waits until what was written has been stored: 0, also where nothing is; or −errno. */
  public int sync() {
    return 0;
  }

  /** getdents64(2): bytes written, 0 at the end, or −errno; −ENOTDIR for what is no directory. */
  public long getdents(long address, int length) {
    return -Errno.ENOTDIR;
  }

  /** Moves the position: the new one, or −errno; −ESPIPE where there is none. */
  public long seek(long offset, int whence) {
    return -Errno.ESPIPE;
  }

  /** What is possible without sleeping: POLL bits. */
  public int poll() {
    return POLLIN | POLLOUT;
  }

  /** Woken when {@link #poll} may have changed; null if it never does. */
  public @Nullable WaitQueue changes() {
    return null;
  }

  /** Says what stat(2) wants to know: 0 or −errno. */
  public int status(FileStatus status) {
    return -Errno.EBADF;
  }

  /** ioctl(2): −ENOTTY for what it does not know. */
  public long ioctl(int request, long argument) {
    return -Errno.ENOTTY;
  }
}
