package io.syslet.linux;

import io.syslet.Nr;
import io.syslet.Sys;
import io.syslet.kernel.CallRecord;
import io.syslet.ring.Memory;
import java.lang.foreign.Arena;

/**
 * Whether a worker sleeps, or merely waits for its turn or for a tracer: the state in proc(5)'s
 * stat. Three calls and no allocation. For one thread.
 */
final class ThreadState {
  private static final int LENGTH = 256;

  private final long buffer;

  ThreadState(Arena arena) {
    buffer = arena.allocate(LENGTH, 8).address();
  }

  /** Whether the worker of a record sleeps ("S") or waits for a device ("D"). */
  boolean isAsleep(long record) {
    long path = record + CallRecord.STAT_PATH;
    long fd = Native.syscall(Nr.OPENAT, Sys.AT_FDCWD, path, Sys.O_CLOEXEC, 0, 0, 0);
    long length = Native.syscall(Nr.READ, fd, buffer, LENGTH, 0, 0, 0);
    if (fd >= 0) {
      Native.syscall(Nr.CLOSE, fd, 0, 0, 0, 0, 0);
    }
    byte state = state(length);
    return state == 'S' || state == 'D';
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
