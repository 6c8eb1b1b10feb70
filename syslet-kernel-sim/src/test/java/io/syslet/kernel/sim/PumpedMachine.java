package io.syslet.kernel.sim;

import io.syslet.Errno;
import java.util.ArrayDeque;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/**
 * A machine of one host thread and no tasks: who sleeps runs the events until one wakes it. An
 * event may itself call what sleeps, which then goes on before its caller does: two in flight.
 */
public final class PumpedMachine implements SimMachine {
  private record Event(long when, long order, Runnable action) implements Comparable<Event> {
    @Override
    public int compareTo(Event other) {
      return when != other.when ? Long.compare(when, other.when) : Long.compare(order, other.order);
    }
  }

  private final PriorityQueue<Event> events = new PriorityQueue<>();
  private final Trace trace = new Trace(this::now, null);
  private final RandomGenerator random;
  private final Faults faults;
  private final MappedRanges memory = new MappedRanges();
  private boolean mayBlock = true;
  private long now;
  private long made;
  private long sleeps;

  /** A machine without faults. */
  public PumpedMachine(long seed) {
    this(seed, Map.of());
  }

  /** A machine in which each fault strikes one time in so many. */
  public PumpedMachine(long seed, Map<Fault, Integer> oneIn) {
    random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    faults = new Faults(oneIn, random);
  }

  /** The process of the machine. */
  public SimProcess process() {
    return new SimProcess();
  }

  /** The calls that need no machine: those on files of any kind. */
  public static SimCalls calls() {
    SimCalls calls = new SimCalls();
    FileCalls.register(calls);
    DescriptorCalls.register(calls);
    return calls;
  }

  /** Runs all events that there are. */
  public void settle() {
    while (step()) {
      // until none is left
    }
  }

  /** Runs one event; false if there is none. */
  public boolean step() {
    Event event = events.poll();
    if (event != null) {
      now = Math.max(now, event.when);
      event.action.run();
    }
    return event != null;
  }

  /** Whether a sleep sleeps, or answers −EAGAIN. */
  public void mayBlock(boolean may) {
    mayBlock = may;
  }

  /** How often something slept. */
  public long sleeps() {
    return sleeps;
  }

  @Override
  public long now() {
    return now;
  }

  @Override
  public long realTime() {
    return 1_196_000_000_000_000_000L + now;
  }

  @Override
  public void at(long when, Runnable event) {
    events.add(new Event(Math.max(when, now), made++, event));
  }

  @Override
  public void charge(long nanos) {
    now += nanos;
  }

  @Override
  public RandomGenerator random() {
    return random;
  }

  @Override
  public Trace trace() {
    return trace;
  }

  @Override
  public WaitQueue waitQueue(String name) {
    return new Pump(name);
  }

  @Override
  public Faults faults() {
    return faults;
  }

  @Override
  public MappedRanges memory() {
    return memory;
  }

  private final class Pump implements WaitQueue {
    private final String name;
    private final ArrayDeque<boolean[]> sleepers = new ArrayDeque<>();

    Pump(String name) {
      this.name = name;
    }

    @Override
    public int sleepUntil(long deadline) {
      if (!mayBlock) {
        return -Errno.EAGAIN;
      }
      sleeps++;
      boolean[] woken = new boolean[1];
      sleepers.add(woken);
      while (!woken[0]) {
        if (!step()) {
          throw new IllegalStateException("nobody wakes who sleeps for " + name);
        }
      }
      return 0;
    }

    @Override
    public int sleepInterruptiblyUntil(long deadline) {
      return sleepUntil(deadline);
    }

    @Override
    public boolean wakeOne() {
      boolean[] first = sleepers.poll();
      if (first != null) {
        first[0] = true;
      }
      return first != null;
    }

    @Override
    public int wakeAll() {
      int count = sleepers.size();
      while (wakeOne()) {
        // each of them
      }
      return count;
    }

    @Override
    public boolean isEmpty() {
      return sleepers.isEmpty();
    }

    @Override
    public void watch(Runnable observer) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void unwatch(Runnable observer) {
      throw new UnsupportedOperationException();
    }
  }
}
