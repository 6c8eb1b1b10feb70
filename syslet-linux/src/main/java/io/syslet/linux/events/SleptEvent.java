package io.syslet.linux.events;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import jdk.jfr.Timespan;
import org.jspecify.annotations.Nullable;

/** A worker slept outside of a call, in a page fault or in native code, and lost its processor. */
@Name("syslet.Slept")
@Label("Worker Slept")
@Category({"Java Application", "syslet"})
@Description("A worker slept outside of a call, and its processor was given to another")
@StackTrace(false)
public final class SleptEvent extends Event {
  @Label("Name")
  @Description("What the thread that ran on it is called")
  public @Nullable String name;

  @Label("Slept")
  @Description(
      "From when the worker lost its processor until it was seen awake or what ran there had left")
  @Timespan(Timespan.NANOSECONDS)
  public long slept;
}
