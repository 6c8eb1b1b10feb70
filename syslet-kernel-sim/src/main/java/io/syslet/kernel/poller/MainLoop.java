package io.syslet.kernel.poller;

import io.syslet.kernel.coroutine.Clock;
import io.syslet.kernel.coroutine.Context;
import io.syslet.kernel.coroutine.Coroutine;
import io.syslet.kernel.coroutine.CoroutineEntry;
import io.syslet.kernel.coroutine.StackSwitch;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A cooperative main loop: whenever something delays, it runs a round of everything else.
 *
 * <p>A round, {@link #resched}: what was posted, calls whose time has come, and pollers, always;
 * work queues and bthreads only while the {@linkplain #command command slice} is free, as they may
 * do what would disturb a command. In a poller or bthread nothing is nested: there a {@link #pause}
 * yields to the round that goes on.
 *
 * <p>One thread runs it. Any thread may {@link #post}.
 *
 * <p>Source: barebox's {@code common/poller.c}, {@code resched()}.
 */
public final class MainLoop extends Context implements Clock {
  /** A job that runs longer without a pause is too long: 20 ms. */
  public static final long OVERTIME_NS = 20_000_000;

  /** How often a job may do so before it is warned of. */
  public static final int OVERTIMES = 3;

  /** A job that runs longer without a pause blocks the loop, and is warned of: 1 s. */
  public static final long BLOCKING_NS = 1_000_000_000;

  private final LongSupplier time;
  private final @Nullable StackSwitch stacks;
  private final Consumer<String> log;
  private final Pollers pollers = new Pollers(this);
  private final WorkQueue workQueue = new WorkQueue();
  private final List<Bthread> bthreads = new ArrayList<>();
  private final Slice command = new Slice(this, "command");
  private final TimedCalls calls = new TimedCalls();
  private final ConcurrentLinkedQueue<Runnable> posted = new ConcurrentLinkedQueue<>();
  private final IdentityHashMap<Coroutine, Job> jobs = new IdentityHashMap<>();
  private @Nullable Bthread bthread;
  private boolean interrupted;

  /**
   * Makes one.
   *
   * @param time in nanoseconds; never goes back.
   * @param stacks null where stacks cannot be switched: pollers are then plain callbacks.
   * @param log gets the warnings.
   */
  public MainLoop(LongSupplier time, @Nullable StackSwitch stacks, Consumer<String> log) {
    this.time = time;
    this.stacks = stacks;
    this.log = log;
  }

  /** Its pollers. */
  public Pollers pollers() {
    return pollers;
  }

  /** Its work. */
  public WorkQueue workQueue() {
    return workQueue;
  }

  /** In use while a command runs. */
  public Slice command() {
    return command;
  }

  /** Its bthreads that have not ended, in the order of their creation. */
  public List<Bthread> threads() {
    return List.copyOf(bthreads);
  }

  List<Bthread> bthreads() {
    return bthreads;
  }

  /** Whether those it runs may pause. */
  public boolean canSwitchStacks() {
    return stacks != null;
  }

  Coroutine coroutine(String name, CoroutineEntry entry) {
    if (stacks == null) {
      throw new IllegalStateException("this context cannot switch stacks");
    }
    return Coroutine.create(stacks, name, entry);
  }

  /**
   * Runs a round. Nothing in a poller or a bthread, and none within another round.
   *
   * <p>Takes the command slice meanwhile, so that what the round runs sees a command only if one
   * was there before.
   */
  public void resched() {
    if (pollers.active() || Coroutine.inCoroutine()) {
      return;
    }
    inside(this::round);
  }

  private void round() {
    boolean commandRuns = command.isAcquired();
    runPosted();
    calls.run(now());
    pollers.call();
    if (!commandRuns) {
      command.acquire();
      try {
        workQueue.doAll();
        runBthreads();
      } finally {
        command.release();
      }
    }
  }

  private void runPosted() {
    for (int left = posted.size(); left > 0; left--) {
      Runnable action = posted.poll();
      if (action != null) {
        action.run();
      }
    }
  }

  private void runBthreads() {
    for (Bthread each : threads()) {
      if (each.isReady()) {
        bthread = each;
        remember(each);
        try {
          each.turn(each.coroutine);
        } finally {
          bthread = null;
          removeIfEnded(each);
        }
      }
    }
  }

  private void remember(Bthread thread) {
    if (thread.coroutine != null) {
      remember(thread.coroutine, thread);
    }
  }

  private void removeIfEnded(Bthread thread) {
    Coroutine mine = thread.coroutine;
    if (thread.hasEnded() && mine != null) {
      bthreads.remove(thread);
      forget(mine);
    }
  }

  void remember(Coroutine coroutine, Job job) {
    jobs.put(coroutine, job);
  }

  void forget(Coroutine coroutine) {
    jobs.remove(coroutine);
  }

  /** The poller or bthread that runs, or null. */
  @Nullable Job running() {
    Coroutine self = Coroutine.self();
    Job remembered = self == null ? null : jobs.get(self);
    if (remembered != null) {
      return remembered;
    }
    return bthread != null ? bthread : pollers.current();
  }

  /**
   * Lets the others run: a poller or bthread yields until the next round, anyone else runs a round.
   *
   * @throws IllegalStateException in a poller, if this context cannot switch stacks.
   */
  public void pause() {
    Job job = running();
    if (job == null) {
      resched();
    } else if (canSwitchStacks()) {
      job.paused = true;
      Coroutine.yield();
    } else {
      throw new IllegalStateException(
          job + " pauses, but this context cannot switch stacks: it must return instead");
    }
  }

  /** Pauses until so many nanoseconds have passed. */
  public void delay(long ns) {
    long end = after(ns);
    while (now() < end) {
      pause();
    }
  }

  @Override
  public long now() {
    return time.getAsLong();
  }

  @Override
  public Clock clock() {
    return this;
  }

  /** Runs an action in the first round at that time or after; for the loop's thread. */
  @Override
  public Alarm at(long when, Runnable action) {
    return calls.at(when, action);
  }

  /** Runs an action once, in the first round after a delay: an asynchronous poller call. */
  public Alarm callAfter(long ns, Runnable action) {
    return at(after(ns), action);
  }

  @Override
  public void post(Runnable action) {
    posted.add(action);
  }

  /** Ends the interruptible wait that goes on, or the next one: what Ctrl-C does. */
  public void interrupt() {
    interrupted = true;
  }

  /** Whether the one who waits is not to go on waiting. */
  boolean takeInterrupt() {
    if (running() instanceof Bthread self && self.isStopping()) {
      return true;
    }
    boolean was = interrupted;
    interrupted = false;
    return was;
  }

  void warn(String text) {
    log.accept(text);
  }

  /** How many rounds it runs in so many nanoseconds: the timing of the poller command. */
  public long roundsIn(long ns) {
    long end = after(ns);
    long rounds = 0;
    for (; now() < end; rounds++) {
      resched();
    }
    return rounds;
  }

  /** What it runs, a line each: what the poller command shows. */
  public List<String> show() {
    List<Job> all = new ArrayList<>(pollers.registered());
    all.addAll(bthreads);
    return all.stream().map(MainLoop::line).toList();
  }

  private static String line(Job job) {
    return "%s: longest %,d us, overtime %d%s"
        .formatted(
            job,
            job.longest() / 1000,
            job.overtime(),
            job.longest() > BLOCKING_NS ? ", BLOCKS" : "");
  }
}
