package io.syslet.kernel.coroutine;

/** The stack of one started coroutine. */
interface Stack {
  /**
   * Runs the coroutine on this stack, until it yields or has finished.
   *
   * @throws IllegalStateException if the caller's stack must not be left now; nothing was run.
   */
  void resume();

  /**
   * Returns to the caller of {@link #resume}; called on this stack.
   *
   * @throws IllegalStateException if this stack cannot be left now; it was not.
   */
  void suspend();

  /** The frames of this stack, innermost first, while it is suspended. */
  StackTraceElement[] trace();

  /** Lets the stack go, after its coroutine has finished. */
  void release();
}
