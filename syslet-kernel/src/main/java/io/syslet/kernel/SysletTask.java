package io.syslet.kernel;

import io.syslet.Atoms;
import io.syslet.CallSlots;
import io.syslet.Errno;
import io.syslet.Params;
import io.syslet.Registers;
import io.syslet.Syslet;
import io.syslet.ring.Memory;
import io.syslet.table.CallTable;
import io.syslet.table.Trait;
import java.lang.foreign.MemorySegment;

/**
 * A task, seen from the program: the entry, {@code indirect}.
 *
 * <p>The way of a call: {@code pre} finds out where it would complete to and reserves the room for
 * that; {@link #enter} makes it, and returns either when it has ended or, by the block hook of the
 * machine, when it has been handed over; {@code post} is then the business of the worker that stays
 * behind ({@link Submission#complete}). The common call, plain and to the ring of the call before
 * it, is recognised by the machine while it runs a batch; whatever else a slot may ask for is
 * looked at in {@link CarefulCall}.
 *
 * <p>All methods are for the task's own thread.
 */
public abstract class SysletTask extends MachineTask {
  private static final byte ON_OWN_STACK =
      Trait.NEVER_SLEEPS | Trait.REFUSED | Trait.CONDITIONAL | Trait.ANSWERED;

  private final long own;
  private final CarefulCall careful;
  private final ProgramCall programs;

  /**
   * Makes a task.
   *
   * @param own two slots of kernel memory for the task alone.
   */
  @SuppressWarnings("this-escape")
  protected SysletTask(long id, long own, Ending ending) {
    super(id, ending);
    this.own = own;
    this.careful = new CarefulCall(this, own + CallSlots.LENGTH, ending.frames, ending.counters);
    this.programs = new ProgramCall(this, careful);
  }

  /**
   * Makes the call at {@code slot} without a worker, if that can be, or leaves it to wait; and sets
   * {@link #outcome}.
   *
   * @return whether it did; if not, {@link #enter} does.
   */
  final boolean awaits(long slot) {
    Awaiter awaiter = looks().mayWait(slot) ? awaiter() : null;
    long status = awaiter == null ? Awaiter.OTHER : awaiter.make(slot);
    if (awaiter == null || status == Awaiter.OTHER) {
      return false;
    }
    outcome = DONE;
    if (status != Awaiter.WAITS) {
      boolean _ = settle(slot, status);
      return true;
    }
    Submission mine = submission;
    long callerData = Memory.getLong(slot + CallSlots.PARAMS + Params.CALLER_DATA);
    mine.arm(callerData);
    int _ = handedOver(slot, slot, new Submission());
    ending.counters.withoutWorker.increment();
    awaiter.leave(mine, callerData);
    return true;
  }

  /**
   * The single form of the entry: {@link io.syslet.Kernel#indirect(MemorySegment, MemorySegment,
   * int)}.
   */
  public final long indirect(MemorySegment registers, MemorySegment params, int flags) {
    long length = params.byteSize();
    if (length > Params.TIMED_LENGTH || (flags & ~Syslet.FLAGS) != 0) {
      return -Errno.EINVAL;
    }
    if (!SlotCopy.canRead(registers, Registers.LENGTH) || !SlotCopy.canRead(params, 0)) {
      return -Errno.EFAULT;
    }
    if (ending.limit.isReached(pendingCalls)) {
      return -Errno.EAGAIN;
    }
    SlotCopy.in(own, registers.address(), params.address(), length);
    int accepted = left(flags == 0 ? alone() : careful.make(own, flags));
    return accepted < 0 ? accepted : Memory.getLong(own + CallSlots.STATUS);
  }

  /** One call, in our own slot: one that cannot sleep need not leave the caller's stack. */
  private int alone() {
    if ((CallTable.traits(Memory.getLong(own)) & ON_OWN_STACK) != Trait.NEVER_SLEEPS
        || !isPlain(own)
        || !reserve(own)) {
      return batch(own, 1);
    }
    boolean _ = settle(own, plainly(own));
    return 1;
  }

