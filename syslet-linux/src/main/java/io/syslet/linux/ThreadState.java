package io.syslet.linux;

import io.syslet.Nr;
import io.syslet.Sys;
import io.syslet.kernel.CallRecord;
import io.syslet.ring.Memory;
import java.util.concurrent.locks.LockSupport;

/**
 * Whether a carrier sleeps of itself, or merely waits for its turn, for a tracer, or for the VM:
 * the state in proc(5)'s stat, and {@link VmState}. No allocation. For one thread.
 *
 * <pre>
 *     0  char stat[248]  what was read
 *   248  u64 hazard      the record that is looked at now, whose thread must not leave, or 0
 * </pre>
 */
final class ThreadState {
  static final int LENGTH = 256;

  /** What a carrier does. */
  enum Sleep {
    /** It runs, waits for its turn or for a tracer, or is not known. */
    NONE,
    /** The VM has stopped it. */
    VM,
    /** It sleeps ("S") or waits for a device ("D"), of itself. */
    OWN
  }

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

  /**
   * What the carrier of a record does. A safepoint that falls into the look stops both, and the
   * caller comes back with what it saw then; that takes long, so it is noticed.
   */
  Sleep sleep(long record) {
    Sleep sleep = Sleep.OWN;
    for (int i = 0; i < LOOKS && sleep == Sleep.OWN; i++) {
      long before = System.nanoTime();
      sleep = look(record);
      if (System.nanoTime() - before < UNDISTURBED_NANOS) {
        return sleep;
      }
    }
    return sleep;
  }

  private Sleep look(long record) {
    Memory.putLongVolatile(buffer + HAZARD, record);
    Sleep sleep = !sleeps(record) ? Sleep.NONE : VmState.isStopped(record) ? Sleep.VM : Sleep.OWN;
    Memory.putLongRelease(buffer + HAZARD, 0);
    return sleep;
  }

  /** Whether it sleeps of itself. */
  boolean isAsleep(long record) {
    return sleep(record) == Sleep.OWN;
  }

  /**
   * Whether it sleeps, of itself or for long. After a safepoint whom it stopped goes on soon; who
   * does not sleeps for something else.
   */
  boolean isStillAsleep(long record) {
    for (int i = 0; i < LOOKS; i++) {
      Sleep sleep = sleep(record);
      if (sleep != Sleep.VM) {
        return sleep == Sleep.OWN;
      }
      LockSupport.parkNanos(STOPPED_NANOS);
    }
    return true;
  }

  /** Whether a carrier's record is looked at now. Any thread may ask. A full fence. */
  boolean looksAt(long record) {
    return Memory.getAndAddLong(buffer + HAZARD, 0) == record;
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
