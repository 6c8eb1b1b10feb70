package io.syslet.linux;

import io.syslet.Nr;
import io.syslet.Sys;
import io.syslet.kernel.CallRecord;
import io.syslet.ring.Memory;

/**
 * Whether a carrier sleeps, or merely waits for its turn or for a tracer: the state in proc(5)'s
 * stat. No allocation. For one thread.
 */
final class ThreadState {
  static final int LENGTH = 256;

  private static final int LOOKS = 20;
  private static final long UNDISTURBED_NANOS = 50_000;

  private final long buffer;

  /**
   * Reads states.
   *
   * @param buffer address of {@link #LENGTH} bytes.
   */
  ThreadState(long buffer) {
    this.buffer = buffer;
  }

  /** Whether the carrier of a record sleeps ("S") or waits for a device ("D"). */
  boolean isAsleep(long record) {
    byte state = state(read(record));
    return state == 'S' || state == 'D';
  }

  /**
   * Whether it sleeps after whatever stopped the caller has passed. A safepoint that falls into the
   * look stops both, and the caller comes back with what it saw then; it takes long, so it is seen.
   */
  boolean isStillAsleep(long record) {
    for (int i = 0; i < LOOKS; i++) {
      long before = System.nanoTime();
      if (!isAsleep(record)) {
        return false;
      }
      if (System.nanoTime() - before < UNDISTURBED_NANOS) {
        return true;
      }
    }
    return true;
  }

  private long read(long record) {
    int open = CarrierRecord.statFile(record);
    if (open >= 0) {
      return Native.syscall(Nr.PREAD64, open, buffer, LENGTH, 0, 0, 0);
    }
    long path = record + CallRecord.STAT_PATH;
    long fd = Native.syscall(Nr.OPENAT, Sys.AT_FDCWD, path, Sys.O_CLOEXEC, 0, 0, 0);
    if (fd < 0) {
      return fd;
    }
    long length = Native.syscall(Nr.READ, fd, buffer, LENGTH, 0, 0, 0);
    Native.syscall(Nr.CLOSE, fd, 0, 0, 0, 0, 0);
    return length;
  }

  /** "1234 (name) S ...": the name may hold anything, so from behind. */
  private byte state(long length) {
    for (long i = length - 3; i > 0; i--) {
      if (Memory.getByte(buffer + i) == ')') {
        return Memory.getByte(buffer + i + 2);
      }
    }
    return '?';
  }
}
