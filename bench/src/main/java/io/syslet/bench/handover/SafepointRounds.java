package io.syslet.bench.handover;

import io.syslet.Kernel;
import io.syslet.Nr;
import io.syslet.bench.BlockingRead;
import io.syslet.bench.Hogs;
import io.syslet.bench.Host;
import io.syslet.linux.LinuxKernel;
import io.syslet.linux.LinuxOptions;
import io.syslet.ring.CompletionRing;
import io.syslet.ring.Memory;
import java.lang.foreign.Arena;

/** What safepoints meet: {@code SafepointRounds task|thread HOGS COLLECTIONS}. */
public final class SafepointRounds {
  private static final long PAUSE_MILLIS = 20;
  private static final int INLINE_CALLS = 20;
  private static final int PLAIN_CALLS = 100;

  private final int collections;
  private volatile boolean ended;

  private SafepointRounds(int collections) {
    this.collections = collections;
  }

  /** Works until there were enough collections. */
  public static void main(String[] args) throws Exception {
    SafepointRounds rounds = new SafepointRounds(Integer.parseInt(args[2]));
    Thread worker = rounds.worker(args[0]);
    try (Hogs hogs = Hogs.start(args[1])) {
      System.out.println(args[0] + ", " + hogs.title());
      worker.start();
      rounds.collect();
      worker.join();
    }
  }

  private Thread worker(String by) {
    return by.equals("task")
        ? new Thread(this::inTask, "boot")
        : new Thread(this::inThread, "thread");
  }

  private void collect() throws InterruptedException {
    for (int i = 0; i < collections; i++) {
      Thread.sleep(PAUSE_MILLIS);
      System.gc();
    }
    ended = true;
  }

  private void inTask() {
    try (LinuxKernel kernel = LinuxKernel.boot(LinuxOptions.defaults().reactor(false))) {
      kernel.run(this::calls);
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private void calls(Kernel kernel) {
    CompletionRing ring = CompletionRing.allocate(kernel.arena(), 8, 0);
    try (BlockingRead read = new BlockingRead(kernel, ring)) {
      while (!ended) {
        if (read.call(0)) {
          read.feed();
          read.settle();
        }
        for (int i = 0; i < INLINE_CALLS; i++) {
          read.feed();
          read.call(0);
        }
      }
    }
  }

  /** As many calls, and a sleep now and then: this thread, too, is at work most of the time. */
  private void inThread() {
    long timespec = Arena.global().allocate(2 * Long.BYTES, Long.BYTES).address();
    long fds = Arena.global().allocate(Long.BYTES, Long.BYTES).address();
    long buffer = Arena.global().allocate(Long.BYTES, Long.BYTES).address();
    Memory.putLong(timespec + Long.BYTES, 1);
    Host.syscall(Nr.PIPE2, fds, 0, 0);
    while (!ended) {
      Host.syscall(Nr.NANOSLEEP, timespec, 0, 0);
      for (int i = 0; i < PLAIN_CALLS; i++) {
        Host.syscall(Nr.WRITE, Memory.getInt(fds + Integer.BYTES), buffer, 1);
        Host.syscall(Nr.READ, Memory.getInt(fds), buffer, 1);
      }
    }
  }
}
