package io.syslet.linux.events;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import org.jspecify.annotations.Nullable;

/**
 * A worker slept in the calls of a task, and was not replaced. A sleep of the JVM's own counts too.
 */
@Name("syslet.Missed")
@Label("Hand-Over Missed")
@Category({"Java Application", "syslet"})
@Description("A worker slept and was not replaced")
@StackTrace(false)
public final class MissedEvent extends Event {
  @Label("Task")
  @Description("Task.id() of the task that made the call")
  public long task;

  @Label("Call")
  @Description("What the call is called, where that is known")
  public @Nullable String call;

  @Label("Path")
  @Description("The path of the call, or what its descriptor is of")
  public @Nullable String path;

  @Label("Sleeps")
  @Description("How often")
  public long sleeps;
}
