package io.syslet.kernel.sim;

import io.syslet.kernel.cpu.CpuHost;
import io.syslet.kernel.cpu.CpuStats;
import io.syslet.kernel.cpu.HostedCpu;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * The machine that host threads enter: real time, one processor, which is {@link HostedCpu}. A host
 * thread takes it, runs its own call, and gives it up at the end, or while it sleeps:
 *
 * <pre>
 *   visitor                          who wakes it, inside
 *   in a queue; puts the processor
 *   down, on its own semaphore
 *                                    takes it out of the queue; up
 *   back: gets the processor
 * </pre>
 *
 * It is in the queue before it puts the processor, and whoever wakes it has that, so no wake-up is
 * lost. Events are run by the host's timer as an interrupt of the processor: at once if that is
 * free, or by its owner when it puts it. Everything of this class belongs to the processor's owner,
 * but for {@link #enter} and what may be asked from anywhere.
 */
final class ConcurrentMachine extends MachineCore {
  private static final int TIMER = 0;
  private static final long LOOK_NANOS = 100_000;

  private final CpuHost host;
  private final HostedCpu cpu;
  private final long boot;
  private final EventHeap events = new EventHeap();
  private @Nullable Visitor running;
  private final Set<Visitor> sleepers = new LinkedHashSet<>();
  private int inside;
  private boolean closing;
  private boolean inEvent;
  private long armed = Long.MAX_VALUE;

  ConcurrentMachine(SimOptions options, CpuHost host) {
    super(options);
    this.host = host;
    this.boot = host.now();
    this.cpu = new HostedCpu(host, irq -> happen(), () -> {});
  }

  @Override
  public long now() {
    return host.now() - boot;
  }

  /** A thread of the host's that makes calls here. */
  final class Visitor extends SimThread {
    private final int id;
    private final CpuHost.Semaphore bed = host.semaphore(0);

    Visitor(int id) {
      this.id = id;
    }

    @Override
    int id() {
      return id;
    }

    @Override
    void blocks() {}

    @Override
    void leave() {
      sleepers.add(this);
      running = null;
      cpu.put();
      bed.down();
      cpu.get();
      running = this;
      sleepers.remove(this);
    }

    @Override
    void die() {
      kill(ConcurrentMachine.this);
    }

    @Override
    public String toString() {
      SimWaitQueue queue = sleepsIn;
      return "visitor " + id + (queue == null ? " may run" : " waits for " + queue.name);
    }
  }

  /** Takes the processor for a thread: whether it may; not after {@link #close}. */
  boolean enter(Visitor visitor) {
    if (cpu.get() < 0) {
      return false;
    }
    if (closing) {
      cpu.put();
      return false;
    }
    running = visitor;
    inside++;
    return true;
  }

  /** Gives the processor up. */
  void exit() {
    running = null;
    inside--;
    cpu.put();
  }

  /** The thread that runs, or null. */
  @Nullable SimThread runningOrNull() {
    return inEvent ? null : running;
  }

  @Override
  SimThread current() {
    SimThread now = runningOrNull();
    if (now == null) {
      throw new IllegalStateException("nobody to sleep: this is an event");
    }
    return now;
  }

  @Override
  void ready(SimThread thread) {
    ((Visitor) thread).bed.up();
  }

  /** Of real time nothing is charged: it passes by itself. */
  @Override
  public void charge(long nanos) {}

  @Override
  void yieldProcessor() {
    Visitor visitor = running;
    running = null;
    cpu.put();
    Thread.onSpinWait();
    cpu.get();
    running = visitor;
  }

  // ---- events

  @Override
  Event schedule(long when, Runnable event) {
    Event added = events.add(when, event);
    arm();
    return added;
  }

  @Override
  void cancel(Event event) {
    events.remove(event);
  }

  /** Has the host call when the next event is due, if it will not call before. */
  private void arm() {
    long next = events.next();
    if (next < armed) {
      armed = next;
      host.after(Math.max(next - now(), 0), this::due);
    }
  }

  private void due() {
    cpu.tryRunIrq(TIMER);
  }

  /** The interrupt: runs what is due. */
  private void happen() {
    inEvent = true;
    armed = Long.MAX_VALUE;
    try {
      runDue(now());
    } finally {
      inEvent = false;
      arm();
    }
  }

  private void runDue(long now) {
    while (events.next() <= now) {
      Event event = events.poll();
      if (event != null) {
        event.action.run();
      }
    }
  }

  // ---- the end

  /** Refuses whoever comes, and ends the sleeps of those inside, until all have left. */
  void close() {
    while (!hasEmptied()) {
      LockSupport.parkNanos(this, LOOK_NANOS);
    }
    cpu.shutdown();
    cpu.awaitShutdown();
    trace().flush();
  }

  private boolean hasEmptied() {
    if (cpu.get() < 0) {
      return true;
    }
    closing = true;
    for (Visitor sleeper : List.copyOf(sleepers)) {
      sleeper.kill(this);
    }
    boolean empty = inside == 0;
    cpu.put();
    return empty;
  }

  CpuStats cpuStats() {
    return cpu.stats();
  }
}
