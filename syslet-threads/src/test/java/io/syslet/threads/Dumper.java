package io.syslet.threads;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.atomic.AtomicInteger;

/** Asks for dumps of this JVM's threads by {@code jcmd Thread.print}, one after the other. */
final class Dumper {
  private final AtomicInteger dumps = new AtomicInteger();
  private final Thread thread;
  private volatile boolean stop;

  private Dumper() {
    thread = Thread.ofPlatform().daemon().unstarted(this::run);
  }

  /** Begins. */
  static Dumper start() {
    Dumper dumper = new Dumper();
    dumper.thread.start();
    return dumper;
  }

  private void run() {
    try {
      while (!stop) {
        dump();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private void dump() throws IOException, InterruptedException {
    String jcmd = System.getProperty("java.home") + File.separator + "bin" + File.separator;
    Process process =
        new ProcessBuilder(jcmd + "jcmd", "" + ProcessHandle.current().pid(), "Thread.print", "-l")
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    if (process.waitFor() == 0) {
      dumps.incrementAndGet();
    }
  }

  /** Waits for the last one: how many there were. */
  int stop() throws InterruptedException {
    stop = true;
    thread.join();
    return dumps.get();
  }
}
