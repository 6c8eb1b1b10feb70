package io.syslet.kernel;

import io.syslet.Errno;
import io.syslet.ring.HostCalls;
import io.syslet.ring.Memory;
import io.syslet.table.CallTable;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * The memory of this process, by addresses that a program may have wrong: process_vm_readv(2) on
 * itself answers −EFAULT where a load would be a fault. One thread at a time.
 */
public class CheckedMemory {
  private static final long READ = CallTable.number("process_vm_readv");
  private static final long WRITE = CallTable.number("process_vm_writev");
  private static final int IOVEC = 16;
  private static final int PAGE = 4096;

  private final MemorySegment errno;
  private final long vectors;
  private final long pid = ProcessHandle.current().pid();

  /**
   * For one thread.
   *
   * @param arena owns the vectors.
   */
  public CheckedMemory(Arena arena) {
    errno = arena.allocate(ValueLayout.JAVA_INT);
    vectors = arena.allocate(2 * IOVEC, Long.BYTES).address();
  }

  /**
   * Reads {@code length} bytes from where they may not be, to where there is room: 0 or −EFAULT.
   * Also −EFAULT where the host refuses the call.
   */
  public int read(long from, long to, long length) {
    return copy(READ, to, from, length);
  }

  /** Writes {@code length} bytes that are there to where there may be no room, as {@link #read}. */
  public int write(long from, long to, long length) {
    return copy(WRITE, from, to, length);
  }

  private int copy(long nr, long ours, long theirs, long length) {
    if (length == 0) {
      return 0;
    }
    vector(vectors, ours, length);
    vector(vectors + IOVEC, theirs, length);
    long copied = HostCalls.call(errno, nr, pid, vectors, 1, vectors + IOVEC, 1, 0);
    return copied == length ? 0 : -Errno.EFAULT;
  }

  private static void vector(long at, long base, long length) {
    Memory.putLong(at, base);
    Memory.putLong(at + Long.BYTES, length);
  }

  /**
   * Reads bytes up to a NUL, {@code limit} at most with it: how many, without the NUL; −EFAULT;
   * −ENAMETOOLONG. Page by page, since what follows the NUL's need not be there.
   */
  public int readString(long from, long to, int limit) {
    int done = 0;
    while (done < limit) {
      int part = (int) Math.min(limit - done, PAGE - (from + done & PAGE - 1));
      if (read(from + done, to + done, part) < 0) {
        return -Errno.EFAULT;
      }
      for (int i = done; i < done + part; i++) {
        if (Memory.getByte(to + i) == 0) {
          return i;
        }
      }
      done += part;
    }
    return -Errno.ENAMETOOLONG;
  }
}
