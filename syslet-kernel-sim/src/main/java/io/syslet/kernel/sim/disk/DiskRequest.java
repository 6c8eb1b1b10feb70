package io.syslet.kernel.sim.disk;

/** One request to a block device. Whoever makes it leaves it alone until it is done. */
public final class DiskRequest {
  /** Told of the end of a request, in the machine's loop. */
  @FunctionalInterface
  public interface Done {
    /**
     * The request has ended.
     *
     * @param status 0 or −EIO.
     */
    void done(int status);
  }

  final long sector;
  final int sectors;
  final boolean write;
  final Done done;
  long id;
  long submitted;
  long started;

  /**
   * A request.
   *
   * @param sector the first one, of 512 bytes.
   * @param sectors how many, at least 1.
   * @param done is called once.
   * @throws IllegalArgumentException for sectors that no device can have.
   */
  public DiskRequest(long sector, int sectors, boolean write, Done done) {
    if (sector < 0 || sectors < 1) {
      throw new IllegalArgumentException("no sectors: " + sector + ", " + sectors);
    }
    this.sector = sector;
    this.sectors = sectors;
    this.write = write;
    this.done = done;
  }

  /** The first sector. */
  public long sector() {
    return sector;
  }

  /** How many sectors. */
  public int sectors() {
    return sectors;
  }

  /** Whether it writes. */
  public boolean write() {
    return write;
  }

  /** The sector behind the last. */
  long end() {
    return sector + sectors;
  }
}
