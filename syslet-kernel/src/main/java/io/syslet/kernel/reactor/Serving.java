package io.syslet.kernel.reactor;

import io.syslet.Errno;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** Makes the calls whose file is ready or whose time is over. For the reactor's own thread. */
final class Serving {
  /**
   * After so many a worker makes the call: others are always faster, or what is said is not so, as
   * of a datagram to a socket that takes no more.
   */
  private static final int FRUITLESS = 16;

  private final Reactor reactor;
  private final Watch watch;
  private final ReentrantLock lock;
  private final Tries tries;
  private final List<WaitingCall> looking = new ArrayList<>();

  Serving(Reactor reactor, Watch watch, ReentrantLock lock) {
    this.reactor = reactor;
    this.watch = watch;
    this.lock = lock;
    this.tries = watch.attempt().tries;
  }

  /** Serves those who wait at a file; who only looks is served last. */
  void serve(WatchedFile file, int events) {
    if ((events & ~Epoll.OUT) != 0) {
      serve(file, file.readers, false);
    }
    if ((events & (Epoll.OUT | Epoll.BROKEN)) != 0) {
      serve(file, file.writers, true);
    }
    look(file);
    lock.lock();
    try {
      watch.served(file);
    } finally {
      lock.unlock();
    }
  }

  /** One after the other, until one has to wait again. */
  private void serve(WatchedFile file, Waiter.Queue queue, boolean isOut) {
    WaitingCall call = take(queue);
    while (call != null && serve(file, queue, call, isOut)) {
      call = take(queue);
    }
  }

  /** Whether the next one may be served. */
  private boolean serve(WatchedFile file, Waiter.Queue queue, WaitingCall call, boolean isOut) {
    if (call.needsWorker && tries.isReady(file.fd, isOut)) {
      lend(queue, call);
      return false;
    }
    long status = call.needsWorker ? -Errno.EAGAIN : call.tried(tries);
    if (status != -Errno.EAGAIN) {
      reactor.finished(call, status);
      return true;
    }
    if (++call.fruitless > FRUITLESS) {
      lend(queue, call);
    } else {
      back(call);
    }
    return false;
  }

  private void lend(Waiter.Queue queue, WaitingCall call) {
    lock.lock();
    try {
      queue.isLent = true;
    } finally {
      lock.unlock();
    }
    reactor.lend(call);
  }

  private @Nullable WaitingCall take(Waiter.Queue queue) {
    lock.lock();
    try {
      Waiter next = queue.next();
      return next == null ? null : take(next);
    } finally {
      lock.unlock();
    }
  }

  private WaitingCall take(Waiter waiter) {
    watch.unlist(waiter.call);
    waiter.call.state = WaitingCall.BUSY;
    return waiter.call;
  }

  private void back(WaitingCall call) {
    boolean waits;
    lock.lock();
    try {
      waits = watch.back(call);
    } finally {
      lock.unlock();
    }
    if (!waits) {
      reactor.finished(call, call.cut(Math.max(call.asked(), Errno.EINTR)));
    }
  }

  /** Serves all that look at a file, as one takes nothing from another. */
  private void look(WatchedFile file) {
    lock.lock();
    try {
      for (Waiter first = file.lookers.first(); first != null; first = file.lookers.first()) {
        looking.add(take(first));
      }
    } finally {
      lock.unlock();
    }
    for (WaitingCall call : looking) {
      long status = call.tried(tries);
      if (status == -Errno.EAGAIN) {
        back(call);
      } else {
        reactor.finished(call, status);
      }
    }
    looking.clear();
  }

  /** Ends the calls whose time is over. */
  void expire() {
    for (WaitingCall call = over(); call != null; call = over()) {
      reactor.finished(call, call.over());
    }
  }

  private @Nullable WaitingCall over() {
    lock.lock();
    try {
      return watch.over();
    } finally {
      lock.unlock();
    }
  }
}
