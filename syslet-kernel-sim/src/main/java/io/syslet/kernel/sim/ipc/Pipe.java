package io.syslet.kernel.sim.ipc;

import io.syslet.Errno;
import io.syslet.Stat;
import io.syslet.Sys;
import io.syslet.kernel.sim.File;
import io.syslet.kernel.sim.FileStatus;
import io.syslet.kernel.sim.SimMachine;
import io.syslet.kernel.sim.WaitQueue;
import io.syslet.ring.Memory;
import java.util.Arrays;

/**
 * A pipe: pipe(7). Up to {@link #CAPACITY} bytes; a write of up to {@link #PIPE_BUF} bytes is not
 * torn. Its memory grows with what is in it.
 */
final class Pipe {
  /** Bytes that it holds. */
  static final int CAPACITY = 65_536;

  /** Writes of so many bytes are atomic. */
  static final int PIPE_BUF = 4096;

  private static final int MODE = Stat.S_IFIFO | 0600;

  private final long inode;
  private final WaitQueue readers;
  private final WaitQueue writers;
  private byte[] bytes = new byte[16];
  private int first;
  private int filled;
  private int readEnds;
  private int writeEnds;

  Pipe(SimMachine machine, long inode) {
    this.inode = inode;
    this.readers = machine.waitQueue("a pipe's bytes");
    this.writers = machine.waitQueue("a pipe's room");
  }

  File reader(int flags) {
    readEnds++;
    return new ReadEnd(flags);
  }

  File writer(int flags) {
    writeEnds++;
    return new WriteEnd(flags | Sys.O_WRONLY);
  }

  private int take(long to, long length) {
    int count = (int) Math.min(length, filled);
    for (int i = 0; i < count; i++) {
      Memory.putByte(to + i, bytes[first]);
      first = (first + 1) % bytes.length;
    }
    filled -= count;
    return count;
  }

  private int put(long from, long length) {
    int count = (int) Math.min(length, CAPACITY - filled);
    grow(filled + count);
    for (int i = 0; i < count; i++) {
      bytes[(first + filled + i) % bytes.length] = Memory.getByte(from + i);
    }
    filled += count;
    return count;
  }

  private void grow(int wanted) {
    if (wanted <= bytes.length) {
      return;
    }
    byte[] old = bytes;
    bytes = Arrays.copyOf(old, Math.min(Integer.highestOneBit(wanted - 1) << 1, CAPACITY));
    for (int i = 0; i < filled; i++) {
      bytes[i] = old[(first + i) % old.length];
    }
    first = 0;
  }

  private int status(FileStatus status) {
    status.mode = MODE;
    status.inode = inode;
    status.links = 1;
    status.blockSize = PIPE_BUF;
    return 0;
  }

  private final class ReadEnd extends File {
    ReadEnd(int flags) {
      super(flags);
    }

    @Override
    public long read(long address, long length) {
      while (filled == 0 && length > 0) {
        if (writeEnds == 0) {
          return 0;
        }
        if (isNonBlocking()) {
          return -Errno.EAGAIN;
        }
        int slept = readers.sleepInterruptibly();
        if (slept < 0) {
          return slept;
        }
      }
      int taken = take(address, length);
      writers.wakeAll();
      if (filled > 0) {
        readers.wakeOne();
      }
      return taken;
    }

    @Override
    public int poll() {
      return (filled > 0 ? POLLIN : 0) | (writeEnds == 0 ? POLLHUP : 0);
    }

    @Override
    public WaitQueue changes() {
      return readers;
    }

    @Override
    public int status(FileStatus status) {
      return Pipe.this.status(status);
    }

    @Override
    protected void release() {
      readEnds--;
      writers.wakeAll();
    }
  }

  private final class WriteEnd extends File {
    WriteEnd(int flags) {
      super(flags);
    }

    @Override
    public long write(long address, long length) {
      long written = 0;
      while (written < length) {
        if (readEnds == 0) {
          return written > 0 ? written : -Errno.EPIPE;
        }
        if (hasRoom(length)) {
          written += put(address + written, length - written);
          readers.wakeOne();
          continue;
        }
        int slept = isNonBlocking() ? -Errno.EAGAIN : writers.sleepInterruptibly();
        if (slept < 0) {
          return written > 0 ? written : slept;
        }
      }
      return written;
    }

    private boolean hasRoom(long length) {
      return CAPACITY - filled >= (length <= PIPE_BUF ? length : 1);
    }

    @Override
    public int poll() {
      return (CAPACITY - filled >= PIPE_BUF ? POLLOUT : 0) | (readEnds == 0 ? POLLERR : 0);
    }

    @Override
    public WaitQueue changes() {
      return writers;
    }

    @Override
    public int status(FileStatus status) {
      return Pipe.this.status(status);
    }

    @Override
    protected void release() {
      writeEnds--;
      readers.wakeAll();
    }
  }
}
