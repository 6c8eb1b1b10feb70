package io.syslet.kernel.sim;

import io.syslet.Errno;
import io.syslet.Nr;
import io.syslet.Sys;
import io.syslet.ring.Memory;
import org.jspecify.annotations.Nullable;

/**
 * Calls that read and write open files of any kind, by {@link File}'s methods. {@link
 * SimProcess#get} has a call hold its file until it ends, whatever becomes of the descriptor.
 */
final class FileCalls {
  /** Bytes of one call at most: {@code MAX_RW_COUNT}. */
  private static final long MOST = 0x7fff_f000L;

  private static final int VECTORS = 1024;
  private static final int VECTOR = 16;
  private static final int RWF_HIPRI = 0x1;
  private static final int RWF_DSYNC = 0x2;
  private static final int RWF_SYNC = 0x4;
  private static final int RWF_APPEND = 0x10;
  private static final long CURRENT = File.CURRENT;

  /** What is done with one piece of memory, at a position or where the file is. */
  @FunctionalInterface
  private interface Transfer {
    long move(File file, long address, long length, long position);
  }

  private static final Transfer READ =
      (file, address, length, position) -> file.read(address, length);
  private static final Transfer WRITE =
      (file, address, length, position) -> file.write(address, length);
  private static final Transfer PREAD = File::pread;
  private static final Transfer PWRITE = File::pwrite;

  private FileCalls() {}

  static void register(SimCalls calls) {
    calls.put(Nr.READ, (p, a, b, c, d, e, f) -> one(p, a, b, c, 0, READ, false));
    calls.put(Nr.WRITE, (p, a, b, c, d, e, f) -> one(p, a, b, c, 0, WRITE, true));
    calls.put(Nr.PREAD64, (p, a, b, c, d, e, f) -> one(p, a, b, c, d, PREAD, false));
    calls.put(Nr.PWRITE64, (p, a, b, c, d, e, f) -> one(p, a, b, c, d, PWRITE, true));
    calls.put(Nr.READV, (p, a, b, c, d, e, f) -> vector(p, a, b, c, CURRENT, 0, false));
    calls.put(Nr.WRITEV, (p, a, b, c, d, e, f) -> vector(p, a, b, c, CURRENT, 0, true));
    calls.put(Nr.PREADV, positioned(false));
    calls.put(Nr.PWRITEV, positioned(true));
    calls.put(Nr.PREADV2, (p, a, b, c, d, e, f) -> vector(p, a, b, c, d, (int) f, false));
    calls.put(Nr.PWRITEV2, (p, a, b, c, d, e, f) -> vector(p, a, b, c, d, (int) f, true));
    calls.put(Nr.LSEEK, (p, a, b, c, d, e, f) -> lseek(p, a, b, (int) c));
    calls.put(Nr.GETDENTS64, (p, a, b, c, d, e, f) -> getdents(p, a, b, (int) c));
    calls.put(Nr.IOCTL, (p, a, b, c, d, e, f) -> ioctl(p, a, (int) b, c));
  }

  private static SimCall positioned(boolean write) {
    return (p, a, b, c, d, e, f) -> d < 0 ? -Errno.EINVAL : vector(p, a, b, c, d, 0, write);
  }

  private static long one(
      SimProcess process,
      long fd,
      long address,
      long length,
      long position,
      Transfer transfer,
      boolean write) {
    if (position < 0) {
      return -Errno.EINVAL;
    }
    File file = process.get(fd);
    int may = may(file, write);
    if (may < 0 || file == null) {
      return may;
    }
    return length < 0
        ? -Errno.EINVAL
        : transfer.move(file, address, Math.min(length, MOST), position);
  }

  private static int may(@Nullable File file, boolean write) {
    if (file == null) {
      return -Errno.EBADF;
    }
    return (write ? file.isWritable() : file.isReadable()) ? 0 : -Errno.EBADF;
  }

  private static long vector(
      SimProcess process,
      long fd,
      long vectors,
      long count,
      long position,
      int flags,
      boolean write) {
    File file = process.get(fd);
    int may = may(file, write);
    if (may < 0 || file == null) {
      return may;
    }
    if ((int) count < 0 || (int) count > VECTORS || position < CURRENT) {
      return -Errno.EINVAL;
    }
    if ((flags & ~(RWF_HIPRI | RWF_DSYNC | RWF_SYNC | Sys.RWF_NOWAIT | RWF_APPEND)) != 0) {
      return -Errno.EOPNOTSUPP;
    }
    long total = total(vectors, (int) count);
    if (total <= 0) {
      return total;
    }
    return move(file, vectors, (int) count, position, transfer(position, flags, write));
  }

  private static long total(long vectors, int count) {
    long total = 0;
    for (int i = 0; i < count; i++) {
      long length = Memory.getLong(vectors + (long) i * VECTOR + 8);
      if (length < 0) {
        return -Errno.EINVAL;
      }
      total = Math.min(MOST, total + Math.min(length, MOST));
    }
    return total;
  }

  private static Transfer transfer(long position, int flags, boolean write) {
    if ((flags & Sys.RWF_NOWAIT) != 0) {
      return write ? (file, a, b, c) -> -Errno.EAGAIN : File::readNow;
    }
    if (write && (flags & (RWF_APPEND | RWF_DSYNC | RWF_SYNC)) != 0) {
      return (file, a, b, c) -> writeWith(file, a, b, c, flags);
    }
    return position == CURRENT ? write ? WRITE : READ : write ? PWRITE : PREAD;
  }

  private static long writeWith(File file, long address, long length, long position, int flags) {
    Transfer transfer =
        (flags & RWF_APPEND) != 0 ? File::append : position == CURRENT ? WRITE : PWRITE;
    long done = transfer.move(file, address, length, position);
    boolean sync = (flags & (RWF_SYNC | RWF_DSYNC)) != 0;
    int synced = done > 0 && sync ? file.sync() : 0;
    return synced < 0 ? synced : done;
  }

  private static long move(File file, long vectors, int count, long position, Transfer transfer) {
    long done = 0;
    for (int i = 0; i < count && done < MOST; i++) {
      long address = Memory.getLong(vectors + (long) i * VECTOR);
      long length = Math.min(MOST - done, Memory.getLong(vectors + (long) i * VECTOR + 8));
      long at = position == CURRENT ? CURRENT : position + done;
      long moved = length == 0 ? 0 : transfer.move(file, address, length, at);
      if (moved < 0) {
        return done > 0 ? done : moved;
      }
      done += moved;
      if (moved < length) {
        return done;
      }
    }
    return done;
  }

  private static long lseek(SimProcess process, long fd, long offset, int whence) {
    File file = process.get(fd);
    boolean path = file == null || (file.flags() & Sys.O_PATH) != 0;
    return file == null || path ? -Errno.EBADF : file.seek(offset, whence);
  }

  private static long getdents(SimProcess process, long fd, long address, int length) {
    File file = process.get(fd);
    if (file == null || (file.flags() & Sys.O_PATH) != 0) {
      return -Errno.EBADF;
    }
    return file.getdents(address, length);
  }

  private static long ioctl(SimProcess process, long fd, int request, long argument) {
    File file = process.get(fd);
    boolean path = file == null || (file.flags() & Sys.O_PATH) != 0;
    return file == null || path ? -Errno.EBADF : file.ioctl(request, argument);
  }
}
