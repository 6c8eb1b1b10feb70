package io.syslet.server.journal;

import io.syslet.Errno;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.locks.LockSupport;

/**
 * A thread that does what a writer need not wait for. When a new file was begun it puts its
 * checkpoint on the disk, deletes the files before it, which nobody needs then, and makes the next
 * one ready.
 */
final class Janitor implements AutoCloseable {
  private static final System.Logger LOGGER = System.getLogger("io.syslet.server.journal");
  private static final long LOOK_NANOS = 200_000_000;

  private final Path run;
  private final SpinLock lock;
  private final JournalLog log;
  private final Spare spare;
  private final Thread thread;
  private final FileWatch watch = new FileWatch();
  private volatile boolean closed;
  private boolean saidFull;
  private int oldest = 1;

  Janitor(Path run, SpinLock lock, JournalLog log, Spare spare) {
    this.run = run;
    this.lock = lock;
    this.log = log;
    this.spare = spare;
    thread = Thread.ofPlatform().daemon().name("syslet-journal").unstarted(this::run);
  }

  /** Learns which file is written, before anybody can exchange it, and starts the thread. */
  void start() {
    watch();
    thread.start();
  }

  /** Something was rolled. Any thread. */
  void wake() {
    LockSupport.unpark(thread);
  }

  private void run() {
    try (Forcer forcer = new Forcer()) {
      prepare();
      while (!closed || log.cycle() != oldest) {
        if (log.cycle() == oldest) {
          LockSupport.parkNanos(this, LOOK_NANOS);
          look();
        } else {
          watch();
          release(forcer);
          prepare();
        }
      }
    } catch (IOException e) {
      log.fail("its files cannot be kept: " + e.getMessage());
    }
  }

  private void watch() {
    lock.lock();
    Path file = log.file();
    long length = log.length();
    long records = log.records();
    lock.unlock();
    String trouble = log.hasFailed() ? null : watch.look(file, length, records);
    if (trouble != null && file.equals(log.file())) {
      log.fail(trouble);
    }
  }

  private void look() throws IOException {
    watch();
    if (log.isFull()) {
      prepare();
      lock.lock();
      log.lookForRoom();
      lock.unlock();
    }
    sayFull();
  }

  private void sayFull() {
    if (saidFull != log.isFull()) {
      saidFull = log.isFull();
      LOGGER.log(Level.WARNING, saidFull ? "the journal is full" : "the journal has room again");
    }
  }

  private void release(Forcer forcer) throws IOException {
    lock.lock();
    int cycle = log.cycle();
    Path file = log.file();
    lock.unlock();
    forcer.force(file);
    for (; oldest < cycle; oldest++) {
      Files.deleteIfExists(ChronicleLog.file(run, oldest));
    }
  }

  /** On a full disk nothing comes of it, and the writer who needs the file says so. */
  private void prepare() throws IOException {
    lock.lock();
    int next = log.cycle() + 1;
    long room = log.nextRoom();
    lock.unlock();
    if (spare.prepare(next, room) == -Errno.EIO) {
      throw new IOException("the next one cannot be made");
    }
  }

  @Override
  public void close() {
    closed = true;
    wake();
    boolean interrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
