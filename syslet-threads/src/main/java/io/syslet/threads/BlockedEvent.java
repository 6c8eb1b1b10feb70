package io.syslet.threads;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import jdk.jfr.Timespan;
import org.jspecify.annotations.Nullable;

/**
 * A threadlet slept on its worker for 20 ms or more. The event begins when that was seen, and ends
 * when the threadlet has left the worker.
 */
@Name("syslet.Blocked")
@Label("Threadlet Blocked")
@Category({"Java Application", "syslet"})
@Description("A threadlet slept on its worker; another worker went on with the others")
@StackTrace(false)
final class BlockedEvent extends Event {
  @Label("Threadlet")
  @Description("What the threadlet is called")
  @Nullable String threadlet;

  @Label("Threadlet Id")
  @Description("Thread.threadId() of the threadlet; 0 if it is not known")
  long threadletId;

  @Label("Worker")
  @Nullable Thread worker;

  @Label("Held")
  @Description("From when the worker lost its processor until the threadlet left it")
  @Timespan(Timespan.NANOSECONDS)
  long held;

  @Label("Frames")
  @Description("The threadlet's stack where it slept, or just behind if that was a page fault")
  @Nullable String frames;
}
