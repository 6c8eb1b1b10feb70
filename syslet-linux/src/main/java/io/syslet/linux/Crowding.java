package io.syslet.linux;

import java.lang.foreign.Arena;

/**
 * Whether other programs use {@value #OTHERS} of all processors or more, as far as that matters: it
 * is looked at once calls are handed over late, and until then what the start was like holds.
 */
final class Crowding {
  private static final double OTHERS = 0.3;

  private final OtherLoad others;
  private volatile boolean isThere;
  private long lateBefore;

  /**
   * Begins.
   *
   * @param atFirst what is taken for true until it is looked at.
   */
  Crowding(boolean atFirst, Arena arena) {
    this.others = new OtherLoad(arena);
    this.isThere = atFirst;
  }

  /** Whether they do. Any thread may ask. */
  boolean isThere() {
    return isThere;
  }

  /**
   * Looks, now and then. One thread.
   *
   * @param late how many calls were handed over late so far.
   */
  void look(long late) {
    if (late == lateBefore && !isThere) {
      others.end();
      return;
    }
    lateBefore = late;
    isThere = others.isBegun() ? others.share() >= OTHERS : isThere;
    others.begin();
  }
}
