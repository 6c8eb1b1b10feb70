package io.syslet.kernel;

import io.syslet.CallSlots;
import io.syslet.Registers;
import io.syslet.Syslet;
import io.syslet.Task;
import io.syslet.ring.Memory;
import io.syslet.table.CallTable;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * A task, seen from the machine: how its calls are made, and what becomes of one that has been made
 * or handed over. The entry is {@link SysletTask}'s.
 *
 * <p>All methods are for the task's own thread.
 */
public abstract class MachineTask implements Task {
  /** {@link #enter} made every call. */
  public static final int DONE = 0;

  /** {@link #enter} stopped before a slot that is not plain. */
  public static final int LOOK = 1;

  /** {@link #enter} returned because the last accepted call blocked. */
  public static final int PENDING = 2;

  private final long id;
  final Ending ending;
  final AtomicInteger pendingCalls;

  /** Where the next call completes to. */
  protected Submission submission = new Submission();

  /** How the last {@link #enter} ended. */
  protected int outcome;

  MachineTask(long id, Ending ending) {
    this.id = id;
    this.ending = ending;
    this.pendingCalls = submission.owner();
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
    return System.nanoTime() + Math.min(nanos, Nanos.FAR) | 1;
  }

  /** Whether somebody can be had who keeps a deadline. */
  protected boolean hasClock() {
    return true;
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
   * Whether a reservation that the last call has not used stays for the next one, until the end of
   * the task. Otherwise it is given back when the entry returns.
   */
  protected boolean keepsCredit() {
    return true;
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
      return completeOwn132(slot);
    }
    countInline();
    Memory.putLong(slot + CallSlots.STATUS, status);
    return false;
  }

  /**
   * {@link #settle} for a status that is known to be −132. In a program it is a status like others:
   * its atom has it, and the rest decides what is told.
   */
  protected final boolean completeOwn132(long slot) {
    boolean alone = !submission.isProgram();
    outcome = alone ? PENDING : DONE;
    if (alone) {
      ending.completeOwn132(submission, slot);
    } else {
      Memory.putLong(slot + CallSlots.STATUS, -Syslet.ESYSLETPENDING);
    }
    return alone;
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
}
