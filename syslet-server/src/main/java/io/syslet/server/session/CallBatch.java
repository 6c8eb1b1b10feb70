package io.syslet.server.session;

import io.syslet.CallSlots;
import io.syslet.Params;
import io.syslet.Syslet;
import io.syslet.ring.Memory;
import io.syslet.server.policy.Limits;
import java.lang.foreign.Arena;
import org.jspecify.annotations.Nullable;

/**
 * The calls that a client submitted together, copied into memory of the server's own before
 * anything in them was looked at. Filled by a {@link Port}, which has one or a few of them and uses
 * them again. The session changes no slot but for its status.
 *
 * <p>One thread at a time: the session's poller.
 */
public final class CallBatch {
  /** Slots of a batch, at most. */
  public static final int CAPACITY = Limits.MOST_SLOTS;

  private final long address;
  private int count;
  private int flags;
  private @Nullable Object attachment;
  private @Nullable PortCall pending;

  /**
   * Makes an empty batch.
   *
   * @param arena owns the memory, which must outlive the batch.
   */
  public CallBatch(Arena arena) {
    address = arena.allocate((long) CAPACITY * CallSlots.LENGTH, CallSlots.LENGTH).address();
  }

  /**
   * Begins a batch: the port then copies {@code count} slots to {@link #slot}{@code (0)}.
   *
   * @param newCount 1 to {@link #CAPACITY}.
   * @param newFlags of {@code indirect}; the session checks them.
   * @throws IllegalArgumentException for another count.
   */
  public CallBatch begin(int newCount, int newFlags) {
    if (newCount < 1 || newCount > CAPACITY) {
      throw new IllegalArgumentException("slots: " + newCount);
    }
    count = newCount;
    flags = newFlags;
    pending = null;
    return this;
  }

  /** How many slots the client submitted. */
  public int count() {
    return count;
  }

  /** The flags of {@code indirect}, as the client sent them. */
  public int flags() {
    return flags;
  }

  /** Where slot {@code i} lies, as {@link CallSlots} describes it. */
  public long slot(int i) {
    return address + (long) i * CallSlots.LENGTH;
  }

  /** The status of an accepted slot. */
  public long status(int i) {
    return Memory.getLong(slot(i) + CallSlots.STATUS);
  }

  /** Sets the status of a slot. */
  void status(int i, long status) {
    Memory.putLong(slot(i) + CallSlots.STATUS, status);
  }

  /** Whether a slot has a deadline. */
  boolean isTimed(int i) {
    return (Memory.getInt(slot(i) + CallSlots.PARAMS + Params.TARGET) & Syslet.TIMED) != 0;
  }

  /** The deadline of a slot that has one: nanoseconds from now. */
  long deadline(int i) {
    return Memory.getLong(slot(i) + CallSlots.DEADLINE);
  }

  /** The caller data of a slot. */
  public long callerData(int i) {
    return Memory.getLong(slot(i) + CallSlots.PARAMS + Params.CALLER_DATA);
  }

  /**
   * The call that went pending, the last accepted of the batch; null if none did. For {@link
   * Port#answer}.
   */
  public @Nullable PortCall pending() {
    return pending;
  }

  void pending(PortCall call) {
    pending = call;
  }

  /** What the port has put here. */
  public @Nullable Object attachment() {
    return attachment;
  }

  /** Keeps something of the port's. */
  public void attach(@Nullable Object object) {
    attachment = object;
  }
}
