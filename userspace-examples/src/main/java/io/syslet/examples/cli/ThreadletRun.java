package io.syslet.examples.cli;

import io.syslet.examples.SerialWalk;
import io.syslet.threads.ThreadletScheduler;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.concurrent.ExecutorService;
import org.jspecify.annotations.Nullable;

/** {@code syslet walk --threadlets}: the serial program, whose descents are threadlets. */
final class ThreadletRun {
  private final WalkArguments arguments;

  ThreadletRun(WalkArguments arguments) {
    this.arguments = arguments;
  }

  /** The exit status. */
  int run() throws IOException, InterruptedException {
    Path directory = directory();
    if (directory == null || !Files.isDirectory(directory)) {
      Streams.complain(arguments.directory + ": no such directory");
      return Main.USAGE;
    }
    try (ThreadletScheduler scheduler =
        ThreadletScheduler.open(ThreadletScheduler.defaults().maxBlocked(arguments.inFlight))) {
      return walk(directory, scheduler);
    }
  }

  /** Null if the argument is no text in this locale, in which Java has to know it. */
  private @Nullable Path directory() {
    try {
      return Path.of(arguments.directory);
    } catch (InvalidPathException e) {
      return null;
    }
  }

  private int walk(Path directory, ThreadletScheduler scheduler)
      throws IOException, InterruptedException {
    long start = System.nanoTime();
    SerialWalk walk;
    try (ExecutorService threadlets = scheduler.newVirtualThreadPerTaskExecutor()) {
      walk = new SerialWalk(threadlets, ThreadletRun::complain);
      walk.run(directory);
    }
    long nanos = System.nanoTime() - start;
    Streams.print(
        arguments.json
            ? WalkReport.json(walk, scheduler.figures(), nanos)
            : WalkReport.text(walk, scheduler.figures(), nanos));
    return walk.errors() == 0 ? Main.OK : Main.INCOMPLETE;
  }

  private static void complain(Path path, IOException e) {
    String why = e instanceof FileSystemException system ? system.getReason() : e.getMessage();
    boolean denied = why == null && e instanceof AccessDeniedException;
    Streams.complain(path + ": " + (denied ? "Permission denied" : why));
  }
}
