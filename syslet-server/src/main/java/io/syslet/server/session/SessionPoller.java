package io.syslet.server.session;

import io.syslet.Kernel;
import io.syslet.Nr;
import io.syslet.Program;
import io.syslet.ring.CompletionRing;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/**
 * A task that serves sessions: takes their batches, makes the calls, and finishes those that
 * blocked when their completions come into its own ring. Nothing of a session is touched by anybody
 * else, so there are no locks; and no call waits in here, so one task serves any number.
 *
 * <p>Other threads speak to it through a queue of commands and a bell, which is a completion in its
 * ring:
 *
 * <pre>
 *   other thread                          poller
 *   adds the command                      isRung = false
 *   isRung false -&gt; true?                 runs all commands
 *   then completes into the ring          looks at its ring and its sessions
 *                                         nothing: sleeps until the ring's head moves
 * </pre>
 *
 * A command that is added after the poller has looked finds isRung false, so the head moves and the
 * sleep ends; one that was added before is seen.
 *
 * <p>While there was work lately it goes on looking, and yields the processor to its clients in
 * between; then it sleeps.
 */
final class SessionPoller implements Program {
  /** Caller data of a completion that only wakes. */
  static final long BELL = -1;

  /** Closes that may block at a time. */
  static final int CLOSES = 64;

  private static final Logger LOG = System.getLogger(SessionPoller.class.getName());
  private static final int LOOKS_PER_YIELD = 16;

  private final Service service;
  private final CompletionRing ring;
  private final ConcurrentLinkedQueue<Consumer<Service>> commands = new ConcurrentLinkedQueue<>();
  private final AtomicBoolean isRung = new AtomicBoolean();
  private final CountDownLatch ended = new CountDownLatch(1);
  private final Object ringLock = new Object();
  private boolean stopping;

  /**
   * @param inFlight how many calls of its sessions may be in flight at once.
   * @param held how many more may keep their batch waiting.
   * @param onEnd learns which sessions are over.
   */
  SessionPoller(
      Kernel kernel,
      SessionOptions options,
      SessionLog log,
      int inFlight,
      int held,
      Consumer<Session> onEnd) {
    int elements = Integer.highestOneBit(2 * (inFlight + held + CLOSES) + 16) << 1;
    ring = CompletionRing.allocate(kernel.arena(), elements, System.identityHashCode(this));
    service = new Service(kernel, ring, options, log, inFlight, held, onEnd);
  }

  Service service() {
    return service;
  }

  // ---- any thread

  /** Has something done by the poller, unless it has ended. */
  void tell(Consumer<Service> command) {
    commands.add(command);
    if (!isRung.get() && isRung.compareAndSet(false, true)) {
      ring();
    }
  }

  /** The ring is the kernel's memory, which may be gone when the poller is. */
  private void ring() {
    synchronized (ringLock) {
      int entry = hasEnded() ? -1 : ring.producer().reserve();
      if (entry >= 0) {
        ring.producer().complete(entry, 0, BELL);
      }
    }
  }

  /** The same, and waits until it is done: whether it was, in that many nanoseconds. */
  boolean tellAndWait(Consumer<Service> command, long nanos) throws InterruptedException {
    CountDownLatch done = new CountDownLatch(1);
    tell(
        to -> {
          command.accept(to);
          done.countDown();
        });
    return done.await(nanos, TimeUnit.NANOSECONDS);
  }

  /** Ends all sessions, then the task. */
  void stop() {
    tell(to -> stopping = true);
  }

  boolean hasEnded() {
    return ended.getCount() == 0;
  }

  boolean awaitEnd(long nanos) throws InterruptedException {
    return ended.await(nanos, TimeUnit.NANOSECONDS);
  }

  // ---- the task

  @Override
  public void run(Kernel kernel) {
    try {
      service.begin(kernel);
      int looks = 0;
      while (!stopping) {
        boolean told = runCommands();
        boolean worked = round() || told;
        looks = worked ? 0 : looks + 1;
        if (!worked) {
          rest(kernel, looks);
        }
      }
      service.endAll();
    } catch (RuntimeException | Error e) {
      LOG.log(Level.ERROR, "a poller has ended: its sessions are not served any more", e);
      throw e;
    } finally {
      synchronized (ringLock) {
        ended.countDown();
      }
    }
  }

  /**
   * What is mapped may be cut by others, and memory may be used up; the JVM says so where it
   * happens to be then.
   */
  private boolean round() {
    try {
      return service.round(System.nanoTime());
    } catch (VirtualMachineError e) {
      LOG.log(Level.ERROR, "memory has gone from below a poller: {0}", String.valueOf(e));
      return true;
    }
  }

  private boolean runCommands() {
    isRung.set(false);
    boolean any = false;
    for (Consumer<Service> next = commands.poll(); next != null; next = commands.poll()) {
      runSafely(next);
      any = true;
    }
    return any;
  }

  private void runSafely(Consumer<Service> command) {
    try {
      command.accept(service);
    } catch (RuntimeException | VirtualMachineError e) {
      LOG.log(Level.ERROR, "a poller was told what it cannot do", e);
    }
  }

  private void rest(Kernel kernel, int looks) {
    if (!service.mayHaveWork()) {
      kernel.ringWait(ring, ring.tail(), 1, service.nanosToWait());
      Thread.interrupted();
    } else if (looks % LOOKS_PER_YIELD == 0) {
      kernel.syscall(Nr.SCHED_YIELD, 0, 0, 0);
    } else {
      Thread.onSpinWait();
    }
  }
}
