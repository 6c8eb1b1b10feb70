package io.syslet.kernel.sim.fs;

import io.syslet.Stat;
import io.syslet.kernel.sim.File;
import io.syslet.kernel.sim.FileStatus;
import io.syslet.kernel.sim.WaitQueue;
import org.jspecify.annotations.Nullable;

/** An open file of this file system. Opened with O_PATH, it is this and no more. */
class FsFile extends File {
  static final int AT_FDCWD = Stat.AT_FDCWD;

  final Volume volume;
  final Inode inode;
  long position;
  private @Nullable Mutex mutex;

  FsFile(Volume volume, Inode inode, int flags) {
    super(flags);
    this.volume = volume;
    this.inode = inode;
    inode.opens++;
    inode.cached = true;
  }

  @Override
  protected void release() {
    inode.opens--;
    if (inode.opens == 0 && inode.links == 0) {
      volume.free(inode);
    }
  }

  /** Takes the position: calls that move it do so one after the other. 0 or −errno. */
  int lockPosition() {
    Mutex taken = mutex;
    if (taken == null) {
      WaitQueue queue = volume.machine.waitQueue("position");
      taken = new Mutex(queue);
      mutex = taken;
    }
    return taken.lock();
  }

  void unlockPosition() {
    if (mutex != null) {
      mutex.unlock();
    }
  }

  @Override
  public int status(FileStatus status) {
    fill(inode, status);
    return 0;
  }

  /** Says what is to be said of an inode. */
  static void fill(Inode inode, FileStatus status) {
    status.mode = inode.mode;
    status.links = inode.links;
    status.uid = inode.uid;
    status.gid = inode.gid;
    status.device = StatLayout.device(8, 1);
    status.ownDevice = 0;
    status.inode = inode.number;
    status.size = inode.size;
    status.blockSize = Layout.BLOCK;
    status.blocks = (long) inode.extents.blocks() * Layout.SECTORS;
    status.accessed = inode.accessed;
    status.modified = inode.modified;
    status.changed = inode.changed;
    status.born = inode.born;
  }
}
