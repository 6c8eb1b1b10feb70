package io.syslet.kernel.coroutine;

/**
 * Gives coroutines their stacks, and switches between them. Any thread may use a switch, and
 * coroutines on different switches may enter each other.
 */
public abstract sealed class StackSwitch permits ContinuationSwitch, ThreadSwitch {
  /** Whether the JVM lets us at its continuations. A constant for the compiler. */
  static final boolean HAS_CONTINUATIONS =
      Object.class.getModule().isExported("jdk.internal.vm", StackSwitch.class.getModule());

  StackSwitch() {}

  /**
   * The fast one: stacks are continuations of the JVM.
   *
   * @throws UnsupportedOperationException if the JVM was started without the flag that it needs;
   *     the message names it.
   */
  public static StackSwitch continuations() {
    if (!HAS_CONTINUATIONS) {
      throw new UnsupportedOperationException(
          "the JVM was started without --add-exports java.base/jdk.internal.vm=ALL-UNNAMED");
    }
    return ContinuationSwitch.INSTANCE;
  }

  /**
   * The one that needs nothing of the JVM: stacks are those of threads, a thousand times slower.
   */
  public static StackSwitch threads() {
    return ThreadSwitch.INSTANCE;
  }

  /** A stack for a coroutine that is about to start. */
  abstract Stack stackFor(Coroutine coroutine);
}
