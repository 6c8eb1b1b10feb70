package io.syslet.kernel.sim;

/** Known bugs that can be switched on, to see whether they are found. */
public enum Plant {
  /** None: as it should be. */
  NONE,
  /** Now and then a wake-up of one sleeper is dropped. */
  DROPPED_WAKE_UP,
  /** The ring's head moves before the completion is written. */
  HEAD_BEFORE_PAYLOAD,
  /** The block hook fires at each block of a call, not only at the first. */
  HOOK_FIRES_TWICE,
  /** Now and then a completion leaves another reservation behind. */
  LEAKED_RESERVATION,
  /** Now and then a completion is posted twice. */
  COMPLETED_TWICE
}
