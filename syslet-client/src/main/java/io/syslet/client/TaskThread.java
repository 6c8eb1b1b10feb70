package io.syslet.client;

import io.syslet.Program;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The thread of a task of a {@link RemoteKernel}, and its program. */
final class TaskThread extends Thread {
  private final RemoteKernel kernel;
  private final Program program;
  private @Nullable RemoteTask task;

  TaskThread(RemoteKernel kernel, Program program) {
    super("syslet-remote-task");
    this.kernel = kernel;
    this.program = program;
    setDaemon(true);
  }

  /** Is to be the thread of that task; before it starts. */
  void begin(RemoteTask its) {
    task = its;
  }

  boolean isOf(RemoteKernel other) {
    return kernel == other;
  }

  @Override
  public void run() {
    RemoteTask mine = Objects.requireNonNull(task);
    kernel.begun(mine);
    Throwable thrown = null;
    try {
      program.run(kernel);
    } catch (Throwable e) {
      thrown = e;
    }
    kernel.ended(mine, thrown);
  }
}
