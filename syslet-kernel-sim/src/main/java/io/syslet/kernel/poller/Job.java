package io.syslet.kernel.poller;

import io.syslet.kernel.coroutine.Coroutine;
import org.jspecify.annotations.Nullable;

/** What a main loop runs: a poller or a bthread. */
abstract sealed class Job permits PollerJob, Bthread {
  final String name;

  /** Where it has yielded; null while it has not. */
  @Nullable Coroutine coroutine;

  /** It has paused, so the next round enters it; else someone else wakes it. */
  boolean paused;

  private int overtime;
  private long longest;

  Job(String name) {
    this.name = name;
  }

  /** Notes that it has run for so long without a pause. */
  final void ran(long ns, MainLoop loop) {
    if (ns > longest) {
      longest = ns;
      if (ns > MainLoop.BLOCKING_NS) {
        loop.warn(this + " blocked for " + ns / 1_000_000 + " ms");
      }
    }
    if (ns > MainLoop.OVERTIME_NS && ++overtime == MainLoop.OVERTIMES) {
      loop.warn(this + " took too long " + overtime + " times, now " + ns / 1_000_000 + " ms");
    }
  }

  /** How often it ran for more than {@link MainLoop#OVERTIME_NS}. */
  public final int overtime() {
    return overtime;
  }

  /** The longest time that it ran without a pause, nanoseconds. */
  public final long longest() {
    return longest;
  }

  /** Its name. */
  public final String name() {
    return name;
  }

  abstract String kind();

  /** Such as {@code poller 'serial'}. */
  @Override
  public final String toString() {
    return kind() + " '" + name + "'";
  }
}
