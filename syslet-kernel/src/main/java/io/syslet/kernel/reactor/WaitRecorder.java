package io.syslet.kernel.reactor;

import org.jspecify.annotations.Nullable;

/** Is told of each call that waits without a thread, if somebody wants to know. Any thread. */
@FunctionalInterface
public interface WaitRecorder {
  /** Records nothing. */
  WaitRecorder NONE = (task, registers) -> null;

  /**
   * A call is about to wait.
   *
   * @param task the id of the task that made it; 0 if that is not known, since the call is another
   *     one of a program.
   * @param registers address of its {@linkplain io.syslet.Registers registers}, for now.
   * @return what is to be told of its end, or null.
   */
  @Nullable Wait begins(long task, long registers);

  /** A call that waits. */
  @FunctionalInterface
  interface Wait {
    /** It is over, or its program is, and its completion has been posted. */
    void ended(long callerData, long status);
  }
}
