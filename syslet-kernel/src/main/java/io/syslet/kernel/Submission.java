package io.syslet.kernel;

import io.syslet.Atoms;
import io.syslet.Errno;
import io.syslet.Syslet;
import io.syslet.ring.CompletionRing;
import io.syslet.ring.CompletionWord;
import io.syslet.ring.RingProducer;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Where the call that a task is about to make would complete to, if it blocked: a ring with a
 * reservation on it, a completion word, or nobody; and the frame to enter after it.
 *
 * <p>A call that did not block leaves its reservation here, as a credit for the task's next call to
 * the same ring, so that the hot path touches nothing shared. When a call is handed over, its
 * worker keeps the submission and the task gets the blank one of the worker that took over. Used by
 * one thread at a time: the task's carrier, later the call's worker.
 */
public final class Submission {
  private static final int NONE = -1;

  private @Nullable CompletionRing ring;
  private int entry = NONE;
  private long word;
  private int target = Syslet.TARGET_RING;
  private long ip;
  private long sp;
  private long deadline;
  private AtomicInteger owner = new AtomicInteger();
  private @Nullable AtomRun program;

  /** The address of the ring on which a reservation is held, or 0. */
  public long ringAddress() {
    CompletionRing held = ring;
    return held == null || entry == NONE ? 0 : held.address();
  }

  /** Where the reservation remembers caller_data, or 0. */
  public long entryCallerData() {
    CompletionRing held = ring;
    return held == null || entry == NONE
        ? 0
        : held.producer().entryAddress(entry) + RingProducer.ENTRY_CALLER_DATA_OFFSET;
  }

  /** The address of the ring or word that the call completes to, 0 for nobody. */
  public long target() {
    if (target == Syslet.TARGET_WORD) {
      return word;
    }
    CompletionRing held = ring;
    return target == Syslet.TARGET_RING && held != null ? held.address() : 0;
  }

  /** How many calls of the task that uses it are pending. */
  AtomicInteger owner() {
    return owner;
  }

  void owner(AtomicInteger pendingCalls) {
    owner = pendingCalls;
  }

  /** When the call is to end, in the kernel's time; 0 for never. */
  public long deadline() {
    return deadline;
  }

  void deadline(long when) {
    deadline = when;
  }

  /** The frame's function, 0 if the call has none. */
  public long ip() {
    return ip;
  }

  /** The frame's stack, 0 if the call has no frame. */
  public long sp() {
    return sp;
  }

  /**
   * Makes sure of a reservation on the ring at {@code address}.
   *
   * @return 0; −EFAULT if no ring is there; −EAGAIN if it is full; −EINVAL if it is corrupt.
   */
  int reserve(long address) {
    target = Syslet.TARGET_RING;
    ip = 0;
    sp = 0;
    deadline = 0;
    CompletionRing held = ring;
    if (held != null && entry != NONE && held.address() == address && held.isAlive()) {
      return 0;
    }
    giveBack();
    CompletionRing wanted = CompletionRing.at(address);
    if (wanted == null) {
      return -Errno.EFAULT;
    }
    int reserved = wanted.producer().reserve();
    if (reserved < 0) {
      return reserved;
    }
    ring = wanted;
    entry = reserved;
    return 0;
  }

  /**
   * Aims at a completion word, or at nobody; the reservation, if any, stays a credit. A word other
   * than the one before is looked at; it must stay there until it is done.
   *
   * @return 0; −EFAULT if the word cannot be written; −EINVAL if it is not aligned to 8 bytes, or
   *     for another target.
   */
  int aim(int newTarget, long address) {
    ip = 0;
    sp = 0;
    deadline = 0;
    if (newTarget == Syslet.TARGET_WORD && (address == 0 || (address & 7) != 0)) {
      return address == 0 ? -Errno.EFAULT : -Errno.EINVAL;
    }
    if (newTarget != Syslet.TARGET_WORD && newTarget != Syslet.TARGET_NONE) {
      return -Errno.EINVAL;
    }
    if (newTarget == Syslet.TARGET_WORD && address != word) {
      if (!CompletionWord.isWritable(address)) {
        return -Errno.EFAULT;
      }
      word = address;
    }
    target = newTarget;
    return 0;
  }

