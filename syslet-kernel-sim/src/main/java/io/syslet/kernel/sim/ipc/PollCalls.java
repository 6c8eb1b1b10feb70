package io.syslet.kernel.sim.ipc;

import io.syslet.Errno;
import io.syslet.kernel.sim.File;
import io.syslet.kernel.sim.SimMachine;
import io.syslet.kernel.sim.SimProcess;
import io.syslet.kernel.sim.WaitQueue;
import io.syslet.ring.Memory;

/**
 * poll(2) and ppoll(2): a queue of the call's own watches the queues of all files, so that one
 * sleep waits for any of them. Signal masks are of no effect: the machine has no handlers.
 *
 * <pre>
 *   struct pollfd   0    4        6         8
 *                  +----+--------+---------+
 *                  | fd | events | revents |
 *                  +----+--------+---------+
 * </pre>
 */
final class PollCalls {
  private static final int POLLFD = 8;
  private static final int EVENTS = 4;
  private static final int POLLNVAL = 0x20;
  private static final int ALWAYS = File.POLLERR | File.POLLHUP;
  private static final int MOST = 1 << 20;

  private final SimMachine machine;

  PollCalls(SimMachine machine) {
    this.machine = machine;
  }

  long poll(SimProcess process, long fds, long n, long millis, long a3, long a4, long a5) {
    return poll(process, fds, n, Timespec.deadlineMillis(machine, (int) millis));
  }

  long ppoll(SimProcess process, long fds, long n, long time, long mask, long size, long a5) {
    if (time == 0) {
      return poll(process, fds, n, WaitQueue.NEVER);
    }
    long nanos = Timespec.read(time);
    return nanos < 0 ? nanos : poll(process, fds, n, Timespec.deadline(machine, nanos));
  }

  private long poll(SimProcess process, long fds, long n, long deadline) {
    if ((n & 0xffff_ffffL) > Math.min(process.maxOpenDescriptors(), MOST)) {
      return -Errno.EINVAL;
    }
    File[] files = new File[(int) n];
    for (int i = 0; i < files.length; i++) {
      files[i] = process.get(Memory.getInt(fds + (long) i * POLLFD));
    }
    return wait(fds, files, deadline);
  }

  private long wait(long fds, File[] files, long deadline) {
    WaitQueue any = machine.waitQueue("poll");
    Runnable wake = any::wakeAll;
    watch(files, wake);
    try {
      for (; ; ) {
        int ready = look(fds, files);
        if (ready != 0) {
          return ready;
        }
        int slept = any.sleepInterruptiblyUntil(deadline);
        if (slept < 0) {
          return slept == -Errno.ETIME ? 0 : slept;
        }
      }
    } finally {
      unwatch(files, wake);
    }
  }

  private static int look(long fds, File[] files) {
    int ready = 0;
    for (int i = 0; i < files.length; i++) {
      long entry = fds + (long) i * POLLFD;
      int found = look(entry, files[i]);
      Memory.putInt(entry + EVENTS, Memory.getUnsignedShort(entry + EVENTS) | found << Short.SIZE);
      ready += found == 0 ? 0 : 1;
    }
    return ready;
  }

  private static int look(long entry, File file) {
    if (Memory.getInt(entry) < 0) {
      return 0;
    }
    int wanted = Memory.getUnsignedShort(entry + EVENTS) | ALWAYS;
    return file == null ? POLLNVAL : file.poll() & wanted;
  }

  private static void watch(File[] files, Runnable wake) {
    for (File file : files) {
      WaitQueue changes = file == null ? null : file.changes();
      if (changes != null) {
        file.hold();
        changes.watch(wake);
      }
    }
  }

  private static void unwatch(File[] files, Runnable wake) {
    for (File file : files) {
      WaitQueue changes = file == null ? null : file.changes();
      if (changes != null) {
        changes.unwatch(wake);
        file.drop();
      }
    }
  }
}
