package io.syslet.examples;

import io.syslet.Kernel;
import io.syslet.Program;
import io.syslet.SyscallException;
import io.syslet.Task;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.ExecutionException;

/** Runs programs that say by an {@link UncheckedIOException} what they could not read or write. */
public final class Programs {
  private Programs() {}

  /**
   * Runs a program as a task, and waits for its end.
   *
   * @throws IOException as the program said it, or with what a {@link SyscallException} says.
   * @throws IllegalStateException with what else the program threw, as its cause.
   */
  public static void run(Kernel kernel, Program program) throws IOException, InterruptedException {
    join(kernel.start(program));
  }

  /** Waits for the end of a task; throws as {@link #run} does. */
  public static void join(Task task) throws IOException, InterruptedException {
    try {
      task.join();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof UncheckedIOException failed) {
        throw failed.getCause();
      }
      if (e.getCause() instanceof SyscallException failed) {
        throw new IOException(failed.getMessage(), failed);
      }
      throw new IllegalStateException(e.getCause());
    }
  }
}
