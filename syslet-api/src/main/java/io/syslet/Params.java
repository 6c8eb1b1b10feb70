package io.syslet;

import io.syslet.ring.Memory;

/**
 * {@code struct indirect_params}: where the completion of a call goes, and what else the call
 * carries. v7 has a union here; ours is a struct that begins with {@code struct syslet_args}, so a
 * v7 caller's 32 bytes mean the same, and a call may carry file flags as well.
 *
 * <pre>
 *    0                     8             16         24         32           36        40         48
 *   +---------------------+-------------+----------+----------+------------+---------+----------+
 *   | completion_ring_ptr | caller_data | frame.ip | frame.sp | file_flags | target  | deadline |
 *   +---------------------+-------------+----------+----------+------------+---------+----------+
 *     u64                   u64           u64        u64        u32          u32       s64
 *   |----------------- struct syslet_args ------------------|
 * </pre>
 *
 * Shorter params are zero-extended; longer ones are −EINVAL. The deadline of a slot lies elsewhere,
 * at {@link CallSlots#DEADLINE}.
 */
public final class Params {
  /** Size of {@code struct syslet_args}, bytes. */
  public static final int SYSLET_ARGS_LENGTH = 32;

  /** Size of the struct without a deadline, bytes. */
  public static final int LENGTH = 40;

  /** Size of the struct with a deadline, bytes. */
  public static final int TIMED_LENGTH = 48;

  /** u64: address of the ring or of the completion word. */
  public static final int COMPLETION_RING_PTR = 0;

  /** u64: given back with the completion. */
  public static final int CALLER_DATA = 8;

  /** u64: what {@link Kernel#frame} returned, or 0 for no frame. */
  public static final int FRAME_IP = 16;

  /** u64: the frame's stack, any number but 0; 0 only if there is no frame. */
  public static final int FRAME_SP = 24;

  /** u32: O_CLOEXEC, O_NONBLOCK for a call that makes a descriptor. */
  public static final int FILE_FLAGS = 32;

  /**
   * u32: {@link Syslet#TARGET_RING}, {@link Syslet#TARGET_WORD} or {@link Syslet#TARGET_NONE}; and
   * {@link Syslet#TIMED} if there is a deadline.
   */
  public static final int TARGET = 36;

  /** s64: nanoseconds after which the call ends with −ETIMEDOUT; read if the target says so. */
  public static final int DEADLINE = 40;

  /** Writes params without frame and deadline: a completion to the ring. Plain stores. */
  public static void put(long address, long ring, long callerData) {
    Memory.clear(address, LENGTH);
    Memory.putLong(address + COMPLETION_RING_PTR, ring);
    Memory.putLong(address + CALLER_DATA, callerData);
  }

  private Params() {}
}