  /** Sets the frame; both 0 for none. */
  public void frame(long newIp, long newSp) {
    ip = newIp;
    sp = newSp;
  }

  /** Before calls start: from now on recovery completes the call if this process dies. */
  public void arm(long callerData) {
    CompletionRing held = ring;
    if (held != null && entry != NONE && target == Syslet.TARGET_RING) {
      held.producer().arm(entry, callerData);
    }
  }

  /** The calls did not block: the reservation stays, idle. */
  public void disarm() {
    CompletionRing held = ring;
    if (held != null && entry != NONE && target == Syslet.TARGET_RING && held.isAlive()) {
      held.producer().disarm(entry);
    }
  }

  /** How many completions nobody has read yet in the ring that was named last; 0 without one. */
  public int unread() {
    CompletionRing held = ring;
    return held != null && target == Syslet.TARGET_RING && held.isAlive()
        ? held.head() - held.tail()
        : 0;
  }

  // ---- programs of atoms

  /** Takes up a program, which will complete to this target: whether there is a call to make. */
  boolean begin(Atoms atoms, int first, int steps, boolean inForm, SysletTask task) {
    AtomRun run = program;
    if (run == null) {
      run = new AtomRun();
      program = run;
    }
    return run.begin(atoms, first, steps, inForm, task);
  }

  /** The run of the program that {@link #begin} took up. */
  AtomRun program() {
    return Objects.requireNonNull(program);
  }

  /** Whether the call of this submission is one of a program. */
  public boolean isProgram() {
    AtomRun run = program;
    return run != null && run.isRunning();
  }

  /**
   * A call has ended. If it is one of a program, whoever made it makes the next one as well: a
   * carrier like any call, a worker that stayed behind plainly.
   *
   * @return whether there is a call to make now, at {@link #call}.
   */
  public boolean another(long status) {
    AtomRun run = program;
    return run != null && run.isRunning() && run.next(status);
  }

  /**
   * {@link #another(long)}, but that the program goes no further if there is an error for it.
   *
   * @param error 0, or the errno with which a program ends that this call does not end anyway.
   */
  public boolean another(long status, int error) {
    AtomRun run = program;
    if (error == 0 || run == null || !run.isRunning()) {
      return another(status);
    }
    run.cut(status, error);
    return false;
  }

  /** Whether its program has come to its end: {@link #status} is then that of the whole. */
  boolean hasEnded() {
    AtomRun run = program;
    return run != null && run.isRunning() && !run.hasCall();
  }

  /** The slot of the call that a program wants to be made. */
  public long call() {
    return program().call;
  }

  /** The caller data of the atom that a program has come to. */
  public long callerData() {
    return program().callerData();
  }

  /** The status that a program has ended with. */
  public long status() {
    return program().status();
  }

  /** After the completion: forgets the program, if there was one. */
  public void endProgram() {
    AtomRun run = program;
    if (run != null) {
      run.end();
    }
  }

  // ---- the end of a call

  /**
   * Posts the completion of a call that was handed over; the reservation is used up by it, or given
   * back before. Nobody is told of a program that ended where it said so.
   */
  public void complete(long callerData, long status) {
    AtomRun run = program;
    boolean silent = run != null && run.isSilent();
    if (silent || target != Syslet.TARGET_RING) {
      disarm();
      giveBack();
    }
    if (silent) {
      return;
    }
    if (target == Syslet.TARGET_WORD) {
      if (CompletionWord.isWritable(word)) {
        CompletionWord.complete(word, status);
      }
    } else if (target == Syslet.TARGET_RING) {
      CompletionRing held = ring;
      int used = entry;
      entry = NONE;
      if (held != null && held.isAlive()) {
        int posted = held.producer().complete(used, status, callerData);
        assert posted != -Errno.EINVAL : "completed without a reservation";
      }
    }
  }

  /** Gives the credit back: at the end of the task, or when another needs it. */
  public void giveBack() {
    CompletionRing held = ring;
    if (held != null && entry != NONE && held.isAlive()) {
      held.producer().release(entry);
    }
    entry = NONE;
    ring = null;
  }
}
