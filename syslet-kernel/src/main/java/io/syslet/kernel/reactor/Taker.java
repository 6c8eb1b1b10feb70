package io.syslet.kernel.reactor;

import io.syslet.Errno;
import io.syslet.Nr;
import io.syslet.kernel.CallDescriptors;
import io.syslet.kernel.Cancellation;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Ends calls before their time: one that waits at once; one at a worker by a signal, which its
 * thread minds while it is in the call, and only then. Any thread.
 */
final class Taker {
  private final Reactor reactor;
  private final Watch watch;
  private final ReentrantLock lock;

  Taker(Reactor reactor, Watch watch, ReentrantLock lock) {
    this.reactor = reactor;
    this.watch = watch;
    this.lock = lock;
  }

  /** {@link io.syslet.kernel.PendingCall#take}. */
  int take(WaitingCall call, Cancellation by) {
    boolean waits;
    long threadId;
    lock.lock();
    try {
      if (call.wish != by && (call.wish != null || call.state > WaitingCall.WAITING)) {
        return call.wish != null ? -Errno.EALREADY : -Errno.ENOENT;
      }
      call.wish = by;
      waits = takes(call);
      threadId = call.threadId;
    } finally {
      lock.unlock();
    }
    if (waits) {
      reactor.finished(call, call.cut(by.error()));
    } else if (threadId != 0 && !CallDescriptors.closes(call.nr)) {
      by.signal(() -> reactor.door.interrupt(threadId));
    }
    return by.outcome();
  }

  /** With the lock: takes a call off the lists, if it waits. */
  private boolean takes(WaitingCall call) {
    boolean waits = call.state == WaitingCall.WAITING;
    if (waits) {
      watch.unlist(call);
      call.state = WaitingCall.BUSY;
    }
    return waits;
  }

  /** The current thread, a worker, is about to make a call: false if that is to end. */
  boolean begins(WaitingCall call) {
    long threadId = reactor.door.call(Nr.GETTID, 0, 0, 0, 0, 0, 0);
    lock.lock();
    try {
      boolean wanted = call.asked() == 0 && call.state == WaitingCall.BUSY;
      call.threadId = wanted ? threadId : 0;
      return wanted;
    } finally {
      lock.unlock();
    }
  }

  /** It has made it: no signal comes any more, and those that were sent have come. */
  void ends(WaitingCall call) {
    Cancellation wish;
    lock.lock();
    try {
      call.threadId = 0;
      wish = call.wish;
    } finally {
      lock.unlock();
    }
    if (wish != null && wish.close()) {
      long _ = reactor.door.call(Nr.GETPPID, 0, 0, 0, 0, 0, 0);
    }
  }

  /** Completes a call at the end of the kernel, in its thread's place if it has one. */
  void cancel(WaitingCall call, long status) {
    boolean waits;
    boolean busy;
    lock.lock();
    try {
      waits = takes(call);
      busy = !waits && call.state == WaitingCall.BUSY;
      if (busy) {
        call.state = WaitingCall.CANCELING;
      }
    } finally {
      lock.unlock();
    }
    if (waits) {
      reactor.cancelled(call);
    } else if (busy) {
      call.submission.complete(call.callerData, status);
      call.state = WaitingCall.CANCELED;
    }
  }
}
