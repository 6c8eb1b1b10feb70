package io.syslet.bench.soak;

import com.sun.management.HotSpotDiagnosticMXBean;
import com.sun.management.HotSpotDiagnosticMXBean.ThreadDumpFormat;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.ParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import jdk.jfr.Configuration;
import jdk.jfr.Recording;

/**
 * What a debugger, a monitor and other threads may do to a task at any time: its stack is looked
 * at, all threads are dumped, it is interrupted and unparked, and a recording runs.
 */
final class Disturbers implements AutoCloseable {
  private static final long STACK_NANOS = 1_000_000;
  private static final long DUMP_NANOS = 50_000_000;
  private static final long WAKE_NANOS = 500_000;

  /** One thing that is done again and again, by a thread of its own. */
  private final class Disturber extends Thread {
    private final AtomicLong times = new AtomicLong();
    private final Runnable deed;
    private final long pause;

    Disturber(String name, long pause, Runnable deed) {
      super(name);
      this.pause = pause;
      this.deed = deed;
      setDaemon(true);
      start();
    }

    @Override
    public void run() {
      while (!closed) {
        deed.run();
        times.incrementAndGet();
        LockSupport.parkNanos(pause);
      }
    }
  }

  private final Recording recording;
  private final Path file = Files.createTempFile("soak", ".threads");
  private final List<Disturber> disturbers = new ArrayList<>();
  private volatile boolean closed;

  Disturbers(Thread task) throws IOException, ParseException {
    recording = new Recording(Configuration.getConfiguration("profile"));
    recording.start();
    disturbers.add(new Disturber("its stack", STACK_NANOS, task::getStackTrace));
    disturbers.add(new Disturber("all stacks", DUMP_NANOS, Thread::getAllStackTraces));
    disturbers.add(new Disturber("dump of all threads", DUMP_NANOS, this::dump));
    disturbers.add(new Disturber("interrupt", WAKE_NANOS, task::interrupt));
    disturbers.add(new Disturber("unpark", WAKE_NANOS, () -> LockSupport.unpark(task)));
  }

  private void dump() {
    try {
      Files.deleteIfExists(file);
      ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class)
          .dumpThreads(file.toString(), ThreadDumpFormat.TEXT_PLAIN);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /** How often each of them did it. */
  String text() {
    StringBuilder text = new StringBuilder("disturbed by: a recording");
    disturbers.forEach(
        disturber ->
            text.append(", ").append(disturber.getName()).append(' ').append(disturber.times));
    return text.toString();
  }

  @Override
  public void close() throws IOException {
    closed = true;
    for (Disturber disturber : disturbers) {
      while (disturber.isAlive()) {
        LockSupport.parkNanos(WAKE_NANOS);
      }
    }
    Thread.interrupted();
    recording.close();
    Files.deleteIfExists(file);
  }
}
