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

/** {@code syslet copy}, as picocli sees it. */
@Command(
    name = "copy",
    description = {
      "Copies a file or a tree as cp -a does, with many calls in flight.",
      "TO is the copy, not the folder that gets it; a directory that is there is filled.",
      "A file has its name when it is whole; one of an interrupted copy is called"
          + " .syslet-copy-...",
      "What cannot be copied is named on standard error; the exit status is 1 then."
    })
final class CopyCommand implements Callable<Integer> {
  @Spec private @Nullable CommandSpec spec;

  @Mixin private final CopyArguments arguments = new CopyArguments();

  @Override
  public Integer call() throws IOException, InterruptedException {
    String problem = arguments.problem();
    if (problem != null) {
      CommandLine line = Objects.requireNonNull(spec).commandLine();
      throw new CommandLine.ParameterException(line, problem);
    }
    return new CopyRun(arguments).run();
  }
}
