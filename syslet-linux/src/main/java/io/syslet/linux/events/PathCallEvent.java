package io.syslet.linux.events;

import jdk.jfr.Description;
import jdk.jfr.Label;
import org.jspecify.annotations.Nullable;

/** What events of a task's call say of it that say on which path it was made. */
abstract class PathCallEvent extends TaskCallEvent {
  @Label("Path")
  @Description("The path of the call, or what its descriptor is of")
  public @Nullable String path;
}
