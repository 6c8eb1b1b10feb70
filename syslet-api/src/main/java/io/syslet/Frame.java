package io.syslet;

/** A user function that a worker enters after it has posted the completion of a blocked call. */
@FunctionalInterface
public interface Frame {
  /**
   * Runs as a new task: it has none of the submitter's thread locals, and may call {@code indirect}
   * itself. When it returns, its thread becomes a spare worker.
   *
   * @param sp the frame's stack as the params of the call named it.
   */
  void enter(long sp);
}
