package io.syslet.threads;

/** Figures when everything has come to rest. */
final class Settled {
  private Settled() {}

  /**
   * How many carriers are blocked for longer than a moment: one that has slept counts until it has
   * left its thread, a little after whoever joined that thread has gone on.
   */
  static int blocked(ThreadletsMXBean figures) throws InterruptedException {
    for (int i = 0; i < 1000 && figures.getBlocked() > 0; i++) {
      Thread.sleep(1);
    }
    return figures.getBlocked();
  }
}
