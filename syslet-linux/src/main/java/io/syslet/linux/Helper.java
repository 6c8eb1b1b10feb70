package io.syslet.linux;

import io.syslet.Nr;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** A thread that makes {@linkplain PuntedCall punted calls}, one after the other. */
final class Helper extends Thread {
  private final Helpers helpers;

  /** The idle one below it. Of {@link Helpers}. */
  @Nullable Helper below;

  private volatile boolean woken;
  private volatile boolean quits;
  private long tid;

  Helper(Helpers helpers, String name) {
    super(null, null, name, 0, false);
    this.helpers = helpers;
    setDaemon(true);
  }

  /** Its thread id, as Linux knows it. For itself. */
  long tid() {
    return tid;
  }

  @Override
  public void run() {
    tid = Native.syscall(Nr.GETTID, 0, 0, 0, 0, 0, 0);
    helpers.work(this);
  }

  /** Ends its sleep, or the next one. */
  void wake() {
    woken = true;
    LockSupport.unpark(this);
  }

  /** Ends its sleeps. */
  void quit() {
    quits = true;
    LockSupport.unpark(this);
  }

  /**
   * Sleeps until woken, for so many nanoseconds at most and only before it quits: whether it was.
   * For itself.
   */
  boolean sleeps(long nanos) {
    long begin = System.nanoTime();
    for (long left = nanos;
        !woken && !quits && left > 0;
        left = begin + nanos - System.nanoTime()) {
      LockSupport.parkNanos(this, left);
    }
    boolean was = woken;
    if (was) {
      woken = false;
    }
    return was;
  }
}
