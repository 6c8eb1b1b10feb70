package io.syslet.kernel.coroutine;

import org.jspecify.annotations.Nullable;

/** What is said about the misuse of a coroutine. */
final class Misuse {
  private Misuse() {}

  static String enter(Coroutine coroutine, @Nullable Coroutine by) {
    if (coroutine == by) {
      return who(by) + " enters or closes itself";
    }
    return who(by) + " enters or closes " + coroutine + ", " + why(coroutine);
  }

  private static String why(Coroutine coroutine) {
    if (coroutine.isFinished()) {
      return "which cannot be entered again";
    }
    if (coroutine.entered()) {
      return "which someone is inside already";
    }
    return coroutine.isScheduled()
        ? "which a context is about to enter"
        : "which waits in a queue or for a lock";
  }

  static String outside(String does) {
    return who(null) + " " + does + ", but runs in no coroutine";
  }

  static String scheduledTwice(Coroutine coroutine, @Nullable Coroutine by) {
    return who(by) + " schedules " + coroutine + " twice: a context is about to enter it already";
  }

  static String noContext(Coroutine coroutine) {
    return coroutine + " waits, but no context could wake it: it was entered outside of all";
  }

  static String unlock(String lock, Coroutine by, @Nullable Coroutine holder) {
    return who(by)
        + " unlocks a "
        + lock
        + " that "
        + (holder == null ? "it does not hold" : holder + " holds");
  }

  static String lockTwice(String lock, Coroutine by) {
    return who(by) + " locks a " + lock + " that it holds";
  }

  private static String who(@Nullable Coroutine coroutine) {
    return coroutine != null
        ? coroutine.toString()
        : "thread '" + Thread.currentThread().getName() + "'";
  }
}
