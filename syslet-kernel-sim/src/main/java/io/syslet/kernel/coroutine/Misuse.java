package io.syslet.kernel.coroutine;

import org.jspecify.annotations.Nullable;

/** What is said about the misuse of a coroutine. */
final class Misuse {
  private Misuse() {}

  static String enter(Coroutine coroutine, @Nullable Coroutine by) {
    String who = who(by);
    if (coroutine == by) {
      return who + " enters or closes itself";
    }
    return coroutine.isFinished()
        ? who + " enters or closes " + coroutine + ", which cannot be entered again"
        : who + " enters or closes " + coroutine + ", which someone is inside already";
  }

  static String yieldOutside() {
    return who(null) + " yields, but runs in no coroutine";
  }

  private static String who(@Nullable Coroutine coroutine) {
    return coroutine != null
        ? coroutine.toString()
        : "thread '" + Thread.currentThread().getName() + "'";
  }
}
