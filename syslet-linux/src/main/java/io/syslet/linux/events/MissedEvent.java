package io.syslet.linux.events;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;

/**
 * A worker slept in the calls of a task, and was not replaced. A sleep of the JVM's own counts too.
 */
@Name("syslet.Missed")
@Label("Hand-Over Missed")
@Category({"Java Application", "syslet"})
@Description("A worker slept and was not replaced")
@StackTrace(false)
public final class MissedEvent extends PathCallEvent {
  @Label("Sleeps")
  @Description("How often")
  public long sleeps;
}
