package io.syslet.linux;

import org.jspecify.annotations.Nullable;

/** What failed while a carrier made a task's calls: thrown where the task asked for them. */
final class TaskFailure {
  private @Nullable Throwable thrown;

  /** By the carrier, which owns the task. */
  void set(Throwable why) {
    thrown = why;
  }

  /** By the task, once. */
  void rethrow() {
    Throwable why = thrown;
    thrown = null;
    switch (why) {
      case null -> {}
      case Error error -> throw error;
      case RuntimeException exception -> throw exception;
      default -> throw new IllegalStateException(why);
    }
  }
}
