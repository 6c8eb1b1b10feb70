package io.syslet.kernel.sim.ipc;

import io.syslet.Errno;
import io.syslet.Sys;
import io.syslet.kernel.sim.File;
import io.syslet.kernel.sim.FileStatus;
import io.syslet.kernel.sim.SimMachine;
import io.syslet.kernel.sim.WaitQueue;
import io.syslet.ring.Memory;

/**
 * A timer that is read: how often it has expired since the last read. An event of the machine wakes
 * the waiters at the first expiry after that; setting the timer anew makes older events void.
 */
final class TimerFile extends File {
  private static final int COUNTER = 8;
  private static final int ANONYMOUS = 0600;

  private final SimMachine machine;
  private final boolean realTime;
  private final WaitQueue changes;
  private long next = WaitQueue.NEVER;
  private long interval;
  private long expired;
  private int settings;

  TimerFile(SimMachine machine, int status, boolean realTime) {
    super(Sys.O_RDWR | status);
    this.machine = machine;
    this.realTime = realTime;
    this.changes = machine.waitQueue("timerfd");
  }

  /** Arms it, or disarms it with a value of 0. */
  void set(long value, long every, boolean absolute) {
    settings++;
    expired = 0;
    interval = every;
    next = value == 0 ? WaitQueue.NEVER : start(value, absolute);
    schedule();
  }

  private long start(long value, boolean absolute) {
    if (!absolute) {
      return Timespec.deadline(machine, value);
    }
    return realTime ? Math.max(value - (machine.realTime() - machine.now()), 0) : value;
  }

  /** One event for the next expiry; what expires before the next read needs none. */
  private void schedule() {
    int setting = settings;
    if (next != WaitQueue.NEVER) {
      machine.at(
          next,
          () -> {
            if (setting == settings) {
              changes.wakeAll();
            }
          });
    }
  }

  /** How often it has expired since the last read. */
  private long expired() {
    long late = machine.now() - next;
    if (next != WaitQueue.NEVER && late >= 0) {
      long times = interval == 0 ? 1 : 1 + late / interval;
      expired += times;
      next = interval == 0 ? WaitQueue.NEVER : next + times * interval;
    }
    return expired;
  }

  long interval() {
    return interval;
  }

  /** Nanoseconds to the next expiry; 0 when disarmed. */
  long rest() {
    expired();
    return next == WaitQueue.NEVER ? 0 : Math.max(next - machine.now(), 1);
  }

  @Override
  public long read(long address, long length) {
    if (length < COUNTER) {
      return -Errno.EINVAL;
    }
    while (expired() == 0) {
      int slept = isNonBlocking() ? -Errno.EAGAIN : changes.sleepInterruptibly();
      if (slept < 0) {
        return slept;
      }
    }
    Memory.putLong(address, expired);
    expired = 0;
    settings++;
    schedule();
    return COUNTER;
  }

  @Override
  public int poll() {
    return expired() == 0 ? 0 : POLLIN;
  }

  @Override
  public WaitQueue changes() {
    return changes;
  }

  @Override
  public int status(FileStatus status) {
    status.mode = ANONYMOUS;
    status.links = 1;
    return 0;
  }

  @Override
  protected void release() {
    settings++;
  }
}
