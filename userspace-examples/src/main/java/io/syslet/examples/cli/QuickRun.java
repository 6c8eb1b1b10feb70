package io.syslet.examples.cli;

import java.io.IOException;

/** What a command does that {@link QuickArguments} understands. */
interface QuickRun {
  /** Threads beyond those that sit in calls in flight. */
  int MORE_WORKERS = 32;

  /** Does it; the exit status. */
  int run() throws IOException, InterruptedException;
}
