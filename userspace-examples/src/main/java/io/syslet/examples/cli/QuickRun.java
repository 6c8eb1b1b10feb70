package io.syslet.examples.cli;

import java.io.IOException;

/** What a command does that {@link QuickArguments} understands. */
interface QuickRun {
  /** Does it; the exit status. */
  int run() throws IOException, InterruptedException;
}
