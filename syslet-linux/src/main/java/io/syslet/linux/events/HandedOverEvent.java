package io.syslet.linux.events;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import jdk.jfr.Timespan;
import org.jspecify.annotations.Nullable;

/** A worker went on with the user of a call that blocks. The event's thread is that worker. */
@Name("syslet.HandedOver")
@Label("Call Handed Over")
@Category({"Java Application", "syslet"})
@Description("A worker went on with the user of a call that blocks")
@StackTrace(false)
public final class HandedOverEvent extends PathCallEvent {
  @Label("From")
  @Description("The worker that stayed behind in the call")
  public @Nullable Thread from;

  @Label("Waited")
  @Description("From the beginning of the call, or of its batch, until its user went on")
  @Timespan(Timespan.NANOSECONDS)
  public long waited;

  @Label("In Flight")
  @Description("Calls that are blocked now")
  public long inFlight;
}
