package io.syslet.kernel.sim;

import io.syslet.Errno;
import io.syslet.ring.Memory;
import java.util.Arrays;

/**
 * Which addresses a program may pass to the machine: what it has allocated from the kernel's arena,
 * or mapped. Everything else is −EFAULT. Memory is never unmapped while the machine runs.
 *
 * <p>Sorted arrays of disjoint ranges; the last hit is tried first. Any thread may map; the machine
 * checks.
 */
public final class MappedRanges {
  private long[] starts = new long[64];
  private long[] ends = new long[64];
  private int count;
  private int last;

  /** Lets programs use {@code length} bytes from {@code address}. */
  public synchronized void map(long address, long length) {
    if (length <= 0) {
      return;
    }
    int at = find(address) + 1;
    if (at > 0 && ends[at - 1] == address) {
      ends[at - 1] = address + length;
      return;
    }
    if (count == starts.length) {
      starts = Arrays.copyOf(starts, count * 2);
      ends = Arrays.copyOf(ends, count * 2);
    }
    System.arraycopy(starts, at, starts, at + 1, count - at);
    System.arraycopy(ends, at, ends, at + 1, count - at);
    starts[at] = address;
    ends[at] = address + length;
    count++;
  }

  /**
   * Whether a program may use memory.
   *
   * @param write whether it is to be written; all memory here may be.
   * @return 0, also for no bytes; −EFAULT.
   */
  public synchronized int check(long address, long length, boolean write) {
    if (length == 0) {
      return 0;
    }
    return length > 0 && room(address) >= length ? 0 : -Errno.EFAULT;
  }

  /**
   * Whether a string ends within a program's memory.
   *
   * @param limit how many bytes, with the NUL, are looked at.
   * @return its length without the NUL; {@code limit} if there is none up to there; −EFAULT.
   */
  public int checkString(long address, int limit) {
    long room = room(address);
    for (int i = 0; i < limit; i++) {
      if (i == room) {
        room += room(address + i);
        if (i == room) {
          return -Errno.EFAULT;
        }
      }
      if (Memory.getByte(address + i) == 0) {
        return i;
      }
    }
    return limit;
  }

  /** How many bytes from an address may be used. */
  private synchronized long room(long address) {
    if (last >= count || address < starts[last] || address >= ends[last]) {
      last = Math.max(find(address), 0);
    }
    boolean inside = count > 0 && address >= starts[last] && address < ends[last];
    return inside ? ends[last] - address : 0;
  }

  /** The last range that starts at or before an address; −1 if none does. */
  private int find(long address) {
    int found = Arrays.binarySearch(starts, 0, count, address);
    return found >= 0 ? found : -found - 2;
  }
}
