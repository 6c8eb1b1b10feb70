package io.syslet.examples.cli;

import java.io.IOException;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code syslet walk}, as picocli sees it. */
@Command(
    name = "walk",
    description = "Sums the sizes of everything below a directory, as lstat gives them.")
final class WalkCommand implements Callable<Integer> {
  @Spec private @Nullable CommandSpec spec;

  @Mixin private final WalkArguments arguments = new WalkArguments();

  @Override
  public Integer call() throws IOException, InterruptedException {
    String problem = arguments.problem();
    if (problem != null) {
      CommandLine line = Objects.requireNonNull(spec).commandLine();
      throw new CommandLine.ParameterException(line, problem);
    }
    return new WalkRun(arguments).run();
  }
}
