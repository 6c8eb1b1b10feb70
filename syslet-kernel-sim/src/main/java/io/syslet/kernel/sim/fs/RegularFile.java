package io.syslet.kernel.sim.fs;

import io.syslet.Errno;
import io.syslet.Sys;
import io.syslet.kernel.sim.Credentials;

/**
 * An open regular file: pages are brought in one after the other, and copied when they are there.
 */
final class RegularFile extends FsFile {
  /** Bytes of a file at most, as ext4 has it with blocks of 4 KiB. */
  static final long LARGEST = 0xffff_ffffL * Layout.BLOCK;

  private static final int SEEK_SET = 0;
  private static final int SEEK_CUR = 1;
  private static final int SEEK_END = 2;
  private static final int SEEK_DATA = 3;
  private static final int SEEK_HOLE = 4;
  private static final int LEAST_AHEAD = 4;
  private static final int MOST_AHEAD = 32;

  private final Credentials opener;
  private int lastPage = -1;
  private int ahead = LEAST_AHEAD;

  RegularFile(Volume volume, Inode inode, int flags, Credentials opener) {
    super(volume, inode, flags);
    this.opener = opener;
  }

  @Override
  public long read(long address, long length) {
    int locked = lockPosition();
    if (locked < 0) {
      return locked;
    }
    long done = read(address, length, position, false);
    position += Math.max(0, done);
    unlockPosition();
    return done;
  }

  @Override
  public long pread(long address, long length, long position) {
    return read(address, length, position, false);
  }

  @Override
  public long readNow(long address, long length, long at) {
    long done = read(address, length, at == CURRENT ? position : at, true);
    position += at == CURRENT ? Math.max(0, done) : 0;
    return done;
  }

  /**
   * Reads.
   *
   * @param now −EAGAIN rather than sleep for the disk, which starts to read all the same.
   */
  private long read(long address, long length, long from, boolean now) {
    if (from < 0) {
      return -Errno.EINVAL;
    }
    long done = 0;
    while (done < length && from + done < inode.size) {
      long offset = from + done;
      int page = (int) (offset / Layout.BLOCK);
      int wanted = (int) ((Math.min(inode.size, from + length) - 1) / Layout.BLOCK);
      int brought = bring(page, wanted, now);
      if (brought < 0) {
        return done > 0 ? done : brought;
      }
      if (brought == 0) {
        done += copy(page, offset, Math.min(length - done, inode.size - offset), address + done);
      }
    }
    return done;
  }

  private long copy(int page, long offset, long most, long address) {
    int inPage = (int) (offset % Layout.BLOCK);
    int count = (int) Math.min(Layout.BLOCK - inPage, most);
    inode.content.read(page, inPage, count, address);
    if (page != lastPage) {
      volume.machine.charge(lastPage < 0 ? 0 : volume.costs.page());
    }
    lastPage = page;
    return count;
  }

  /** Brings a page in: 0 when it is there, 1 after a sleep, or −errno. */
  private int bring(int page, int wanted, boolean now) {
    int block = inode.extents.find(page);
    long key = PageCache.fileKey(inode, page);
    if (block == 0 || volume.cache.has(key)) {
      return 0;
    }
    volume.cache.missed();
    readAhead(page, wanted);
    Page reading = volume.cache.find(key);
    return reading == null ? 1 : now ? -Errno.EAGAIN : volume.cache.await(reading);
  }

  /** Reads what is wanted, and more if pages are read in order: twice as many each time. */
  private void readAhead(int page, int wanted) {
    ahead = page == lastPage + 1 ? Math.min(MOST_AHEAD, 2 * ahead) : LEAST_AHEAD;
    boolean inOrder = page == lastPage + 1;
    int end = Math.max(wanted + 1, inOrder ? page + ahead : 0);
    end = Math.min(Math.min(end, page + MOST_AHEAD), inode.sizeInBlocks());
    ReadBatch batch = new ReadBatch(volume.cache);
    for (int p = page; p < end; p++) {
      int block = inode.extents.find(p);
      if (block != 0) {
        batch.add(PageCache.fileKey(inode, p), block, inode);
      }
    }
    batch.submit();
  }

