package io.syslet.kernel;

import io.syslet.CallSlots;
import io.syslet.Errno;
import io.syslet.Nr;
import io.syslet.Params;
import io.syslet.Syslet;
import io.syslet.ring.Memory;
import io.syslet.table.CallTable;
import io.syslet.table.Trait;

/**
 * The entry's {@code pre} for a call that is not plain: one to be refused or answered by the entry,
 * one that cannot sleep, one with a frame, with file flags, with another target than the ring of
 * the call before, or with flags of its own. Works on a copy of the slot, so that what is made is
 * what was checked.
 */
final class CarefulCall {
  private final SysletTask task;
  private final long copy;
  private final Frames frames;
  private final Counters counters;

  CarefulCall(SysletTask task, long copy, Frames frames, Counters counters) {
    this.task = task;
    this.copy = copy;
    this.frames = frames;
    this.counters = counters;
  }

  /** Makes one call: 1, its status is in the slot; or −errno, it was not made. */
  int make(long slot, int flags) {
    Memory.copy(slot, copy, CallSlots.LENGTH);
    long nr = Memory.getLong(copy);
    if (task.refuses(nr, copy)) {
      return -Errno.EINVAL;
    }
    int flagged = FileFlags.apply(copy);
    if (flagged < 0) {
      return flagged;
    }
    if ((int) nr == Nr.GETTID) {
      return inline(slot, task.id());
    }
    int aimed = aim();
    if (aimed < 0) {
      return aimed;
    }
    if ((flags & Syslet.NONBLOCK) != 0) {
      return nonBlocking(slot);
    }
    if ((flags & Syslet.ATOMIC) != 0 && !task.spareReady()) {
      giveFrame();
      return -Errno.EAGAIN;
    }
    return isPlain() || neverSleeps(nr)
        ? inline(slot, finished(task.plainly(copy)))
        : handOver(slot);
  }

  /** Aims at where a program that begins with an atom is to complete to: 0 or −errno. */
  int aim(long atom) {
    Memory.copy(atom, copy, CallSlots.LENGTH);
    return aim();
  }

  private static boolean neverSleeps(long nr) {
    return (CallTable.traits(nr) & Trait.NEVER_SLEEPS) != 0;
  }

  private int aim() {
    long ring = param(Params.COMPLETION_RING_PTR);
    int target = target() & ~Syslet.TIMED;
    boolean timed = target != target();
    long deadline = Memory.getLong(copy + CallSlots.DEADLINE);
    if (isPlain() || (timed && deadline < 0)) {
      boolean fine = !timed && (param(Params.FRAME_IP) | param(Params.FRAME_SP)) == 0;
      task.submission.deadline(0);
      return fine ? 0 : -Errno.EINVAL;
    }
    int aimed =
        target == Syslet.TARGET_RING
            ? task.submission.reserve(ring)
            : task.submission.aim(target, ring);
    if (aimed >= 0 && timed && !task.hasClock()) {
      return -Errno.EAGAIN;
    }
    if (aimed >= 0 && timed) {
      task.submission.deadline(task.later(deadline));
    }
    return aimed < 0 ? aimed : takeFrame();
  }

  private int target() {
    return Memory.getInt(copy + CallSlots.PARAMS + Params.TARGET);
  }

  private int takeFrame() {
    long ip = param(Params.FRAME_IP);
    long sp = param(Params.FRAME_SP);
    if ((ip | sp) == 0) {
      return 0;
    }
    int taken = frames.take(ip, sp);
    if (taken == 0) {
      task.submission.frame(ip, sp);
    }
    return taken;
  }

  /** No syslet args: the call is made plainly. */
  boolean isPlain() {
    return param(Params.COMPLETION_RING_PTR) == 0
        && (target() & ~Syslet.TIMED) == Syslet.TARGET_RING;
  }

  private int handOver(long slot) {
    int accepted = task.awaits(copy) ? 1 : task.enter(copy, copy + CallSlots.LENGTH, true);
    if (task.outcome != SysletTask.PENDING) {
      giveFrame();
    }
    Memory.putLong(slot + CallSlots.STATUS, Memory.getLong(copy + CallSlots.STATUS));
    return accepted;
  }

  private int nonBlocking(long slot) {
    giveFrame();
    int prepared = task.withoutSleep(copy, copy + CallSlots.LENGTH - NonBlocking.ROOM);
    if (prepared < 0) {
      return prepared;
    }
    long status = task.plainly(copy);
    return status == -Errno.EAGAIN ? -Errno.EAGAIN : inline(slot, finished(status));
  }

  private int inline(long slot, long status) {
    giveFrame();
    counters.inline.increment();
    Memory.putLong(slot + CallSlots.STATUS, status);
    return 1;
  }

  /** −132 means pending and nothing else; a plain call has no target that could hold it. */
  private static long finished(long status) {
    return status == -Syslet.ESYSLETPENDING ? -Errno.EIO : status;
  }

  void giveFrame() {
    if (task.submission.ip() != 0) {
      frames.give(task.submission.sp());
      task.submission.frame(0, 0);
    }
  }

  private long param(int offset) {
    return Memory.getLong(copy + CallSlots.PARAMS + offset);
  }
}
