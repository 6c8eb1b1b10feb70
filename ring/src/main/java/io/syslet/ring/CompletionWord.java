package io.syslet.ring;

import static io.syslet.ring.RingErrno.EFAULT;
import static io.syslet.ring.RingErrno.EINVAL;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.function.BooleanSupplier;

/**
 * A completion target for one call: one address for the return value, waited for like a ring.
 *
 * <pre>
 *   0                   1                   2                   3
 *   0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 *  +---------------------------------------------------------------+
 *  |                          kernel_head                          |  0   0, then 1 (release)
 *  +---------------------------------------------------------------+
 *  |                          wait_group                           |  4
 *  +---------------------------------------------------------------+
 *  |                            status                             |  8
 *  |                                                               |
 *  +---------------------------------------------------------------+
 * </pre>
 *
 * Any thread may call any method; one call at a time may use the word.
 */
public final class CompletionWord {
  /** Bytes. */
  public static final int LENGTH = 16;

  /** u32. */
  public static final int KERNEL_HEAD_OFFSET = 0;

  /** u32. */
  public static final int WAIT_GROUP_OFFSET = 4;

  /** u64. */
  public static final int STATUS_OFFSET = 8;

  private final MemorySegment memory;
  private final long base;
  private final WaitBucket bucket;
  private final RingWaiter.Index index = new Head();

  private CompletionWord(MemorySegment memory) {
    this.memory = memory;
    this.base = memory.address();
    int group = Memory.getInt(base + WAIT_GROUP_OFFSET);
    this.bucket = WaitQueues.system().bucket(group);
  }

  /** A word, not done, of wait group 0. */
  public static CompletionWord allocate(Arena arena) {
    return new CompletionWord(arena.allocate(LENGTH, LENGTH));
  }

  /**
   * A word in memory of the caller's; its wait group is read once.
   *
   * @throws IllegalArgumentException if the memory is on the heap, shorter than 16 or not aligned
   *     to 8
   */
  public static CompletionWord wrap(MemorySegment memory) {
    if (!memory.isNative() || memory.byteSize() < LENGTH || (memory.address() & 7) != 0) {
      throw new IllegalArgumentException("not 16 aligned bytes of native memory");
    }
    return new CompletionWord(memory);
  }

  /**
   * Whether 16 bytes at {@code address}, a multiple of 8, can be written, as the kernel finds them:
   * some hundred nanoseconds. They have to stay that until the word is done.
   */
  public static boolean isWritable(long address) {
    return Futex.isWritable(address) && Futex.isWritable(address + STATUS_OFFSET);
  }

  /** Where it is. */
  public long address() {
    return memory.address();
  }

  /** Whether the status is there; acquire. */
  public boolean isDone() {
    return Memory.getIntAcquire(base + KERNEL_HEAD_OFFSET) != 0;
  }

  /** The status, when {@link #isDone()} was seen true: a value or −errno, all 64 bits. */
  public long status() {
    return Memory.getLong(base + STATUS_OFFSET);
  }

  /** Makes it ready for another call; only while no call uses it. */
  public void reset() {
    Memory.putIntVolatile(base + KERNEL_HEAD_OFFSET, 0);
  }

  /**
   * Stores the status, then the head (release), and wakes.
   *
   * @return 0, or −EINVAL when it was done already: then nothing is changed but, possibly, the
   *     status
   */
  public int complete(long status) {
    return complete(base, status);
  }

  /**
   * {@link #complete(long)} for the word at {@code address}, 8-byte aligned memory of the caller's,
   * who may free it as soon as the head is 1. Allocates nothing.
   */
  public static int complete(long address, long status) {
    if (Memory.getIntAcquire(address + KERNEL_HEAD_OFFSET) != 0) {
      return -EINVAL;
    }
    WaitBucket waiters = WaitQueues.system().bucket(Memory.getInt(address + WAIT_GROUP_OFFSET));
    Memory.putLong(address + STATUS_OFFSET, status);
    if (!Memory.compareAndSetInt(address + KERNEL_HEAD_OFFSET, 0, 1)) {
      return -EINVAL;
    }
    waiters.wakeAll();
    return 0;
  }

  /**
   * Waits until it is done. Virtual and platform threads; parks.
   *
   * @param deadlineNanos of {@link System#nanoTime()}, or {@link Long#MAX_VALUE} for none
   * @return 0; −ETIME; −ERESTARTSYS when interrupted (the interrupt status stays); −EFAULT when its
   *     memory was freed
   */
  public int await(long deadlineNanos) {
    return await(deadlineNanos, RingWaiter.NEVER_SILENT);
  }

  /**
   * {@link #await(long)} for a word of somebody who may fall silent.
   *
   * @param silent whether no completion will come any more. Who makes it true has posted the last
   *     one before, and calls {@link WaitQueues#wakeEverybody} afterwards.
   * @return as there; −ESHUTDOWN when it is silent, and the word is not done
   */
  public int await(long deadlineNanos, BooleanSupplier silent) {
    if (!memory.scope().isAlive()) {
      return -EFAULT;
    }
    return RingWaiter.await(index, bucket, 0, 1, deadlineNanos, silent);
  }

  /** Has an action run at the next wake-up of the word's bucket: a wait without a thread. */
  public WakeUp onWake(Runnable action) {
    return new WakeUp(bucket, action, () -> {});
  }

  private final class Head implements RingWaiter.Index {
    @Override
    public int now() {
      return Memory.getIntVolatile(base + KERNEL_HEAD_OFFSET);
    }

    @Override
    public int error() {
      return 0;
    }
  }
}
