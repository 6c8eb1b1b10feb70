package io.syslet.kernel.sim;

/** Thrown in the program of a task that was killed, so that its stack unwinds. */
@SuppressWarnings("serial")
public final class TaskKilled extends Error {
  TaskKilled(long task) {
    super("task " + task + " was killed", null, false, false);
  }
}
