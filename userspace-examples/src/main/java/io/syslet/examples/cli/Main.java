package io.syslet.examples.cli;

import io.syslet.linux.LinuxKernel;

/** The {@code syslet} command. */
public final class Main {
  /** Everything was read. */
  static final int OK = 0;

  /** Something could not be read. */
  static final int INCOMPLETE = 1;

  /** The command line makes no sense, or there is no such directory. */
  static final int USAGE = 2;

  private Main() {}

  /** Does what the command line says, and ends the process with the exit status. */
  public static void main(String[] arguments) throws InterruptedException {
    RawArguments.remember(arguments);
    WalkArguments walk = QuickArguments.parse(arguments);
    int status = walk != null ? new WalkRun(walk).run() : Commands.execute(arguments);
    System.out.flush();
    // No hook is ours, and what is still in flight has nobody to tell. The run that trains the AOT
    // cache must end through the JVM, which writes the cache then.
    if (walk != null && System.getProperty("syslet.training") == null) {
      LinuxKernel.exit(status);
    }
    Runtime.getRuntime().halt(status);
  }
}
