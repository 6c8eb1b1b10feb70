package io.syslet.examples.cli;

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
      JournalCommand.class,
      ServeCommand.class,
      SimCommand.class
    })
final class Commands {
  /** Does what a line says; the exit status. */
  static int execute(String... arguments) {
    return line().execute(arguments);
  }

  static CommandLine line() {
    CommandLine line = new CommandLine(new Commands());
    line.setCaseInsensitiveEnumValuesAllowed(true);
    line.setParameterExceptionHandler(Commands::refuse);
    line.setExecutionExceptionHandler(Commands::fail);
    return line;
  }

  private static int refuse(CommandLine.ParameterException e, String[] arguments) {
    Streams.complain(String.valueOf(e.getMessage()));
    return Main.USAGE;
  }

  private static int fail(Exception e, CommandLine line, CommandLine.ParseResult parsed) {
    Streams.complain(String.valueOf(e.getMessage()));
    return Main.INCOMPLETE;
  }
}
