package io.syslet.examples;

import io.syslet.Calls;

/** Which calls of a walk may go on without it. */
public enum Mode {
  /** All: open, getdents64, statx, close. */
  ASYNC,

  /** statx alone, as Linus asked. */
  LSTAT_ONLY,

  /** None. */
  SYNC;

  /** Has the others made plainly, than {@code lstat} by its number. */
  Calls applyTo(Calls calls, long lstat) {
    return switch (this) {
      case ASYNC -> calls;
      case LSTAT_ONLY -> calls.plainly(nr -> nr != lstat);
      case SYNC -> calls.plainly(nr -> true);
    };
  }
}
