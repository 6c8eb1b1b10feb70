package io.syslet.linux.events;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Enabled;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import jdk.jfr.Threshold;

/**
 * A call that ended before its caller went on. Where this is recorded, calls are made one at a
 * time.
 */
@Name("syslet.Call")
@Label("Call")
@Category({"Java Application", "syslet"})
@Description("A call that ended before its caller went on")
@Enabled(false)
@Threshold("0 ns")
@StackTrace(false)
public final class CallEvent extends PathCallEvent {
  @Label("Status")
  @Description("What the call returned: its value, or an error as a negative number")
  public long status;
}
