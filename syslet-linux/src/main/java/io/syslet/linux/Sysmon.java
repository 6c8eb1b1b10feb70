package io.syslet.linux;

import io.syslet.linux.events.Events;
import java.lang.foreign.Arena;
import java.util.concurrent.locks.LockSupport;

/**
 * The detector behind the sentinels: a thread that {@linkplain HolderWatch looks} at each
 * processor's holder. It finds what a sentinel cannot see, because another program keeps the CPU
 * busy, or because there is no sentinel; late, but surely. It also {@linkplain BlockedWatch looks}
 * how long those sleep that have lost their processor.
 *
 * <p>It looks every millisecond, and ten times as often for a while after it had to do something.
 * Where the kernel tells it of switches, it need not look so often.
 *
 * <p>It parks after ten rounds without a carrier at work. Who takes a processor, or gives it back
 * to who had lent it, looks whether it is parked, behind that; it looks for holders after it has
 * said that it parks; so one sees the other. A task whose carrier has lent its processor keeps it
 * from parking, since that may be in a batch, and does not look before each call of one:
 *
 * <pre>
 *   carrier                      detector                 sysmon
 *   holds its processor? yes
 *   call 1 of a batch; sleeps
 *                                lends the processor
 *   goes on                                               ten rounds: nobody holds one. Parks?
 *   call 2 sleeps                                         nobody would see it
 * </pre>
 */
final class Sysmon extends Thread {
  private static final long BEHIND_SENTINEL_NANOS = 1_000_000;
  private static final long ALONE_NANOS = 50_000;
  private static final long QUIET_NANOS = 10_000_000;
  private static final int QUIET_ROUNDS = 10;
  private static final long HASTY_NANOS = 100_000;
  private static final long FIRST_CHORES_NANOS = 20_000_000;
  private static final long CHORES_NANOS = 100_000_000;

  private final Scheduler scheduler;
  private final long period;
  private final ThreadState state;
  private final HolderWatch holders;
  private final BlockedWatch blocked;
  private volatile boolean parked;

  Sysmon(Scheduler scheduler, boolean behindSentinels, boolean crowded, Arena arena) {
    super(null, null, scheduler.options.name() + "-sysmon", 0, false);
    this.scheduler = scheduler;
    this.period = behindSentinels ? BEHIND_SENTINEL_NANOS : ALONE_NANOS;
    this.state = new ThreadState(arena.allocate(ThreadState.LENGTH, 8).address());
    this.holders = new HolderWatch(scheduler, state, crowded, arena);
    this.blocked = new BlockedWatch(scheduler.carriers, scheduler.options.listener(), state);
    setDaemon(true);
  }

  /** Whether it looks at a carrier's record now. A full fence. */
  boolean looksAt(long carrier) {
    return state.looksAt(carrier);
  }

  /** {@link HolderWatch#late}. */
  long late() {
    return holders.late();
  }

  /** {@link HolderWatch#isCrowded}. */
  boolean isCrowded() {
    return holders.isCrowded();
  }

  /** A carrier has taken a processor, and is about to run something. */
  void arm() {
    if (parked) {
      parked = false;
      LockSupport.unpark(this);
    }
  }

  @Override
  public void run() {
    while (!scheduler.isClosed()) {
      try {
        watch();
      } catch (RuntimeException | Error e) {
        Uncaught.report(e);
        LockSupport.parkNanos(QUIET_NANOS);
      }
    }
    holders.switches.watch(false);
  }

  private void watch() {
    int quiet = 0;
    long chores = System.nanoTime() + FIRST_CHORES_NANOS;
    while (!scheduler.isClosed()) {
      pause(quiet);
      scheduler.sentinels.recall();
      quiet = holders.look() ? 0 : quiet + 1;
      if (quiet <= QUIET_ROUNDS) {
        blocked.lookNowAndThen();
      } else if (!blocked.look() && rests()) {
        quiet = 0;
      }
      if (System.nanoTime() - chores > 0) {
        chores = System.nanoTime() + CHORES_NANOS;
        VmState.tell(scheduler.record);
        scheduler.countProcessors();
        holders.lookAround();
        Events.look();
      }
    }
  }

  private void pause(int quiet) {
    boolean isQuiet = quiet > QUIET_ROUNDS;
    long nanos = isQuiet ? QUIET_NANOS : patience();
    SwitchDetector switches = holders.switches;
    switches.watch(!isQuiet && holders.isHasty() && holders.isCrowded() && switches.isPossible());
    if (switches.isOn()) {
      switches.await(BEHIND_SENTINEL_NANOS);
    } else {
      LockSupport.parkNanos(nanos);
    }
  }

  private long patience() {
    holders.calmDown();
    return holders.isHasty() ? Math.min(HASTY_NANOS, period) : period;
  }

  /** Parks until it is armed, unless it is needed: whether it has. */
  private boolean rests() {
    parked = true;
    boolean mayRest = !holders.anyHeld();
    while (mayRest && parked && !scheduler.isClosed()) {
      LockSupport.park(this);
    }
    parked = false;
    return mayRest;
  }
}
