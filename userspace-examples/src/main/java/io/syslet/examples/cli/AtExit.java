package io.syslet.examples.cli;

import java.util.concurrent.atomic.AtomicBoolean;

/** What is left to be done at the end of a command, once, also when a signal ends it. */
final class AtExit implements Runnable {
  private final Runnable work;
  private final AtomicBoolean done = new AtomicBoolean();

  private AtExit(Runnable work) {
    this.work = work;
  }

  /** Has it done when the JVM shuts down, if nobody has {@linkplain #run run} it before. */
  static AtExit of(Runnable work) {
    AtExit ending = new AtExit(work);
    Runtime.getRuntime().addShutdownHook(new Thread(ending, "syslet-ending"));
    return ending;
  }

  /** Does it, or waits until it has been done. */
  @Override
  public synchronized void run() {
    if (done.compareAndSet(false, true)) {
      work.run();
    }
  }
}
