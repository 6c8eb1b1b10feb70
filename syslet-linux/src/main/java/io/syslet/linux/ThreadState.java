package io.syslet.linux;

import io.syslet.Nr;
import io.syslet.Sys;
import io.syslet.kernel.CallRecord;
import io.syslet.ring.Memory;
import java.util.concurrent.locks.LockSupport;

/**
 * Whether a carrier sleeps of itself, or merely waits for its turn, for a tracer, or for the VM: the
 * state in proc(5)'s stat, and {@link VmState}. No allocation. For one thread.
 *
 * <pre>
 *     0  char stat[248]  what was read
 *   248  u64 hazard      the record that is looked at now, whose thread must not leave, or 0
 * </pre>
 */
final class ThreadState {
  static final int LENGTH = 256;

  private static final int TEXT = 248;
  private static final int HAZARD = 248;
  private static final int LOOKS = 20;
  private static final long UNDISTURBED_NANOS = 50_000;
  private static final long STOPPED_NANOS = 50_000;

  private final long buffer;

  /**
   * Reads states.
   *
   * @param buffer address of {@link #LENGTH} bytes.
   */
  ThreadState(long buffer) {
    this.buffer = buffer;
  }

  /** Whether the carrier of a record sleeps ("S") or waits for a device ("D"), of itself. */
  boolean isAsleep(long record) {
    name(record);
    boolean asleep = !VmState.isStopped(record) && sleeps(record) && !VmState.isStopped(record);
    name(0);
    return asleep;
  }

  /** Whether it sleeps, of itself or because the VM has stopped it. */
  boolean isOffCpu(long record) {
    name(record);
    boolean asleep = sleeps(record);
    name(0);
    return asleep;
  }

  /**
   * Whether it sleeps after whatever stopped the caller has passed. A safepoint that falls into the
   * look stops both, and the caller comes back with what it saw then; it takes long, so it is seen.
   * After one, who was stopped goes on soon; who does not sleeps for something else.
   */
  boolean isStillAsleep(long record) {
    for (int i = 0; i < LOOKS; i++) {
      long before = System.nanoTime();
      if (isAsleep(record)) {
        if (System.nanoTime() - before < UNDISTURBED_NANOS) {
          return true;
        }
      } else if (isOffCpu(record)) {
        LockSupport.parkNanos(STOPPED_NANOS);
      } else {
        return false;
      }
    }
    return true;
  }

  /** Whether a carrier's record is looked at now. Any thread may ask. A full fence. */
  boolean looksAt(long record) {
    return Memory.getAndAddLong(buffer + HAZARD, 0) == record;
  }

  private void name(long record) {
    Memory.putLongVolatile(buffer + HAZARD, record);
  }

  private boolean sleeps(long record) {
    byte state = state(read(record));
    return state == 'S' || state == 'D';
  }

  private long read(long record) {
    int open = CarrierRecord.statFile(record);
    if (open >= 0) {
      return Native.syscall(Nr.PREAD64, open, buffer, TEXT, 0, 0, 0);
    }
    long path = record + CallRecord.STAT_PATH;
    long fd = Native.syscall(Nr.OPENAT, Sys.AT_FDCWD, path, Sys.O_CLOEXEC, 0, 0, 0);
    if (fd < 0) {
      return fd;
    }
    long length = Native.syscall(Nr.READ, fd, buffer, TEXT, 0, 0, 0);
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
