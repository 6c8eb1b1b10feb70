package io.syslet.server.session;

import io.syslet.CallSlots;
import io.syslet.Errno;
import io.syslet.Kernel;
import io.syslet.Params;
import io.syslet.Syslet;
import io.syslet.ring.CompletionRing;
import io.syslet.ring.Memory;
import io.syslet.server.policy.Policy;
import org.jspecify.annotations.Nullable;

/**
 * Makes the calls of a batch, in order, until one blocks.
 *
 * <p>Slots that are one host call each are checked first and then made by one entry into the
 * kernel, a <i>run</i>. A run ends behind a call that needs several host calls or changes what a
 * later slot means, and before one that has effects, which the log must know of before it starts.
 * If a call of a run blocks, those behind it have not been made: what checking them took is given
 * back, and the client is told a short count.
 *
 * <pre>
 *   slots     statx  statx  close | open a/b | statx  read
 *   run       [-------- 1 -------] [-- 2 ---] [---- 3 ----]
 *   host        3 calls, 1 entry     openat2,    2 calls, 1 entry
 *                                    statx
 * </pre>
 *
 * The poller's alone.
 */
final class BatchRun {
  private final Kernel kernel;
  private final Policy policy;
  private final ClientCallPool pool;
  private final HandOverTimes handOvers;
  private final CallSlots runSlots;
  private final CallSlots stepSlot;
  private final ClientCall[] run = new ClientCall[Batch.CAPACITY];
  private int count;
  private int calls;
  private int refusal;
  private boolean blocked;
  private boolean wrote;
  private boolean place;
  private boolean hold;
  private boolean tookPlace;
  private @Nullable ClientCall waiting;

  /**
   * @param ring of the poller: host calls that block complete to it.
   */
  BatchRun(
      Kernel kernel,
      Policy policy,
      ClientCallPool pool,
      HandOverTimes handOvers,
      CompletionRing ring) {
    this.kernel = kernel;
    this.policy = policy;
    this.pool = pool;
    this.handOvers = handOvers;
    this.runSlots = CallSlots.allocate(kernel.arena(), Batch.CAPACITY, ring);
    this.stepSlot = CallSlots.allocate(kernel.arena(), 1, ring);
  }

  /**
   * Makes the first {@code most} slots of a batch.
   *
   * @param hasPlace whether one of them may go on after the batch. If not, they are made one by one
   *     in their non-blocking form; those that have none are made all the same, and if they block
   *     then the batch waits for them; what would wait for a pipe or a time is refused.
   * @param mayHold whether it may.
   * @return how many were accepted, or the −errno of the first.
   */
  int make(Session session, Batch batch, int most, boolean hasPlace, boolean mayHold) {
    place = hasPlace;
    hold = mayHold;
    tookPlace = false;
    int flags = batch.flags();
    if ((flags & ~Syslet.FLAGS) != 0) {
      return -Errno.EINVAL;
    }
    int accepted = 0;
    blocked = false;
    wrote = false;
    waiting = null;
    while (accepted < most && !blocked) {
      gather(session, batch, accepted, flags == 0 && hasPlace ? most : accepted + 1);
      int made = count == 0 ? refusal : makeRun(batch, flags);
      if (made <= 0) {
        return accepted == 0 ? made : accepted;
      }
      accepted += made;
    }
    return accepted;
  }

  /** Whether something of the batch was written to the log. */
  boolean wrote() {
    return wrote;
  }

  /** Whether the last accepted call of the batch has not ended. */
  boolean blocked() {
    return blocked;
  }

  /** Whether a call of the batch took the place that there was for one. */
  boolean tookPlace() {
    return tookPlace;
  }

  /** The call that a batch must wait for, as it could not be taken as pending; else null. */
  @Nullable ClientCall waiting() {
    return waiting;
  }

  // ---- checking

  private void gather(Session session, Batch batch, int from, int to) {
    count = 0;
    calls = 0;
    refusal = 0;
    for (int i = from; i < to; i++) {
      refusal = check(batch.slot(i));
      ClientCall op = refusal < 0 ? null : pool.take();
      if (op == null) {
        refusal = refusal < 0 ? refusal : -Errno.EAGAIN;
        return;
      }
      op.begin(session, batch, i, policy);
      if (!start(op, batch.flags()) || op.isAlone()) {
        return;
      }
    }
  }

  /** Whether a slot is a call to the session's ring, without a frame. */
  private static int check(long slot) {
    long params = slot + CallSlots.PARAMS;
    boolean isPlain =
        Memory.getLong(params + Params.COMPLETION_RING_PTR) != 0
            && (Memory.getLong(params + Params.FRAME_IP)
                    | Memory.getLong(params + Params.FRAME_SP)
                    | Memory.getLong(params + Params.FILE_FLAGS))
                == 0;
    return isPlain ? 0 : -Errno.EINVAL;
  }

