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
  private final HostEntry entry;
  private final Policy policy;
  private final ClientCallPool pool;
  private final HandOverTimes handOvers;
  private final CallSlots slots;
  private final ClientCall[] run = new ClientCall[CallBatch.CAPACITY];
  private int count;
  private int calls;
  private int refusal;
  private boolean blocked;
  private boolean place;
  private boolean hold;
  private boolean tookPlace;
  private @Nullable ClientCall waiting;

  /**
   * @param ring of the poller: host calls that block complete to it.
   */
  BatchRun(
      Kernel kernel,
      HostEntry entry,
      Policy policy,
      ClientCallPool pool,
      HandOverTimes handOvers,
      CompletionRing ring) {
    this.entry = entry;
    this.policy = policy;
    this.pool = pool;
    this.handOvers = handOvers;
    this.slots = CallSlots.allocate(kernel.arena(), CallBatch.CAPACITY, ring);
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
  int make(Session session, CallBatch batch, int most, boolean hasPlace, boolean mayHold) {
    place = hasPlace;
    hold = mayHold;
    tookPlace = false;
    blocked = false;
    waiting = null;
    int flags = batch.flags();
    if ((flags & ~Syslet.FLAGS) != 0) {
      return -Errno.EINVAL;
    }
    int accepted = 0;
    while (accepted < most && !blocked) {
      gather(session, batch, accepted, flags == 0 && hasPlace ? most : accepted + 1);
      int made = count == 0 ? refusal : makeRun(flags);
      if (made <= 0) {
        return accepted == 0 ? made : accepted;
      }
      accepted += made;
    }
    return accepted;
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

  private void gather(Session session, CallBatch batch, int from, int to) {
    count = 0;
    calls = 0;
    refusal = 0;
    for (int i = from; i < to; i++) {
      refusal = check(batch.slot(i));
      ClientCall call = refusal < 0 ? null : pool.take();
      if (call == null) {
        refusal = refusal < 0 ? refusal : -Errno.EAGAIN;
        return;
      }
      call.begin(session, batch, i, policy);
      if (!start(call, batch.flags()) || call.isAlone()) {
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
                    | Memory.getInt(params + Params.FILE_FLAGS))
                == 0
            && (Memory.getInt(params + Params.TARGET) & ~Syslet.TIMED) == 0;
    boolean isTimed = Memory.getInt(params + Params.TARGET) != 0;
    boolean isInTime = !isTimed || Memory.getLong(slot + CallSlots.DEADLINE) >= 0;
    return isPlain && isInTime ? 0 : -Errno.EINVAL;
  }

  /** Starts a call and adds it to the run: false if it cannot be part of it. */
  private boolean start(ClientCall call, int flags) {
    boolean hasEffects = call.hasEffects();
    if (hasEffects && count > 0) {
      pool.give(call);
      return false;
    }
    call.start(slots.slot(calls), place);
    boolean mustSeeOthersEnd = call.isDone() && call.status() == -Errno.EBADF && calls > 0;
    refusal = mustSeeOthersEnd ? 0 : admit(call, hasEffects, flags);
    if (refusal < 0 || mustSeeOthersEnd) {
      abandon(call, refusal);
      return false;
    }
    run[count++] = call;
    calls += call.isDone() ? 0 : 1;
    return true;
  }

  private static int admit(ClientCall call, boolean hasEffects, int flags) {
    if (call.isDone()) {
      return 0;
    }
    if ((flags & Syslet.NONBLOCK) != 0 && call.isAlone()) {
      return -Errno.EOPNOTSUPP;
    }
    if (!hasEffects) {
      return 0;
    }
    call.standAlone();
    return call.logBeginForGood();
  }

  // ---- making

  /** Makes the calls of the run: how many slots were accepted; −errno if the first was not. */
  private int makeRun(int flags) {
    long since = System.nanoTime();
    int made = calls == 0 ? 0 : place ? entry.make(slots, calls, flags) : squeeze(flags);
    int host = 0;
    int done = 0;
    while (done < count && !blocked) {
      ClientCall call = run[done];
      boolean isHost = call.takeCall();
      if (isHost && host >= made) {
        break;
      }
      call.accepted();
      if (isHost && !hasEnded(call, slots.status(host++))) {
        pend(call, since);
      } else if (call.isRefused()) {
        abandonFrom(done, -Errno.EAGAIN);
        return done > 0 ? done : -Errno.EAGAIN;
      } else {
        finish(call);
      }
      done++;
    }
    abandonFrom(done, made);
    return done > 0 ? done : made;
  }

  /** Makes the one call of a run without a place for it. */
  private int squeeze(int flags) {
    int made = -Errno.EOPNOTSUPP;
    if (!run[0].isAlone()) {
      made = entry.make(slots, 1, flags | Syslet.NONBLOCK);
    }
    boolean tryPlainly = made == -Errno.EOPNOTSUPP && (flags & Syslet.NONBLOCK) == 0;
    if (tryPlainly) {
      made = hold ? entry.make(slots, 1, flags) : -Errno.EAGAIN;
    }
    return made;
  }

  private boolean hasEnded(ClientCall call, long status) {
    return status != -Syslet.ESYSLETPENDING && entry.goOn(call, status);
  }

  private void finish(ClientCall call) {
    call.answer(call.status());
    call.logInlineEnd(call.status());
    pool.give(call);
  }

  private void pend(ClientCall call, long since) {
    blocked = true;
    handOvers.add(System.nanoTime() - since);
    call.block(since);
    if (!place || (!call.isLogged() && call.logBegin() < 0)) {
      waiting = call;
    } else {
      tookPlace = true;
      call.goPending();
    }
  }

  /** Gives back what those slots took that were not accepted. */
  private void abandonFrom(int from, int made) {
    for (int i = from; i < count; i++) {
      abandon(run[i], made);
    }
  }

  private void abandon(ClientCall call, int error) {
    call.abandoned();
    call.logInlineEnd(error);
    pool.give(call);
  }
}
