package io.syslet.linux.events;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;

/** A call that needed no thread while it waited. The event's thread is whose post it was. */
@Name("syslet.Waited")
@Label("Call Waited")
@Category({"Java Application", "syslet"})
@Description("A call that waited without a worker, until its completion was posted")
@StackTrace(false)
public final class WaitedEvent extends PathCallEvent {
  @Label("Status")
  @Description("What was posted: a value, or an error as a negative number")
  public long status;

  @Label("Caller Data")
  public long callerData;
}
