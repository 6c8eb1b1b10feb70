package io.syslet.kernel.reactor;

import io.syslet.kernel.Uninterruptibly;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The thread of a reactor, and what it watches: files and times. What is guarded by the lock of the
 * reactor says so by asking for it.
 */
final class Watch implements Runnable {
  private static final long LONGEST_NANOS = 3_600_000_000_000L;

  private final Reactor reactor;
  private final ReentrantLock lock;
  private final long idleNanos;
  private final TimerHeap timers = new TimerHeap();

  private @Nullable Attempt attempt;
  private @Nullable Watched watched;
  private @Nullable Thread thread;
  private int counted;
  private long idleSince;
  private long sleepsUntil;
  private boolean ending;

  /** What is there as long as the thread is. */
  private record Watched(Epoll epoll, WatchedFiles files) {}

  Watch(Reactor reactor, ReentrantLock lock, long idleNanos) {
    this.reactor = reactor;
    this.lock = lock;
    this.idleNanos = idleNanos;
  }

  // ---- with the lock

  /** One more call keeps it awake: false if it cannot be. */
  boolean opens() {
    boolean open = !ending && (watched != null || starts());
    counted += open ? 1 : 0;
    return open;
  }

  private boolean starts() {
    Epoll epoll = Epoll.open(reactor.door);
    if (epoll == null) {
      return false;
    }
    Thread made = Thread.ofPlatform().daemon().name("syslet-reactor").unstarted(this);
    watched = new Watched(epoll, new WatchedFiles(reactor.door, epoll));
    thread = made;
    return starts(made, epoll);
  }

  private boolean starts(Thread made, Epoll epoll) {
    try {
      made.start();
      return true;
    } catch (OutOfMemoryError e) {
      thread = null;
      watched = null;
      epoll.close();
      return false;
    }
  }

  /** A call does not keep it awake any more. */
  void leaves() {
    if (--counted == 0) {
      idleSince = System.nanoTime();
      wake();
    }
  }

  @Nullable WatchedFile keep(long fd, @Nullable FileKey key) {
    Watched now = watched;
    return now == null ? null : now.files.keep(fd, key);
  }

  /** Takes a call's files from it. */
  void release(WaitingCall call) {
    Watched now = watched;
    for (Waiter place = call.places; place != null && now != null; place = place.more) {
      now.files.release(place.file);
    }
    call.places = null;
  }

  /** Lists a call where it waits: false if it cannot wait here. */
  boolean lists(WaitingCall call) {
    Watched now = watched;
    if (now == null
        || (call.places == null && !call.form().isSleep() && !call.form().isPolling())) {
      return false;
    }
    for (Waiter place = call.places; place != null; place = place.more) {
      Waiter.Queue queue = place.file.queue(place);
      queue.addLast(place);
      if (now.files.arm(place.file, queue.isLent ? 0 : place.events) < 0) {
        unlist(call);
        return false;
      }
    }
    times(call, now.epoll);
    return true;
  }

  private void times(WaitingCall call, Epoll epoll) {
    if (call.due() != Times.NEVER) {
      timers.add(call);
      if (call.due() - sleepsUntil < 0) {
        sleepsUntil = call.due();
        epoll.wake();
      }
    }
  }

  /** Takes a call out of all lists. */
  void unlist(WaitingCall call) {
    for (Waiter place = call.places; place != null; place = place.more) {
      place.file.queue(place).remove(place);
    }
    timers.remove(call);
  }

  /** A worker has made a call on a file, which others may have now. */
  void returned(WaitingCall call) {
    Waiter place = call.places;
    Watched now = watched;
    if (place != null && now != null && place.file.queue(place).isLent) {
      place.file.queue(place).isLent = false;
      long _ = now.files.arm(place.file, place.file.wanted());
    }
  }

  /** The calls at a file have been served: asks for the next report. */
  void served(WatchedFile file) {
    Watched now = watched;
    if (now != null) {
      long _ = now.files.arm(file, file.wanted());
      now.files.release(file);
    }
  }

  /** The call whose time is over, off the lists; null if there is none. */
  @Nullable WaitingCall over() {
    WaitingCall call = timers.over(System.nanoTime());
    if (call != null) {
      unlist(call);
      call.state = WaitingCall.BUSY;
    }
    return call;
  }

  /** A call that could not be made after all waits again, in its place; false if it is to end. */
  boolean back(WaitingCall call) {
    Watched now = watched;
    if (call.state != WaitingCall.BUSY || call.wish != null || now == null) {
      return false;
    }
    for (Waiter place = call.places; place != null; place = place.more) {
      if (call.form().isPolling()) {
        place.file.queue(place).addLast(place);
        long _ = now.files.arm(place.file, place.events);
      } else {
        place.file.queue(place).addFirst(place);
      }
    }
    times(call, now.epoll);
    call.state = WaitingCall.WAITING;
    return true;
  }

  // ---- the thread

  /** What makes calls on its own thread. */
  Attempt attempt() {
    Attempt own = attempt;
    if (own == null) {
      own = new Attempt(reactor, 0);
      attempt = own;
    }
    return own;
  }

  boolean isCurrent() {
    return Thread.currentThread() == thread;
  }

  @Override
  public void run() {
    Serving serving = new Serving(reactor, this, lock);
    for (Watched now = begins(); now != null; now = begins()) {
      int found = now.epoll.await(Math.max(0, sleepsUntil - System.nanoTime()));
      for (int i = 0; i < found; i++) {
        int index = now.epoll.index(i);
        WatchedFile file = index < 0 ? null : reported(now.files, index);
        if (file != null) {
          serving.serve(file, now.epoll.events(i));
        }
      }
      serving.expire();
    }
  }

  /**
   * A round begins: what is watched, until {@link #sleepsUntil}; null if the thread is to leave.
   */
  private @Nullable Watched begins() {
    lock.lock();
    try {
      long now = System.nanoTime();
      Watched open = watched;
      if (open == null || ending || (counted == 0 && now - idleSince >= idleNanos)) {
        leave(open);
        return null;
      }
      long idle = counted == 0 ? idleSince + idleNanos : now + LONGEST_NANOS;
      sleepsUntil = timers.first() - idle < 0 ? timers.first() : idle;
      return open;
    } finally {
      lock.unlock();
    }
  }

  private void leave(@Nullable Watched open) {
    thread = null;
    watched = null;
    if (open != null) {
      open.files.close();
      open.epoll.close();
    }
  }

  /** The file that is reported, which nobody lets go of meanwhile; null if somebody has. */
  private @Nullable WatchedFile reported(WatchedFiles files, int index) {
    lock.lock();
    try {
      WatchedFile file = files.at(index);
      if (file != null) {
        file.asked = 0;
        file.uses++;
      }
      return file;
    } finally {
      lock.unlock();
    }
  }

  /** Ends the thread for good. Without the lock. */
  void end() {
    Thread last;
    lock.lock();
    try {
      ending = true;
      last = thread;
      wake();
    } finally {
      lock.unlock();
    }
    if (last != null) {
      Uninterruptibly.join(last);
    }
  }

  private void wake() {
    Watched now = watched;
    if (now != null && !isCurrent()) {
      now.epoll.wake();
    }
  }
}
