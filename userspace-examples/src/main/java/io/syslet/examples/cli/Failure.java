package io.syslet.examples.cli;

import io.syslet.examples.PathRefusedException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.util.Objects;

/** Says in one line on standard error why a command ended, and knows the exit status for it. */
final class Failure {
  private static final String NO_THREAD = "unable to create native thread";

  private Failure() {}

  /**
   * Says what was thrown.
   *
   * @return the exit status: 0 if the reader of standard output had seen enough.
   */
  static int report(Throwable thrown) {
    Throwable cause = cause(thrown);
    if (cause instanceof Output.FailedException failed && failed.isBrokenPipe()) {
      return Main.OK;
    }
    if (cause instanceof PathRefusedException refused) {
      Streams.complain(named(refused));
      return Main.USAGE;
    }
    Streams.complain(text(cause));
    return Main.INCOMPLETE;
  }

  /** What is at the bottom, or the I/O error above it. */
  private static Throwable cause(Throwable thrown) {
    Throwable cause = thrown;
    while (cause.getCause() != null
        && !(cause instanceof IOException)
        && !(cause instanceof UncheckedIOException e && saysMore(e))) {
      cause = cause.getCause();
    }
    return cause;
  }

  private static boolean saysMore(UncheckedIOException e) {
    return !String.valueOf(e.getCause()).equals(e.getMessage());
  }

  private static byte[] named(PathRefusedException refused) {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    line.writeBytes(refused.path());
    line.writeBytes((": " + refused.getMessage()).getBytes(StandardCharsets.US_ASCII));
    return line.toByteArray();
  }

  private static String text(Throwable cause) {
    return switch (cause) {
      case IOException e -> text(e);
      case UncheckedIOException e ->
          e.getMessage() + ": " + text(Objects.requireNonNull(e.getCause()));
      case OutOfMemoryError e -> text(e);
      case UnsupportedOperationException e when e.getMessage() != null ->
          "cannot run here: " + e.getMessage();
      case ClassNotFoundException e -> Main.unread(e);
      case NoClassDefFoundError e -> Main.unread(e);
      default -> "internal error: " + cause + where(cause);
    };
  }

  /** The reason too: those of java.nio.file often have the name alone for a message. */
  static String text(IOException e) {
    if (!(e instanceof FileSystemException f) || f.getReason() != null) {
      return String.valueOf(e.getMessage());
    }
    String reason =
        switch (f) {
          case AccessDeniedException _ -> "Permission denied";
          case NoSuchFileException _ -> "No such file or directory";
          case NotDirectoryException _ -> "Not a directory";
          default -> f.getClass().getSimpleName();
        };
    return f.getFile() + ": " + reason;
  }

  private static String text(OutOfMemoryError e) {
    return String.valueOf(e.getMessage()).startsWith(NO_THREAD)
        ? "no thread could be started: see ulimit -u and the pids limit of the cgroup"
        : "out of memory: " + e.getMessage();
  }

  private static String where(Throwable cause) {
    StackTraceElement[] stack = cause.getStackTrace();
    return stack.length == 0
        ? ""
        : " (" + stack[0].getFileName() + ":" + stack[0].getLineNumber() + ")";
  }
}