  @Override
  public long write(long address, long length) {
    int locked = lockPosition();
    if (locked < 0) {
      return locked;
    }
    boolean append = (flags() & Sys.O_APPEND) != 0;
    long done = write(address, length, append ? -1 : position);
    if (done >= 0) {
      position = append ? inode.size : position + done;
    }
    unlockPosition();
    return done;
  }

  @Override
  public long pwrite(long address, long length, long position) {
    if (position < 0) {
      return -Errno.EINVAL;
    }
    return write(address, length, (flags() & Sys.O_APPEND) != 0 ? -1 : position);
  }

  @Override
  public long append(long address, long length, long position) {
    return write(address, length, -1);
  }

  /** Writes; a position of −1 is the end. */
  private long write(long address, long length, long position) {
    if (length == 0) {
      return 0;
    }
    Mutex mutex = volume.mutex(inode);
    int locked = mutex.lock();
    if (locked < 0) {
      return locked;
    }
    long done = pages(address, length, position < 0 ? inode.size : position);
    if (done > 0) {
      inode.mode = Access.changed(opener, inode.mode);
      inode.modified = volume.now();
      inode.changed = inode.modified;
      volume.touch(inode);
    }
    mutex.unlock();
    long page = volume.costs.page();
    volume.machine.charge(Math.max(0, done - 1) / Layout.BLOCK * page);
    return done == 0 ? 0 : done < 0 ? done : synced(done);
  }

  private long synced(long done) {
    int sync = (flags() & Sys.O_DSYNC) != 0 ? sync() : 0;
    return sync < 0 ? sync : done;
  }

  private long pages(long address, long length, long position) {
    if (position >= LARGEST) {
      return -Errno.EFBIG;
    }
    long most = Math.min(length, LARGEST - position);
    long done = 0;
    while (done < most) {
      long offset = position + done;
      int inPage = (int) (offset % Layout.BLOCK);
      int count = (int) Math.min(Layout.BLOCK - inPage, most - done);
      int ready = ready((int) (offset / Layout.BLOCK), count);
      if (ready < 0) {
        return done > 0 ? done : ready;
      }
      if (ready == 0) {
        change((int) (offset / Layout.BLOCK), inPage, count, address + done);
        inode.size = Math.max(inode.size, offset + count);
        done += count;
      }
    }
    return done;
  }

  /** Makes a page ready to be written to: 0; 1 if that took a sleep; −ENOSPC and others. */
  private int ready(int page, int count) {
    int throttled = volume.writeback.throttle();
    if (throttled < 0) {
      return throttled;
    }
    boolean whole = count == Layout.BLOCK;
    int brought = whole ? 0 : bring(page, page, false);
    if (brought != 0) {
      return brought;
    }
    if (!inode.content.reserve(page)) {
      return -Errno.ENOSPC;
    }
    int block = inode.extents.find(page);
    return Math.min(0, block != 0 ? block : volume.takeBlock(inode, page));
  }

  private void change(int page, int from, int count, long address) {
    inode.content.write(page, from, count, address);
    int block = inode.extents.find(page);
    volume.writeback.dirty(volume.cache.fill(PageCache.fileKey(inode, page), block, inode));
  }

  @Override
  public int sync() {
    return volume.sync(inode);
  }

  @Override
  public long seek(long offset, int whence) {
    long to =
        switch (whence) {
          case SEEK_SET -> offset;
          case SEEK_CUR -> position + offset;
          case SEEK_END -> inode.size + offset;
          case SEEK_DATA, SEEK_HOLE -> inside(offset, whence == SEEK_DATA);
          default -> -Errno.EINVAL;
        };
    if (to < 0 && (whence == SEEK_DATA || whence == SEEK_HOLE)) {
      return to;
    }
    if (to < 0 || to > LARGEST) {
      return -Errno.EINVAL;
    }
    position = to;
    return to;
  }

  private long inside(long offset, boolean data) {
    if (offset < 0 || offset >= inode.size) {
      return -Errno.ENXIO;
    }
    int block = (int) (offset / Layout.BLOCK);
    int next = data ? inode.extents.nextMapped(block) : inode.extents.nextHole(block);
    if (next < 0 || (data && (long) next * Layout.BLOCK >= inode.size)) {
      return -Errno.ENXIO;
    }
    return Math.min(inode.size, Math.max(offset, (long) next * Layout.BLOCK));
  }
}
