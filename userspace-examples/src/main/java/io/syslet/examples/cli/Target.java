package io.syslet.examples.cli;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.syslet.linux.ProcessView;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/** The process that a command looks at. */
final class Target {
  /** Why a command cannot look at it, in one line, and the exit status. */
  static final class RefusedException extends Exception {
    private static final long serialVersionUID = 1;

    private final int status;

    RefusedException(int status, String message) {
      super(message, null, false, false);
      this.status = status;
    }

    /** Says it: the status. */
    int report() {
      Streams.complain(String.valueOf(getMessage()));
      return status;
    }
  }

  private static final int SHORT = 60;

  private final long pid;
  private final ProcessHandle process;

  private Target(ProcessHandle process) {
    this.pid = process.pid();
    this.process = process;
  }

  /** The process with a number that stands in a command line. */
  static Target parse(String argument) throws RefusedException {
    long pid;
    try {
      pid = Long.parseLong(argument);
    } catch (NumberFormatException e) {
      pid = 0;
    }
    if (pid <= 0) {
      throw new RefusedException(Main.USAGE, argument + ": not the number of a process");
    }
    Optional<ProcessHandle> found = ProcessHandle.of(pid);
    if (found.isEmpty() || !found.get().isAlive()) {
      throw new RefusedException(Main.USAGE, pid + ": no such process");
    }
    return new Target(found.get());
  }

  long pid() {
    return pid;
  }

  /** Whether it runs: one that nobody has waited for runs no more. */
  boolean isAlive() {
    return process.isAlive() && !isZombie();
  }

  private boolean isZombie() {
    try {
      String stat = Files.readString(Path.of("/proc/" + pid + "/stat"), ISO_8859_1);
      char state = stat.charAt(stat.lastIndexOf(')') + 2);
      return state == 'Z' || state == 'X';
    } catch (IOException | IndexOutOfBoundsException e) {
      return !process.isAlive();
    }
  }

  /** Waits until it has ended, for so long at most: whether it has. */
  boolean endsWithin(long millis) throws InterruptedException {
    long begin = System.nanoTime();
    while (isAlive()) {
      long left = millis - (System.nanoTime() - begin) / 1_000_000;
      if (left <= 0) {
        return false;
      }
      Thread.sleep(Math.min(left, 20));
    }
    return true;
  }

  /** Makes sure that there is something to look at. */
  void check() throws RefusedException {
    try (ProcessView process = new ProcessView(pid)) {
      if (process.schedulers().isEmpty()) {
        throw withoutSyslet();
      }
    } catch (IOException e) {
      throw refused(e);
    }
  }

  /** Lets it write to a folder of ours: only root has one that it may not write to. */
  void give(Path folder) throws IOException {
    Object user = Files.getAttribute(Path.of("/proc/" + pid), "unix:uid");
    if (!user.equals(Files.getAttribute(folder, "unix:uid"))) {
      Files.setAttribute(folder, "unix:uid", user);
    }
  }

  /** What a failure to look at it means. */
  RefusedException refused(IOException e) {
    if (!isAlive() || e instanceof NoSuchFileException) {
      return new RefusedException(Main.USAGE, pid + ": no such process");
    }
    return new RefusedException(
        Main.INCOMPLETE,
        e instanceof AccessDeniedException
            ? pid + ": another user's process: " + command()
            : pid + ": " + Failure.text(e));
  }

  /** There is nothing to look at. */
  RefusedException withoutSyslet() {
    return new RefusedException(
        Main.INCOMPLETE, pid + ": no kernel or threadlets of syslet in this process: " + command());
  }

  /** It has ended while it was looked at, as all processes do. */
  int ended() {
    Streams.complain(pid + ": the process has ended");
    return Main.OK;
  }

  /** Its command line, or what begins it where that is long. */
  String command() {
    String whole = CommandLineOf.process(pid);
    return whole.length() <= SHORT ? whole : whole.substring(0, SHORT) + "…";
  }
}
