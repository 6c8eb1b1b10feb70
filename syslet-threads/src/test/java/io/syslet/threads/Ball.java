package io.syslet.threads;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/** Two virtual threads that pass a ball; who does not have it parks until the other unparks it. */
final class Ball {
  private final AtomicInteger passes = new AtomicInteger();
  private final List<Thread> players =
      List.of(
          Thread.ofVirtual().unstarted(() -> play(0)), Thread.ofVirtual().unstarted(() -> play(1)));
  private volatile int most;

  private Ball(int most) {
    this.most = most;
  }

  /** Starts two that pass one so often, at most. */
  static Ball start(int most) {
    Ball ball = new Ball(most);
    ball.players.forEach(Thread::start);
    return ball;
  }

  private void play(int own) {
    for (int n = passes.get(); n < most; n = passes.get()) {
      if ((n & 1) != own) {
        LockSupport.park();
      } else {
        passes.set(n + 1);
        LockSupport.unpark(players.get(1 - own));
      }
    }
  }

  /** The two. */
  List<Thread> players() {
    return players;
  }

  /** How often it was passed. */
  int passes() {
    return passes.get();
  }

  /** Has them end now. */
  void drop() {
    most = 0;
    players.forEach(LockSupport::unpark);
  }
}
