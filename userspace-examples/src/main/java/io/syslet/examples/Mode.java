package io.syslet.examples;

/** Which calls of a walk may go on without it. */
public enum Mode {
  /** All: open, getdents64, statx, close. */
  ASYNC,

  /** statx alone, as Linus asked. */
  LSTAT_ONLY,

  /** None. */
  SYNC
}
