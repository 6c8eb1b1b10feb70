package io.syslet.linux.events;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;

/**
 * The completion of a call that had been handed over was posted, by the worker that stayed behind.
 */
@Name("syslet.Completed")
@Label("Call Completed")
@Category({"Java Application", "syslet"})
@Description("The completion of a call that had been handed over was posted")
@StackTrace(false)
public final class CompletedEvent extends TaskCallEvent {
  @Label("Status")
  @Description("What the call returned: its value, or an error as a negative number")
  public long status;

  @Label("Caller Data")
  public long callerData;

  @Label("In Flight")
  @Description("Calls that are blocked now")
  public long inFlight;

  @Label("Unread")
  @Description("Completions in the ring that nobody has read yet")
  public long unread;
}
