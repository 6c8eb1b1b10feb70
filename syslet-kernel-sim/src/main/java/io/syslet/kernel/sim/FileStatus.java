package io.syslet.kernel.sim;

/**
 * What stat(2) tells of a file, for a {@link File} to fill and a call to write out in the host's
 * layout. Times are nanoseconds since the epoch. Not for several threads.
 */
@SuppressWarnings("MissingJavadoc")
public final class FileStatus {
  /** Type and permissions: the bits of {@code st_mode}. */
  public int mode;

  /** How many names the file has. */
  public int links;

  /** Owner. */
  public int uid;

  /** Group. */
  public int gid;

  /** The device that the file is on. */
  public long device;

  /** The device that the file is. */
  public long ownDevice;

  /** Number of the inode. */
  public long inode;

  /** Bytes. */
  public long size;

  /** The preferred size of a read, bytes. */
  public int blockSize;

  /** How much is allocated, units of 512 bytes. */
  public long blocks;

  /** Last read. */
  public long accessed;

  /** Last write. */
  public long modified;

  /** Last change of the inode. */
  public long changed;

  /** Creation. */
  public long born;
}
