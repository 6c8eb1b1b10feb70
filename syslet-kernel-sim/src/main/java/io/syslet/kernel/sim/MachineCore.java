package io.syslet.kernel.sim;

import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/**
 * What both kinds of machine have in common: the {@link VirtualMachine}, which is deterministic,
 * and the {@link ConcurrentMachine}, which host threads enter.
 */
abstract class MachineCore implements SimMachine {
  /** 6 December 2007, when syslets were last seen; nanoseconds since the epoch. */
  private static final long BOOT = 1_196_983_245_000_000_000L;

  private static final int PLANTED_ONE_IN = 16;

  final MappedRanges memory = new MappedRanges();
  private final RandomGenerator random;
  private final RandomGenerator dice;
  private final Trace trace;
  private final Faults faults;
  private final Plant plant;

  MachineCore(SimOptions options) {
    this.random = new SplittableRandom(options.seed());
    this.dice = new SplittableRandom(~options.seed());
    this.faults = options.faults().isEmpty() ? Faults.NONE : new Faults(options.faults(), dice);
    this.plant = options.plant();
    this.trace = new Trace(this::now, options.openTrace());
  }

  /** The thread that runs now; an error outside of all, and in an event. */
  abstract SimThread current();

  /** The running thread lets others run first. */
  abstract void yieldProcessor();

  /** A thread that slept may run. */
  abstract void ready(SimThread thread);

  /** Like {@link #at}, for an event that may be canceled. */
  abstract Event schedule(long when, Runnable event);

  /** Takes an event back, if it has not happened. */
  abstract void cancel(Event event);

  @Override
  public final void at(long when, Runnable event) {
    schedule(when, event);
  }

  @Override
  public final long realTime() {
    return BOOT + now();
  }

  @Override
  public final WaitQueue waitQueue(String name) {
    return new SimWaitQueue(this, name);
  }

  @Override
  public final RandomGenerator random() {
    return random;
  }

  @Override
  public final Trace trace() {
    return trace;
  }

  @Override
  public final Faults faults() {
    return faults;
  }

  @Override
  public final MappedRanges memory() {
    return memory;
  }

  /** Whether a bug is planted that is always there. */
  final boolean hasPlant(Plant bug) {
    return plant == bug;
  }

  /** Whether a bug is planted that shows now and then, and does so now. */
  final boolean plants(Plant bug) {
    return plant == bug && dice.nextInt(PLANTED_ONE_IN) == 0;
  }

  /** The fault that kills a task may strike where it sleeps. */
  final void mayKill(SimThread thread) {
    if (faults.strikes(Fault.TASK_KILLED)) {
      thread.die();
    }
  }

  /** The fault that wakes for nothing may strike who has just gone to sleep. */
  final void mayWakeForNothing(SimThread thread) {
    if (faults.strikes(Fault.SPURIOUS_WAKE)) {
      int sleep = thread.sleeps;
      at(now() + dice.nextInt(1_000_000), () -> wakeForNothing(thread, sleep));
    }
  }

  private void wakeForNothing(SimThread thread, int sleep) {
    if (thread.sleeps == sleep) {
      thread.wake(this, 0);
    }
  }
}
