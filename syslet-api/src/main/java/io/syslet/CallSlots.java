package io.syslet;

import io.syslet.ring.CompletionRing;
import io.syslet.ring.Memory;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/**
 * An array of calls in user memory, for the batch form of {@code indirect}.
 *
 * <pre>
 *    0                           56       64                             104        120        128
 *   +---------------------------+--------+------------------------------+----------+----------+
 *   | struct indirect_registers | status | struct indirect_params       | reserved | deadline |
 *   +---------------------------+--------+------------------------------+----------+----------+
 *     nr, six arguments           s64      ring, caller data, frame, ...  u64 (2)    s64
 * </pre>
 *
 * The kernel reads a slot when the call starts, writes its status (a value, −errno or
 * −ESYSLETPENDING) before the batch returns, and does not touch the slot afterwards: a pending call
 * keeps nothing here, so a slot may be reused as soon as the batch has returned. What the arguments
 * <em>point at</em> stays the call's until its completion. One thread at a time may use a slot.
 */
public final class CallSlots {
  /** Size of a slot, bytes; slots are aligned to it. */
  public static final int LENGTH = 128;

  /** s64: the call's status. */
  public static final int STATUS = 56;

  /** Where the params of a slot begin. */
  public static final int PARAMS = 64;

  /** s64: the call's deadline, read if its target has {@link Syslet#TIMED}. */
  public static final int DEADLINE = 120;

  private final MemorySegment memory;
  private final long address;
  private final int capacity;

  /** Kept, since whoever names a ring by its address needs it to be reachable. */
  @SuppressWarnings({"unused", "UnusedVariable"})
  private final @Nullable CompletionRing ring;

  private CallSlots(MemorySegment memory, int capacity, @Nullable CompletionRing ring) {
    this.memory = memory;
    this.address = memory.address();
    this.capacity = capacity;
    this.ring = ring;
  }

  /**
   * Allocates {@code capacity} empty slots that complete to {@code ring}, which lives as long as
   * the slots are reachable.
   *
   * @param arena owns the memory, which lives as long as it: a kernel's {@link Kernel#arena()}.
   */
  public static CallSlots allocate(Arena arena, int capacity, CompletionRing ring) {
    MemorySegment memory = arena.allocate((long) LENGTH * capacity, LENGTH);
    return at(memory, capacity, ring);
  }

  /**
   * The slots in memory that holds so many; they complete to the ring, if there is one, or as they
   * say.
   */
  static CallSlots at(MemorySegment memory, int capacity, @Nullable CompletionRing ring) {
    CallSlots slots = new CallSlots(memory, capacity, ring);
    for (int i = 0; ring != null && i < capacity; i++) {
      Params.put(slots.params(i), ring.address(), 0);
    }
    return slots;
  }

  /** How many slots there are. */
  public int capacity() {
    return capacity;
  }

  /** Whether their memory has not been freed. */
  public boolean isAlive() {
    return memory.scope().isAlive();
  }

  /** Where slot {@code i} begins. */
  public long slot(int i) {
    return address + (long) i * LENGTH;
  }

  /** Where the params of slot {@code i} begin ({@link Params}). */
  public long params(int i) {
    return slot(i) + PARAMS;
  }

  /** Fills slot {@code i}; its target and its deadline stay what they were. */
  public void set(
      int i, long callerData, long nr, long a0, long a1, long a2, long a3, long a4, long a5) {
    long slot = slot(i);
    Registers.put(slot, nr, a0, a1, a2, a3, a4, a5);
    Memory.putLong(slot + PARAMS + Params.CALLER_DATA, callerData);
  }

  /**
   * Gives slot {@code i} a deadline: the call ends with −ETIMEDOUT if it sleeps for longer.
   *
   * @param nanos from the call's start, 0 or more; −1 for no deadline.
   */
  public void deadline(int i, long nanos) {
    setDeadline(slot(i), nanos);
  }

  /** {@link #deadline(int, long)} of the slot at an address. */
  public static void setDeadline(long slot, long nanos) {
    long target = slot + PARAMS + Params.TARGET;
    int untimed = Memory.getInt(target) & ~Syslet.TIMED;
    Memory.putInt(target, nanos < 0 ? untimed : untimed | Syslet.TIMED);
    Memory.putLong(slot + DEADLINE, Math.max(nanos, 0));
  }

  /**
   * The status of slot {@code i} after a batch has returned: its value, −errno or −ESYSLETPENDING
   * if that has accepted it; −EAGAIN if not; its own −errno if it was the first and was refused.
   */
  public long status(int i) {
    return Memory.getLong(slot(i) + STATUS);
  }

  /** The caller data of slot {@code i}. */
  public long callerData(int i) {
    return Memory.getLong(params(i) + Params.CALLER_DATA);
  }
}
