package io.syslet.linux.events;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;

/** A call that blocked and was handed over, seen by the worker that stayed behind in it. */
@Name("syslet.CallBlocked")
@Label("Call Blocked")
@Category({"Java Application", "syslet"})
@Description("A call that blocked, from its beginning, or that of its batch, until it returned")
@StackTrace(false)
public final class CallBlockedEvent extends PathCallEvent {
  @Label("Status")
  @Description("What the call returned: its value, or an error as a negative number")
  public long status;
}
