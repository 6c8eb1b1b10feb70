package io.syslet.kernel.sim.ipc;

import io.syslet.Errno;
import io.syslet.Sys;
import io.syslet.kernel.sim.SimMachine;
import io.syslet.kernel.sim.SimProcess;

/** timerfd_create(2), timerfd_settime(2), timerfd_gettime(2). */
final class TimerCalls {
  private static final int CLOCK_REALTIME = 0;
  private static final int CLOCK_MONOTONIC = 1;
  private static final int CLOCK_BOOTTIME = 7;
  private static final int ABSOLUTE = 1;
  private static final int CANCEL_ON_SET = 2;
  private static final int VALUE = 16;

  private final SimMachine machine;

  TimerCalls(SimMachine machine) {
    this.machine = machine;
  }

  long create(SimProcess process, long clock, long flags, long a2, long a3, long a4, long a5) {
    boolean known =
        (int) clock == CLOCK_REALTIME
            || (int) clock == CLOCK_MONOTONIC
            || (int) clock == CLOCK_BOOTTIME;
    if (!known || ((int) flags & ~(Sys.O_CLOEXEC | Sys.O_NONBLOCK)) != 0) {
      return -Errno.EINVAL;
    }
    int status = (int) flags & Sys.O_NONBLOCK;
    TimerFile timer = new TimerFile(machine, status, (int) clock == CLOCK_REALTIME);
    return process.install(timer, 0, (flags & Sys.O_CLOEXEC) != 0);
  }

  long settime(SimProcess process, long fd, long flags, long set, long old, long a4, long a5) {
    if (process.get(fd) == null) {
      return -Errno.EBADF;
    }
    if (!(process.get(fd) instanceof TimerFile timer)
        || ((int) flags & ~(ABSOLUTE | CANCEL_ON_SET)) != 0) {
      return -Errno.EINVAL;
    }
    long interval = Timespec.read(set);
    long value = Timespec.read(set + VALUE);
    if (interval < 0 || value < 0) {
      return -Errno.EINVAL;
    }
    if (old != 0) {
      write(timer, old);
    }
    timer.set(value, interval, (flags & ABSOLUTE) != 0);
    return 0;
  }

  long gettime(SimProcess process, long fd, long address, long a2, long a3, long a4, long a5) {
    if (process.get(fd) == null) {
      return -Errno.EBADF;
    }
    if (!(process.get(fd) instanceof TimerFile timer)) {
      return -Errno.EINVAL;
    }
    write(timer, address);
    return 0;
  }

  private static void write(TimerFile timer, long address) {
    Timespec.write(address, timer.interval());
    Timespec.write(address + VALUE, timer.rest());
  }
}
