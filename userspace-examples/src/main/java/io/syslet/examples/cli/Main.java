package io.syslet.examples.cli;

import io.syslet.linux.LinuxKernel;
import io.syslet.linux.events.Events;
import java.io.IOException;
import java.nio.file.Path;

/** The {@code syslet} command. */
public final class Main {
  /** Everything was read and written. */
  static final int OK = 0;

  /** Something could not be read or written. */
  static final int INCOMPLETE = 1;

  /** The command line makes no sense, or there is no such directory. */
  static final int USAGE = 2;

  private Main() {}

  /** Does what the command line says, and ends the process with the exit status. */
  public static void main(String[] arguments) {
    Thread.setDefaultUncaughtExceptionHandler(new LastWord());
    RawArguments.remember(arguments);
    String training = System.getProperty("syslet.training");
    QuickRun quick = null;
    int status;
    try {
      quick = QuickArguments.parse(arguments);
      status = quick != null ? quick.run() : Commands.execute(arguments);
      if (training != null && quick != null) {
        copy(training);
      } else if (training != null) {
        explainAll();
      }
    } catch (Throwable e) {
      status = report(e);
    }
    // No hook is ours, and what is still in flight has nobody to tell. The run that trains the AOT
    // cache must end through the JVM, which writes the cache then.
    if (quick != null && training == null) {
      exit(status);
    }
    end(status);
  }

  /** The other command whose classes are to be in the AOT cache of the quick ones. */
  private static void copy(String copy) throws IOException, InterruptedException {
    CopyArguments arguments = new CopyArguments();
    arguments.from = Path.of(System.getProperty("java.class.path", "")).resolveSibling("lib") + "";
    arguments.to = copy;
    new CopyRun(arguments).run();
  }

  /** The classes of all commands are to be in the AOT cache of the others. */
  private static void explainAll() throws IOException {
    for (String command : Commands.line().getSubcommands().keySet()) {
      Commands.execute(command, "--help");
    }
  }

  private static void end(int status) {
    try {
      // A flight recorder writes its file when the JVM exits.
      if (Events.isRecorderThere()) {
        System.exit(status);
      }
    } catch (LinkageError e) {
      // What could not be loaded records nothing.
    }
    Runtime.getRuntime().halt(status);
  }

  /** Even the class that knows what to say may not be loaded any more. */
  private static int report(Throwable thrown) {
    try {
      return Failure.report(thrown);
    } catch (LinkageError e) {
      System.err.println("syslet: " + unread(thrown));
      return INCOMPLETE;
    }
  }

  /** What is said where a class cannot be loaded; it needs no other class. */
  static String unread(Throwable thrown) {
    return "a class could not be read (see ulimit -n, and what is refused here): " + thrown;
  }

  /** The port's own way out is the quickest; there is none where the port cannot run. */
  private static void exit(int status) {
    try {
      LinuxKernel.exit(status);
    } catch (LinkageError e) {
      Runtime.getRuntime().halt(status);
    }
  }

  /**
   * A thread that dies of something takes the command with it, in one line: what it owed to others
   * would be waited for in vain. A class and not a lambda: that would be made at each start.
   */
  private static final class LastWord implements Thread.UncaughtExceptionHandler {
    @Override
    public synchronized void uncaughtException(Thread thread, Throwable e) {
      Runtime.getRuntime().halt(report(e));
    }
  }
}
