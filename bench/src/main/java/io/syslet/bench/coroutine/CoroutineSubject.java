package io.syslet.bench.coroutine;

import io.syslet.kernel.coroutine.StackSwitch;

/**
 * A way of having coroutines. All is done in the calling thread, unless the name says otherwise.
 */
interface CoroutineSubject {
  /** A coroutine that was made. */
  interface Co {
    /** Runs it until it yields or has finished. */
    void enter();
  }

  /** One that does {@code count} and has finished. */
  Co counter(long[] count);

  /** One that yields for ever, and does {@code count} before each. */
  Co yielder(long[] count);

  /** One that makes and enters another, so many deep. */
  Co nest(int depth, long[] count);

  /** The one of that name. */
  static CoroutineSubject of(String name) {
    return switch (name) {
      case CoroutineReport.OURS -> new OurCoroutines(StackSwitch.continuations());
      case CoroutineReport.ON_THREADS -> new OurCoroutines(StackSwitch.threads());
      case CoroutineReport.BARE -> new BareContinuations();
      case CoroutineReport.KOTLIN -> new KotlinCoroutines();
      case CoroutineReport.VIRTUAL -> new VirtualThreadCoroutines();
      default -> throw new IllegalArgumentException(name);
    };
  }
}
