package io.syslet.linux.events;

import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import org.jspecify.annotations.Nullable;

/** What events of a task's call say of it. */
abstract class TaskCallEvent extends Event {
  @Label("Task")
  @Description("Task.id() of the task that made the call")
  public long task;

  @Label("Call")
  @Description("What the call is called, where that is known")
  public @Nullable String call;
}
