package io.syslet.kernel.sim.ipc;

import io.syslet.Errno;
import io.syslet.kernel.sim.SimCall;
import io.syslet.kernel.sim.SimMachine;
import io.syslet.kernel.sim.SimProcess;
import io.syslet.kernel.sim.WaitQueue;
import io.syslet.ring.Memory;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;

/**
 * futex(2): WAIT, WAKE, REQUEUE, CMP_REQUEUE, WAIT_BITSET and WAKE_BITSET, private or not. The test
 * of the word and the joining of its queue cannot be torn apart: only a sleep lets others run.
 */
final class FutexCall implements SimCall {
  private static final int WAIT = 0;
  private static final int WAKE = 1;
  private static final int REQUEUE = 3;
  private static final int CMP_REQUEUE = 4;
  private static final int WAIT_BITSET = 9;
  private static final int WAKE_BITSET = 10;
  private static final int PRIVATE = 128;
  private static final int CLOCK_REALTIME = 256;
  private static final int ANY = -1;
  private static final int WORD = 4;

  private static final class Waiter {
    final WaitQueue queue;
    final int bits;
    long word;
    boolean woken;

    Waiter(WaitQueue queue, long word, int bits) {
      this.queue = queue;
      this.word = word;
      this.bits = bits;
    }
  }

  private final SimMachine machine;
  private final Map<Long, ArrayDeque<Waiter>> words = new HashMap<>();

  FutexCall(SimMachine machine) {
    this.machine = machine;
  }

  @Override
  public long call(SimProcess process, long word, long op, long value, long a3, long a4, long a5) {
    if ((word & (WORD - 1)) != 0) {
      return -Errno.EINVAL;
    }
    int command = (int) op & ~(PRIVATE | CLOCK_REALTIME);
    return switch (command) {
      case WAIT -> await(word, (int) value, a3, ANY, false, (int) op);
      case WAIT_BITSET -> await(word, (int) value, a3, (int) a5, true, (int) op);
      case WAKE -> wake(word, (int) value, ANY);
      case WAKE_BITSET -> wake(word, (int) value, (int) a5);
      case REQUEUE -> requeue(word, (int) value, (int) a3, a4);
      case CMP_REQUEUE -> compareAndRequeue(word, (int) value, (int) a3, a4, (int) a5);
      default -> -Errno.ENOSYS;
    };
  }

  private long await(long word, int value, long time, int bits, boolean absolute, int op) {
    if (bits == 0) {
      return -Errno.EINVAL;
    }
    long deadline = deadline(time, absolute, (op & CLOCK_REALTIME) != 0);
    if (deadline < 0) {
      return deadline;
    }
    return Memory.getIntAcquire(word) == value ? sleep(word, bits, deadline) : -Errno.EAGAIN;
  }

  private long deadline(long time, boolean absolute, boolean realTime) {
    if (time == 0) {
      return WaitQueue.NEVER;
    }
    if (machine.memory().check(time, 16, false) != 0) {
      return -Errno.EFAULT;
    }
    long nanos = Timespec.read(time);
    if (nanos < 0 || !absolute) {
      return nanos < 0 ? nanos : Timespec.deadline(machine, nanos);
    }
    return realTime ? Math.max(nanos - (machine.realTime() - machine.now()), 0) : nanos;
  }

  private long sleep(long word, int bits, long deadline) {
    Waiter waiter = new Waiter(machine.waitQueue("futex"), word, bits);
    words.computeIfAbsent(word, key -> new ArrayDeque<>()).add(waiter);
    int slept = 0;
    while (!waiter.woken && slept == 0) {
      slept = waiter.queue.sleepInterruptiblyUntil(deadline);
    }
    if (waiter.woken) {
      return 0;
    }
    forget(waiter);
    return slept == -Errno.ETIME ? -Errno.ETIMEDOUT : slept;
  }

  private void forget(Waiter waiter) {
    words.computeIfPresent(
        waiter.word, (word, all) -> all.remove(waiter) && all.isEmpty() ? null : all);
  }

  private long wake(long word, int most, int bits) {
    if (bits == 0) {
      return -Errno.EINVAL;
    }
    ArrayDeque<Waiter> all = words.get(word);
    int woken = 0;
    if (all != null) {
      for (Iterator<Waiter> each = all.iterator(); each.hasNext() && woken < most; ) {
        Waiter waiter = each.next();
        if ((waiter.bits & bits) != 0) {
          each.remove();
          waiter.woken = true;
          waiter.queue.wakeAll();
          woken++;
        }
      }
      dropIfEmpty(word, all);
    }
    return woken;
  }

  private long compareAndRequeue(long word, int wake, int move, long to, int value) {
    boolean changed = Memory.getIntAcquire(word) != value;
    return changed ? -Errno.EAGAIN : requeue(word, wake, move, to);
  }

  private long requeue(long word, int wake, int move, long to) {
    if ((to & (WORD - 1)) != 0 || wake < 0 || move < 0) {
      return -Errno.EINVAL;
    }
    if (machine.memory().check(to, WORD, true) != 0) {
      return -Errno.EFAULT;
    }
    long woken = wake(word, wake, ANY);
    ArrayDeque<Waiter> from = words.get(word);
    int moved = 0;
    while (from != null && !from.isEmpty() && moved < move && to != word) {
      Waiter waiter = from.remove();
      waiter.word = to;
      words.computeIfAbsent(to, key -> new ArrayDeque<>()).add(waiter);
      moved++;
    }
    if (from != null) {
      dropIfEmpty(word, from);
    }
    return woken + moved;
  }

  private void dropIfEmpty(long word, ArrayDeque<Waiter> all) {
    if (all.isEmpty()) {
      words.remove(word);
    }
  }
}
