package io.syslet;

/** User code that a {@link Kernel} runs as a task. */
@FunctionalInterface
public interface Program {
  /**
   * Runs in a thread of its own, which stays the same {@link Thread} whatever call blocks in it.
   *
   * @param kernel the kernel whose task this is.
   * @throws Exception what the program ends with; {@link Task#join} throws it on.
   */
  void run(Kernel kernel) throws Exception;
}
