package io.syslet.examples.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ScopeType;

/** The whole command line, as picocli sees it. */
@Command(
    name = "syslet",
    description = "Any system call, asynchronous only if it blocks.",
    version = "syslet 0.1.0",
    mixinStandardHelpOptions = true,
    scope = ScopeType.INHERIT,
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      WalkCommand.class,
      AsyncReadyCommand.class,
      BasicCommand.class,
      CopyCommand.class,
      HeadsCommand.class,
      DoctorCommand.class,
      StatCommand.class,
      TopCommand.class,
      TraceCommand.class,
      JournalCommand.class,
      ServeCommand.class,
      SimCommand.class
    })
final class Commands {
  /**
   * Does what a line says; the exit status.
   *
   * @throws IOException if help or version could not be written.
   */
  static int execute(String... arguments) throws IOException {
    StringWriter help = new StringWriter();
    int status = line().setOut(new PrintWriter(help)).execute(arguments);
    Streams.print(help.toString());
    return status;
  }

  static CommandLine line() {
    CommandLine line = new CommandLine(new Commands());
    line.setCaseInsensitiveEnumValuesAllowed(true);
    // A directory may be called @d.
    line.setExpandAtFiles(false);
    line.setParameterExceptionHandler(Commands::refuse);
    line.setExecutionExceptionHandler((e, failed, parsed) -> Failure.report(e));
    return line;
  }

  private static int refuse(CommandLine.ParameterException e, String[] arguments) {
    Streams.complain(String.valueOf(e.getMessage()));
    return Main.USAGE;
  }
}
