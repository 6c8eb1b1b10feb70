package io.syslet.server;

import io.syslet.server.session.Sessions;
import java.time.Duration;

/** Tells a {@link ServiceManager} three times in its patience that each poller has gone round. */
final class Watchdog implements AutoCloseable {
  private final Thread thread;

  private Watchdog(Runnable work) {
    thread = Thread.ofPlatform().daemon().name("syslet-watchdog").start(work);
  }

  /** Begins; there must be a time. */
  static Watchdog start(ServiceManager manager, Sessions sessions) {
    Duration period = manager.watchdog().dividedBy(3);
    return new Watchdog(() -> run(manager, sessions, period));
  }

  private static void run(ServiceManager manager, Sessions sessions, Duration period) {
    try {
      while (true) {
        if (sessions.goRound(period)) {
          manager.alive();
        }
        Thread.sleep(period);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    thread.interrupt();
  }
}
