package io.syslet.kernel.coroutine;

/** Unwinds the stack of a coroutine that is closed while suspended. */
@SuppressWarnings("serial")
final class CoroutineClosed extends Error {
  CoroutineClosed(Coroutine coroutine) {
    super(coroutine + " was closed", null, false, false);
  }
}