  /** Starts a call and adds it to the run: false if it cannot be part of it. */
  private boolean start(ClientCall op, int flags) {
    boolean hasEffects = op.hasEffects();
    if (hasEffects && count > 0) {
      pool.give(op);
      return false;
    }
    op.start(runSlots.slot(calls), place);
    boolean mustSeeOthersEnd = op.isDone() && op.status() == -Errno.EBADF && calls > 0;
    refusal = mustSeeOthersEnd ? 0 : admit(op, hasEffects, flags);
    if (refusal < 0 || mustSeeOthersEnd) {
      abandon(op, refusal);
      return false;
    }
    run[count++] = op;
    calls += op.isDone() ? 0 : 1;
    return true;
  }

  private int admit(ClientCall op, boolean hasEffects, int flags) {
    if (op.isDone()) {
      return 0;
    }
    if ((flags & Syslet.NONBLOCK) != 0 && op.isAlone()) {
      return -Errno.EOPNOTSUPP;
    }
    if (!hasEffects) {
      return 0;
    }
    op.standAlone();
    int error = log(op);
    return error < 0 ? error : op.session().log.sync();
  }

  private int log(ClientCall op) {
    Session session = op.session();
    op.logNumber = session.nextCall();
    int error = session.log.began(session.id(), op.logNumber, op.callerData(), op.nr());
    op.isLogged = error == 0;
    wrote |= op.isLogged;
    return error;
  }

  // ---- making

  /** Makes the calls of the run: how many slots were accepted; −errno if the first was not. */
  private int makeRun(Batch batch, int flags) {
    long since = System.nanoTime();
    int made = calls == 0 ? 0 : place ? kernel.indirect(runSlots, 0, calls, flags) : squeeze(flags);
    int call = 0;
    int done = 0;
    while (done < count && !blocked) {
      ClientCall op = run[done];
      boolean isCall = op.takeCall();
      if (isCall && call >= made) {
        break;
      }
      op.accepted();
      if (isCall && !hasEnded(op, runSlots.status(call++))) {
        pend(op, batch, since);
      } else if (op.isRefused()) {
        abandon(done, -Errno.EAGAIN);
        return done > 0 ? done : -Errno.EAGAIN;
      } else {
        finish(op, batch);
      }
      done++;
    }
    abandon(done, made);
    return done > 0 ? done : made;
  }

  /** Makes the one call of a run without a place for it. */
  private int squeeze(int flags) {
    ClientCall op = run[0];
    int made = -Errno.EOPNOTSUPP;
    if (!op.isAlone()) {
      made = kernel.indirect(runSlots, 0, 1, flags | Syslet.NONBLOCK);
    }
    boolean tryPlainly = made == -Errno.EOPNOTSUPP && (flags & Syslet.NONBLOCK) == 0;
    if (tryPlainly) {
      made = hold ? kernel.indirect(runSlots, 0, 1, flags) : -Errno.EAGAIN;
    }
    return made;
  }

  private boolean hasEnded(ClientCall op, long status) {
    if (status == -Syslet.ESYSLETPENDING) {
      return false;
    }
    return goOn(op, status);
  }

  /**
   * Goes on with a call of which a host call has ended, and makes those that it still needs.
   *
   * @return whether the call has ended; if not, a host call blocks again.
   */
  boolean goOn(ClientCall op, long status) {
    op.goOn(stepSlot.slot(0), status);
    while (op.takeCall()) {
      int made = kernel.indirect(stepSlot, 0, 1, 0);
      long result = made < 0 ? made : stepSlot.status(0);
      if (result == -Syslet.ESYSLETPENDING) {
        return false;
      }
      op.goOn(stepSlot.slot(0), result);
    }
    return true;
  }

  private void finish(ClientCall op, Batch batch) {
    batch.status(op.slot(), op.status());
    if (op.isLogged) {
      Session session = op.session();
      var _ = session.log.endedInline(session.id(), op.logNumber, op.status());
      wrote = true;
    }
    pool.give(op);
  }

  private void pend(ClientCall op, Batch batch, long since) {
    Session session = op.session();
    blocked = true;
    handOvers.add(System.nanoTime() - since);
    op.detach(session.use(), since);
    session.use().begin();
    session.inFlight.add(1);
    if (!place || (!op.isLogged && log(op) < 0)) {
      op.waiting = batch;
      waiting = op;
      return;
    }
    op.hasPlace = true;
    tookPlace = true;
    session.pending.add(1);
    batch.status(op.slot(), -Syslet.ESYSLETPENDING);
    batch.pending(op);
  }

  /** Gives back what those slots took that were not accepted. */
  private void abandon(int from, int made) {
    for (int i = from; i < count; i++) {
      abandon(run[i], made);
    }
  }

  private void abandon(ClientCall op, int error) {
    op.abandoned();
    if (op.isLogged) {
      Session session = op.session();
      var _ = session.log.endedInline(session.id(), op.logNumber, error);
    }
    pool.give(op);
  }
}
