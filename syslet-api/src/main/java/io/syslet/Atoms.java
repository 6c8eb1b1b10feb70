package io.syslet;

import io.syslet.ring.CompletionRing;
import io.syslet.ring.Memory;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * A program of calls in user memory, for {@link Kernel#exec}: an array of <em>atoms</em>, each a
 * call and what is to be done after it, and behind it the words and buffers that the atoms work on
 * (syslets v1 to v6, {@code struct syslet_uatom}).
 *
 * <pre>
 *   | atom 0 | atom 1 | ... | data: words, buffers, paths                |
 *
 *    0                      56       64                       104
 *   +----------------------+--------+------------------------+ ...
 *   | nr, six arguments    | status | struct indirect_params |
 *   +----------------------+--------+------------------------+ ...
 *         104     108    112       120        128
 *   ... +-------+------+----------+----------+
 *       | flags | next | result   | deadline |
 *   ... +-------+------+----------+----------+
 *         u32     u32    u64        s64, or 0
 * </pre>
 *
 * An atom begins like a slot of {@link CallSlots}; {@link #slots} gives the atoms as such, for
 * {@link Prep} to fill, and a slot is a program of one call. What an atom adds:
 *
 * <ul>
 *   <li><b>arguments that are fetched</b> ({@link #fetch}): the register holds the address of the
 *       value, which is read when the atom runs, so one call's result is the next one's argument;
 *   <li><b>result</b>: the address of a u64 that gets the call's status; 0 for none;
 *   <li><b>flags</b>: when to stop, and whether stopping means to go on with the atom behind it;
 *   <li><b>next</b>: the atom to go on with otherwise, counted from 1; 0 if the program ends here.
 * </ul>
 *
 * Of the params the target, the frame and the deadline count in the atom that the program begins
 * with, the file flags in each, and the caller data in the one that was last: a completion says by
 * it where the program ended. An atom's status is written when its call has ended. What an argument
 * of a call points at may be anywhere; addresses that the <em>program</em> reads or writes, of
 * values to be fetched, of results and of {@link Nr#UMEM_ADD}, lie in its own memory.
 *
 * <p>The memory belongs to the program from {@code exec} until that has returned a result, or until
 * the completion. The setters make plain stores and are for one thread at a time.
 */
public final class Atoms {
  /** Size of an atom, bytes; atoms are aligned to it. */
  public static final int LENGTH = CallSlots.LENGTH;

  /** u32: the flags. */
  public static final int FLAGS = 104;

  /** u32: the atom to go on with, counted from 1; 0 for none. */
  public static final int NEXT = 108;

  /** u64: the address that gets the status; 0 for none. */
  public static final int RESULT = 112;

  /**
   * s64: the deadline of the whole program, in the atom that it begins with, if that has {@link
   * Syslet#TIMED}; must be 0 without.
   */
  public static final int DEADLINE = CallSlots.DEADLINE;

  /** As the next atom: none, the program ends. */
  public static final int END = -1;

  /**
   * Flag, in the atom that the program begins with: it is made plainly, and blocks if it blocks.
   */
  public static final int SYNC = 0x02;

  /** Flag: if the program ends here in the background, nobody is told. */
  public static final int NO_COMPLETE = 0x04;

  /** Flag: stop after a status that is not 0. */
  public static final int STOP_ON_NONZERO = 0x08;

  /** Flag: stop after a status of 0. */
  public static final int STOP_ON_ZERO = 0x10;

  /** Flag: stop after a status below 0. */
  public static final int STOP_ON_NEGATIVE = 0x20;

  /** Flag: stop after a status of 0 or below. */
  public static final int STOP_ON_NON_POSITIVE = 0x40;

  /** Flag: to stop is to go on with the atom that lies behind this one. */
  public static final int SKIP_TO_NEXT_ON_STOP = 0x80;

  /** Where the bits begin that say which arguments are fetched; six of them. */
  public static final int FETCH_SHIFT = 8;

  /** All flags; any other is −EINVAL. */
  public static final int ALL_FLAGS =
      SYNC
          | NO_COMPLETE
          | STOP_ON_NONZERO
          | STOP_ON_ZERO
          | STOP_ON_NEGATIVE
          | STOP_ON_NON_POSITIVE
          | SKIP_TO_NEXT_ON_STOP
          | (0x3f << FETCH_SHIFT);

  private static final int FETCH_MASK = 0x3f << FETCH_SHIFT;

  private final MemorySegment memory;
  private final int capacity;
  private final CallSlots slots;

  private Atoms(MemorySegment memory, CallSlots slots) {
    this.memory = memory;
    this.capacity = slots.capacity();
    this.slots = slots;
  }

  /**
   * Allocates {@code capacity} empty atoms that complete to {@code ring}, and {@code dataLength}
   * bytes of zeros behind them. The ring lives as long as the atoms are reachable.
   *
   * @param arena owns the memory: a kernel's {@link Kernel#arena()}.
   */
  public static Atoms allocate(Arena arena, int capacity, long dataLength, CompletionRing ring) {
    MemorySegment memory = arena.allocate((long) LENGTH * capacity + dataLength, LENGTH);
    return new Atoms(memory, CallSlots.at(memory, capacity, ring));
  }

  /**
   * Atoms in memory of the caller's, as they are.
   *
   * @throws IllegalArgumentException if the memory is on the heap, not aligned to {@link #LENGTH},
   *     or shorter than {@code capacity} atoms.
   */
  public static Atoms wrap(MemorySegment memory, int capacity) {
    boolean fits = capacity >= 0 && memory.byteSize() >= (long) LENGTH * capacity;
    if (!memory.isNative() || memory.address() % LENGTH != 0 || !fits) {
      throw new IllegalArgumentException("not aligned native memory for " + capacity + " atoms");
    }
    return new Atoms(memory, CallSlots.at(memory, capacity, null));
  }

  /** How many atoms there are. */
  public int capacity() {
    return capacity;
  }

  /** The whole memory: the atoms, and the data behind them. */
  public MemorySegment memory() {
    return memory;
  }

  /** Where atom {@code i} begins. */
  public long atom(int i) {
    return slots.slot(i);
  }

  /** Where the data begins, aligned to {@link #LENGTH}. */
  public long data() {
    return slots.slot(capacity);
  }

  /** The atoms as slots: their calls, params and statuses. */
  public CallSlots slots() {
    return slots;
  }

  /**
   * Fills atom {@code i}: a call, and nothing after it. Params but for the caller data stay what
   * they were.
   */
  public void set(
      int i, long callerData, long nr, long a0, long a1, long a2, long a3, long a4, long a5) {
    slots.set(i, callerData, nr, a0, a1, a2, a3, a4, a5);
    Memory.clear(atom(i) + FLAGS, LENGTH - FLAGS);
  }

  /** Says that argument {@code n}, 0 to 5, of atom {@code i} is the u64 at {@code address}. */
  public void fetch(int i, int n, long address) {
    long atom = atom(i);
    Memory.putLong(atom + Registers.argument(n), address);
    Memory.putInt(atom + FLAGS, Memory.getInt(atom + FLAGS) | (1 << (FETCH_SHIFT + n)));
  }

  /**
   * Says what comes after atom {@code i}.
   *
   * @param flags what is above as a flag; which arguments are fetched stays as it was.
   * @param next an atom, or {@link #END}.
   * @param result the address that gets the status, aligned to 8; 0 for none.
   */
  public void then(int i, int flags, int next, long result) {
    long atom = atom(i);
    Memory.putInt(atom + FLAGS, (Memory.getInt(atom + FLAGS) & FETCH_MASK) | flags);
    Memory.putInt(atom + NEXT, next + 1);
    Memory.putLong(atom + RESULT, result);
  }

  /**
   * Gives a program that begins with atom {@code i} a deadline, after {@link #set}: it goes no
   * further then, and a call that it sleeps in ends with −ETIMEDOUT.
   *
   * @param nanos from the program's start, 0 or more; −1 for no deadline.
   */
  public void deadline(int i, long nanos) {
    slots.deadline(i, nanos);
  }

  /** The status of atom {@code i} when its call ended last. */
  public long status(int i) {
    return slots.status(i);
  }
}
