package io.syslet.client;

/** What the thread is whose calls a {@link RemoteTask} makes. */
enum TaskRole {
  /** The thread of a task. */
  TASK,

  /** A thread that is no task of the kernel. */
  PLAIN,

  /** It goes on with the program of a call in flight. */
  BACKGROUND
}
