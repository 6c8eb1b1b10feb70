package io.syslet.linux.events;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Enabled;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import org.jspecify.annotations.Nullable;

/** What ran on a worker, from when it came there until it left. */
@Name("syslet.Turn")
@Label("Turn")
@Category({"Java Application", "syslet"})
@Description("What ran on a worker, from when it came there until it left")
@Enabled(false)
@StackTrace(false)
public final class TurnEvent extends Event {
  @Label("Task")
  @Description("Task.id() of the task; 0 for a virtual thread")
  public long task;

  @Label("Name")
  @Description("What the thread is called")
  public @Nullable String name;

  @Label("Handed Over")
  @Description("Whether it left because a call was handed over")
  public boolean handedOver;
}
