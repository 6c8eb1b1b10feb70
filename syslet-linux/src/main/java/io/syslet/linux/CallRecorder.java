package io.syslet.linux;

import io.syslet.CallSlots;
import io.syslet.kernel.Submission;
import io.syslet.linux.events.CallBlockedEvent;
import io.syslet.linux.events.CallEvent;
import io.syslet.linux.events.CompletedEvent;
import io.syslet.linux.events.HandedOverEvent;
import io.syslet.linux.events.MissedEvent;
import io.syslet.ring.Memory;
import org.jspecify.annotations.Nullable;

/**
 * Records the calls of a carrier, while somebody wants them. For the carrier's own thread, but
 * where a method says otherwise.
 *
 * <p>What a call was can be told only before its user goes on, so whoever takes over looks; and the
 * carrier, once it knows that its user has gone, writes down both ends of the call.
 */
final class CallRecorder {
  /** What took less has not slept. */
  private static final long SLEEP_NANOS = 10_000;

  private final CallEvent call = new CallEvent();
  private final CallBlockedEvent blocked = new CallBlockedEvent();
  private final CompletedEvent completed = new CompletedEvent();
  private long began;
  private long task;
  private @Nullable MadeCall left;

  /** A call or a batch of a task is about to begin. */
  void begin(long taskId) {
    task = taskId;
    left = null;
    began = System.nanoTime();
    call.begin();
    blocked.begin();
  }

  /** The one call has ended: whether it took so long that it may have slept. */
  boolean ended(long slot) {
    call.end();
    if (call.shouldCommit()) {
      MadeCall made = MadeCall.at(slot);
      call.task = task;
      call.call = made.name();
      call.path = made.path();
      call.status = Memory.getLong(slot + CallSlots.STATUS);
      call.commit();
    }
    return System.nanoTime() - began > SLEEP_NANOS;
  }

  /** The carrier has slept, and was not replaced; in the call of a slot, or 0. */
  static void missed(long task, long slot, long sleeps) {
    MissedEvent missed = new MissedEvent();
    if (missed.isEnabled()) {
      MadeCall made = slot == 0 ? null : MadeCall.at(slot);
      missed.task = task;
      missed.call = made == null ? null : made.name();
      missed.path = made == null ? null : made.path();
      missed.sleeps = sleeps;
      missed.commit();
    }
  }

  /** The user of the call in a slot is about to go on without it. By whoever takes over. */
  void handedOver(long slot, Thread from, long inFlight) {
    MadeCall made = MadeCall.at(slot);
    left = made;
    HandedOverEvent event = new HandedOverEvent();
    if (event.isEnabled()) {
      event.task = task;
      event.call = made.name();
      event.path = made.path();
      event.from = from;
      event.waited = System.nanoTime() - began;
      event.inFlight = inFlight;
      event.commit();
    }
  }

  /** The call that was handed over has returned. */
  void returned(long status) {
    blocked.end();
    blocked.status = status;
  }

  /** Its completion is being posted. */
  void completes() {
    completed.begin();
  }

  /** Its completion has been posted. */
  void completed(Submission of, long callerData, long status, long inFlight) {
    completed.end();
    completed.task = task;
    completed.callerData = callerData;
    completed.status = status;
    completed.inFlight = inFlight;
    completed.unread = of.unread();
  }

  /** Nobody else looks at the call any more: writes it down. */
  void over() {
    MadeCall made = left;
    if (made == null) {
      return;
    }
    blocked.task = task;
    blocked.call = made.name();
    blocked.path = made.path();
    blocked.commit();
    completed.call = made.name();
    completed.commit();
  }
}
