package io.syslet.kernel;

import io.syslet.KernelStats;
import io.syslet.ring.Memory;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * What happens seldom enough to be counted with shared numbers. They are in memory, which other
 * processes may look at, and whose layout is:
 *
 * <pre>
 *     0  u64 pending           64  u64 pinned               128  u64 inline
 *     8  s64 in flight         72  u64 missed               136  s64 inline of tasks that go on
 *    16  s64 most in flight    80  u64 no spare
 *    24  s64 posting           88  u64 false hand-overs
 *                              96  u64 foreign
 *                             104  u64 without a worker
 * </pre>
 *
 * Any thread may count.
 */
public final class Counters {
  /** Bytes of memory. */
  public static final int LENGTH = 192;

  private static final int PENDING = 0;
  private static final int IN_FLIGHT = 8;
  private static final int MOST_IN_FLIGHT = 16;
  private static final int POSTING = 24;
  private static final int PINNED = 64;
  private static final int MISSED = 72;
  private static final int NO_SPARE = 80;
  private static final int FALSE_HAND_OVERS = 88;
  private static final int FOREIGN = 96;
  private static final int WITHOUT_WORKER = 104;
  private static final int INLINE = 128;
  private static final int INLINE_OF_TASKS = 136;

  /** Calls answered inline on their caller's own stack. */
  public final Counter inline;

  /** Those of tasks that have not ended, which are told here late. */
  public final Counter inlineOfTasks;

  /** Calls answered −ESYSLETPENDING. */
  public final Counter pending;

  /** Calls made inline because the caller's frames could not be moved. */
  public final Counter pinned;

  /** Sleeps of a worker that nobody took over. */
  public final Counter missed;

  /** Calls that slept while no spare worker waited. */
  public final Counter noSpare;

  /** Calls handed over whose worker had not slept. */
  public final Counter falseHandOvers;

  /** Pending calls that waited without a worker. */
  public final Counter withoutWorker;

  /** Calls from threads that are no tasks of the kernel. */
  public final Counter foreign;

  @SuppressWarnings({"unused", "UnusedVariable"}) // keeps the memory
  private final Object owner;

  private final long address;
  private final Counter posting;

  /** Makes counters in memory of their own. */
  public Counters() {
    this(Arena.ofAuto().allocate(LENGTH, 64));
  }

  private Counters(MemorySegment memory) {
    this(memory.address(), memory);
  }

  /**
   * Counts from what the memory at an address holds.
   *
   * @param owner keeps that memory as long as it is reachable.
   */
  public Counters(long address, Object owner) {
    this.owner = owner;
    this.address = address;
    this.inline = new Counter(address + INLINE);
    this.inlineOfTasks = new Counter(address + INLINE_OF_TASKS);
    this.pending = new Counter(address + PENDING);
    this.pinned = new Counter(address + PINNED);
    this.missed = new Counter(address + MISSED);
    this.noSpare = new Counter(address + NO_SPARE);
    this.falseHandOvers = new Counter(address + FALSE_HAND_OVERS);
    this.foreign = new Counter(address + FOREIGN);
    this.withoutWorker = new Counter(address + WITHOUT_WORKER);
    this.posting = new Counter(address + POSTING);
  }

  /**
   * What has been counted so far.
   *
   * @param moreInline calls completed inline that were counted elsewhere.
   * @param moreNoSpare calls without a spare worker that were counted elsewhere.
   * @param workers as in {@link KernelStats}.
   * @param detector as in {@link KernelStats}.
   */
  public KernelStats stats(long moreInline, long moreNoSpare, long workers, String detector) {
    long calls = pending.sum();
    long ownStack = inline.sum() + moreInline;
    return new KernelStats(
        ownStack + calls,
        ownStack,
        calls,
        withoutWorker.sum(),
        missed.sum(),
        pinned.sum(),
        noSpare.sum() + moreNoSpare,
        falseHandOvers.sum(),
        foreign.sum(),
        Math.max(inFlight(), 0),
        maxInFlight(),
        workers,
        detector);
  }

  /** A call has become pending. */
  public void began() {
    pending.increment();
    long now = Memory.getAndAddLong(address + IN_FLIGHT, 1) + 1;
    for (long most = maxInFlight(); now > most; most = maxInFlight()) {
      if (Memory.compareAndSetLong(address + MOST_IN_FLIGHT, most, now)) {
        return;
      }
    }
  }

  /** A pending call has ended. */
  public void ended() {
    Memory.getAndAddLong(address + IN_FLIGHT, -1);
  }

  /** A completion is about to be posted; before {@link #ended}, so that no call is in neither. */
  void posts() {
    posting.increment();
  }

  /** The completion has been posted. */
  void posted() {
    posting.add(-1);
  }

  /** Whether each pending call has ended, and its completion is in its place. */
  public boolean isQuiet() {
    return inFlight() == 0 && !isPosting();
  }

  /** Whether a completion is on its way to its place. */
  boolean isPosting() {
    return posting.sum() != 0;
  }

  /** Pending calls that have not ended. */
  public int inFlight() {
    return (int) Memory.getLongAcquire(address + IN_FLIGHT);
  }

  /** The greatest number in flight so far. */
  public int maxInFlight() {
    return (int) Memory.getLongAcquire(address + MOST_IN_FLIGHT);
  }
}
