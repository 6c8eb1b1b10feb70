package io.syslet.kernel.sim.ipc;

import io.syslet.Errno;
import io.syslet.Sys;
import io.syslet.kernel.sim.File;
import io.syslet.kernel.sim.FileStatus;
import io.syslet.kernel.sim.SimMachine;
import io.syslet.kernel.sim.WaitQueue;
import io.syslet.ring.Memory;

/** A counter as a file: eventfd(2). */
final class EventFdFile extends File {
  private static final long MOST = -2;

  private final long inode;
  private final boolean semaphore;
  private final WaitQueue changes;
  private final WaitQueue writers;
  private long count;

  EventFdFile(SimMachine machine, long inode, long count, boolean semaphore, int flags) {
    super(flags | Sys.O_RDWR);
    this.inode = inode;
    this.count = count;
    this.semaphore = semaphore;
    this.changes = machine.waitQueue("an eventfd's count");
    this.writers = machine.waitQueue("an eventfd's room");
  }

  @Override
  public long read(long address, long length) {
    if (length < Long.BYTES) {
      return -Errno.EINVAL;
    }
    while (count == 0) {
      int slept = isNonBlocking() ? -Errno.EAGAIN : changes.sleepInterruptibly();
      if (slept < 0) {
        return slept;
      }
    }
    boolean wasFull = count == MOST;
    long taken = semaphore ? 1 : count;
    count -= taken;
    Memory.putLong(address, taken);
    writers.wakeAll();
    if (wasFull) {
      changes.wakeAll();
    } else if (count != 0) {
      changes.wakeOne();
    }
    return Long.BYTES;
  }

  @Override
  public long write(long address, long length) {
    if (length < Long.BYTES) {
      return -Errno.EINVAL;
    }
    long more = Memory.getLong(address);
    if (Long.compareUnsigned(more, MOST) > 0) {
      return -Errno.EINVAL;
    }
    while (Long.compareUnsigned(MOST - count, more) < 0) {
      int slept = isNonBlocking() ? -Errno.EAGAIN : writers.sleepInterruptibly();
      if (slept < 0) {
        return slept;
      }
    }
    count += more;
    if (more != 0) {
      changes.wakeAll();
    }
    return Long.BYTES;
  }

  @Override
  public int poll() {
    return (count != 0 ? POLLIN : 0) | (count != MOST ? POLLOUT : 0);
  }

  @Override
  public WaitQueue changes() {
    return changes;
  }

  @Override
  public int status(FileStatus status) {
    status.mode = 0600;
    status.inode = inode;
    status.links = 1;
    status.blockSize = 4096;
    return 0;
  }
}
