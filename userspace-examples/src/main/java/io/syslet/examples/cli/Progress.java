package io.syslet.examples.cli;

import io.syslet.Kernel;
import io.syslet.Nr;
import io.syslet.examples.Walk;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** A line on a terminal's standard error that says how far a walk is; nothing anywhere else. */
final class Progress {
  private static final int TCGETS = 0x5401;
  private static final int STRUCT_TERMIOS = 64;
  private static final int STDERR = 2;
  private static final long PERIOD_MILLIS = 100;
  private static final byte[] CLEAR_LINE = "\r\033[K".getBytes(StandardCharsets.US_ASCII);

  private final boolean on;
  private volatile @Nullable Walk walk;

  private Progress(boolean on) {
    this.on = on;
  }

  static Progress on(Kernel kernel, boolean wanted) {
    return new Progress(wanted && isTerminal(kernel));
  }

  /** For a walk whose kernel is another machine's: it cannot be asked about our terminal. */
  static Progress beside(boolean wanted) {
    return new Progress(wanted && isTerminal());
  }

  private static boolean isTerminal() {
    try {
      String name = Files.readSymbolicLink(Path.of("/proc/self/fd/" + STDERR)).toString();
      return name.startsWith("/dev/pts/") || name.startsWith("/dev/tty");
    } catch (IOException e) {
      return false;
    }
  }

  private static boolean isTerminal(Kernel kernel) {
    long termios = kernel.arena().allocate(STRUCT_TERMIOS).address();
    return kernel.syscall(Nr.IOCTL, STDERR, TCGETS, termios) == 0;
  }

  void start(Walk shown) {
    if (on) {
      walk = shown;
      Thread thread = new Thread(this::show, "progress");
      thread.setDaemon(true);
      thread.start();
    }
  }

  private void show() {
    try {
      for (Walk shown = walk; shown != null; shown = walk) {
        Thread.sleep(PERIOD_MILLIS);
        write(shown);
      }
    } catch (IOException | InterruptedException e) {
      // The terminal is gone, and the line with it.
    }
  }

  private synchronized void write(Walk shown) throws IOException {
    if (walk != null) {
      Streams.ERR.write(CLEAR_LINE);
      String line = WalkReport.grouped(shown.entries()) + " entries";
      Streams.ERR.write(line.getBytes(StandardCharsets.UTF_8));
    }
  }

  /** Takes the line away. */
  synchronized void stop() throws IOException {
    if (on) {
      walk = null;
      Streams.ERR.write(CLEAR_LINE);
    }
  }

  /** A stream for whole lines on the same terminal. */
  OutputStream beside(OutputStream out) {
    return on ? new Beside(out) : out;
  }

  private final class Beside extends FilterOutputStream {
    Beside(OutputStream out) {
      super(out);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      synchronized (Progress.this) {
        out.write(CLEAR_LINE);
        out.write(bytes, offset, length);
      }
    }
  }
}
