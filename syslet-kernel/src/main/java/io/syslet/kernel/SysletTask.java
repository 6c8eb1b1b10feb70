package io.syslet.kernel;

import io.syslet.Atoms;
import io.syslet.CallSlots;
import io.syslet.Errno;
import io.syslet.Params;
import io.syslet.Registers;
import io.syslet.Syslet;
import io.syslet.Task;
import io.syslet.ring.Memory;
import io.syslet.table.CallTable;
import io.syslet.table.Trait;
import java.lang.foreign.MemorySegment;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

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
public abstract class SysletTask implements Task {
  /** {@link #enter} made every call. */
  public static final int DONE = 0;

  /** {@link #enter} stopped before a slot that is not plain. */
  public static final int LOOK = 1;

  /** {@link #enter} returned because the last accepted call blocked. */
  public static final int PENDING = 2;

  /** Longer than anybody waits, and so short that times can be compared. */
  private static final long FAR_NANOS = Long.MAX_VALUE / 2;

  private static final byte ON_OWN_STACK =
      Trait.NEVER_SLEEPS | Trait.REFUSED | Trait.CONDITIONAL | Trait.ANSWERED;

  private final long own;
  private final long id;
  private final CarefulCall careful;
  private final ProgramCall programs;
  private final Ending ending;
  private final AtomicInteger pendingCalls;

  /** Where the next call completes to. */
  protected Submission submission = new Submission();

  /** How the last {@link #enter} ended. */
  protected int outcome;

  /**
   * Makes a task.
   *
   * @param own two slots of kernel memory for the task alone.
   */
  @SuppressWarnings("this-escape")
  protected SysletTask(long id, long own, Ending ending) {
    this.id = id;
    this.own = own;
    this.ending = ending;
    this.pendingCalls = submission.owner();
    this.careful = new CarefulCall(this, own + CallSlots.LENGTH, ending.frames, ending.counters);
    this.programs = new ProgramCall(this, careful);
  }

  @Override
  public long id() {
    return id;
  }

  /**
   * Makes the calls from {@code slot} to {@code end}, in order, until one blocks or one is not
   * plain, and sets {@link #outcome}. Moves the user's context to another worker if one blocks.
   *
   * <p>A call may be one of a program: when it has ended, {@link Submission#another} says whether
   * there is another to make. Without a hand-over that may be left to the caller; a worker that
   * stays behind has to ask, and then completes with the program's caller data and status.
   *
   * @param forced the one slot is known to be right; make the call whatever it is.
   * @return how many calls were accepted; the status of each is in its slot.
   */
  protected abstract int enter(long slot, long end, boolean forced);

  /** Makes the call at {@code slot} on the caller's stack; it blocks if it blocks. */
  protected abstract long plainly(long slot);

  /** Counts a call that was made on the caller's own stack. */
  protected abstract void countInline();

  /**
   * Whether the entry answers −EINVAL to the call whose registers are at an address: by the call
   * table, unless the machine makes of the call something that it may make.
   */
  protected boolean refuses(long nr, long registers) {
    return CallTable.refuses(
        nr,
        Memory.getLong(registers + Registers.argument(0)),
        Memory.getLong(registers + Registers.argument(1)),
        Memory.getLong(registers + Registers.argument(2)),
        Memory.getLong(registers + Registers.argument(3)),
        Memory.getLong(registers + Registers.argument(4)),
        Memory.getLong(registers + Registers.argument(5)));
  }

  /**
   * Prepares the call at {@code slot} to answer −EAGAIN rather than sleep when it is {@linkplain
   * #plainly made}, which follows.
   *
   * @param room memory behind the slot's registers for what the changed call points at.
   * @return 0; −EOPNOTSUPP if the machine cannot.
   */
  protected int withoutSleep(long slot, long room) {
    return NonBlocking.apply(slot, room);
  }

  /**
   * The time after some nanoseconds, 0 or more, as the deadline of a {@link Submission}; never 0.
   */
  protected long later(long nanos) {
    return System.nanoTime() + Math.min(nanos, FAR_NANOS) | 1;
  }

  /** Whether a time that {@link #later} has named is over. */
  protected boolean isLate(long deadline) {
    return System.nanoTime() - deadline >= 0;
  }

  /** Whether a spare worker stands by. */
  protected abstract boolean spareReady();

  /** What makes the task's calls that need no worker while they wait; null if all need one. */
  protected @Nullable Awaiter awaiter() {
    return null;
  }

  /** The table by which calls are looked at before they are made. */
  protected LookTable looks() {
    return LookTable.plain();
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

  /** Makes the call of a slot and stores its status: whether it is pending. */
  protected boolean makeOne(long slot) {
    return settle(slot, plainly(slot));
  }

  /**
   * Stores the status of a call that was made on the caller's own stack; one whose own result is
   * −132 is completed instead.
   *
   * @return whether it was, and the call counts as {@linkplain #PENDING handed over}.
   */
  protected final boolean settle(long slot, long status) {
    if (status == -Syslet.ESYSLETPENDING) {
      completeOwn132(slot);
      return true;
    }
    countInline();
    Memory.putLong(slot + CallSlots.STATUS, status);
    return false;
  }

  /** {@link #settle} for a status that is known to be −132. */
  protected final void completeOwn132(long slot) {
    outcome = PENDING;
    ending.completeOwn132(submission, slot);
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

  /**
   * Whether a reservation that the last call has not used stays for the next one, until the end of
   * the task. Otherwise it is given back when the entry returns.
   */
  protected boolean keepsCredit() {
    return true;
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
   * The call at {@code blocked} has been handed over and goes on without this task.
   *
   * @param first the first slot of the calls that {@link #enter} was to make.
   * @param blank what the task's next call is to complete by.
   * @return how many calls were accepted, 1 or more.
   */
  protected final int handedOver(long first, long blocked, Submission blank) {
    Memory.putLong(blocked + CallSlots.STATUS, -Syslet.ESYSLETPENDING);
    goesOnWith(blank);
    ending.counters.began();
    outcome = PENDING;
    return (int) ((blocked - first) / CallSlots.LENGTH) + 1;
  }

  /**
   * A call has gone on without this task, with its submission: the next one completes by another.
   */
  protected final void goesOnWith(Submission blank) {
    submission = blank;
    blank.owner(pendingCalls);
    pendingCalls.incrementAndGet();
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