  /** {@link #enter} for a task that makes its calls one by one, up to the first that is pending. */
  protected final int enterEach(long first, long last, boolean forced) {
    int accepted = 0;
    outcome = DONE;
    for (long slot = first; slot != last; slot += CallSlots.LENGTH) {
      boolean plain = isPlain(slot, submission.ringAddress()) && !looks().mayWait(slot);
      if (!plain && !(forced && slot == first)) {
        outcome = LOOK;
        break;
      }
      accepted++;
      if (makeOne(slot)) {
        break;
      }
    }
    return accepted;
  }

  /** The batch form of the entry: {@link io.syslet.Kernel#indirect(CallSlots, int, int, int)}. */
  public final int indirect(CallSlots slots, int first, int count, int flags) {
    if ((first | count) < 0 || first > slots.capacity() - count || (flags & ~Syslet.FLAGS) != 0) {
      return -Errno.EINVAL;
    }
    if (!slots.isAlive()) {
      return -Errno.EFAULT;
    }
    long slot = slots.slot(first);
    if (ending.limit.isReached(pendingCalls) && count > 0) {
      return Unaccepted.mark(slot, count, -Errno.EAGAIN);
    }
    int accepted = left(flags == 0 ? batch(slot, count) : carefulBatch(slot, count, flags));
    return accepted == count ? count : Unaccepted.mark(slot, count, accepted);
  }

  /** The entry for programs: {@link io.syslet.Kernel#exec(Atoms, int, int, int)}. */
  public final long exec(Atoms atoms, int first, int steps, int flags) {
    if (ending.limit.isReached(pendingCalls)) {
      return -Errno.EAGAIN;
    }
    long outcome = programs.exec(atoms, first, steps, flags);
    int _ = left(0);
    return outcome;
  }

  /** The entry returns: a caller that may never call again keeps no room in a ring. */
  private int left(int accepted) {
    if (!keepsCredit()) {
      submission.giveBack();
    }
    return accepted;
  }

  private int batch(long first, int count) {
    int done = 0;
    long end = first + (long) count * CallSlots.LENGTH;
    for (long slot = first; slot != end; slot = first + (long) done * CallSlots.LENGTH) {
      if (!looks().mayWait(slot) && reserve(slot)) {
        done += enter(slot, end, false);
        if (outcome != LOOK) {
          return done;
        }
        slot = first + (long) done * CallSlots.LENGTH;
      }
      int accepted = careful.make(slot, 0);
      if (accepted < 0) {
        return done == 0 ? accepted : done;
      }
      done++;
      if (Memory.getLong(slot + CallSlots.STATUS) == -Syslet.ESYSLETPENDING) {
        return done;
      }
    }
    return done;
  }

  /**
   * Whether a machine may make the call at {@code slot} without a look: its number {@linkplain
   * CallTable#isPlain is plain}, it has neither frame nor file flags, and its target is the ring at
   * {@code ring}, which is not 0.
   */
  public static boolean isPlain(long slot, long ring) {
    return CallTable.isPlain(Memory.getLong(slot))
        && Memory.getLong(slot + CallSlots.PARAMS + Params.COMPLETION_RING_PTR) == ring
        && isPlain(slot);
  }

  /** Whether a slot has neither frame nor file flags, and its target is a ring. */
  private static boolean isPlain(long slot) {
    long params = slot + CallSlots.PARAMS;
    return (Memory.getLong(params + Params.FRAME_IP)
            | Memory.getLong(params + Params.FRAME_SP)
            | Memory.getLong(params + Params.FILE_FLAGS))
        == 0;
  }

  private boolean reserve(long slot) {
    long ring = Memory.getLong(slot + CallSlots.PARAMS + Params.COMPLETION_RING_PTR);
    return ring != 0 && submission.reserve(ring) == 0;
  }

  private int carefulBatch(long first, int count, int flags) {
    for (int done = 0; done < count; done++) {
      long slot = first + (long) done * CallSlots.LENGTH;
      int accepted = careful.make(slot, flags);
      if (accepted < 0) {
        return done == 0 ? accepted : done;
      }
      if (Memory.getLong(slot + CallSlots.STATUS) == -Syslet.ESYSLETPENDING) {
        return done + 1;
      }
    }
    return count;
  }
}
