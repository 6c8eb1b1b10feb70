package io.syslet.linux;

import io.syslet.ring.Memory;

/**
 * The off-heap record of a scheduler, shared with its sentinels ({@code struct scheduler} of the
 * stub).
 *
 * <pre>
 *     0  s64 spare_count  may be late, and below 0
 *   128  u32 quit         1 tells the sentinels to leave
 *   132  u32 cpus         number of processors
 *   136  u64 cpu          address of their records
 *   144  u64 sentinel     address of a table of the sentinels' records, by number of the CPU
 *   152  u64 sentinels    length of that table
 *   160  u64 thread_state offset of the VM's state of a thread in what it knows of it; 0: not known
 *   168  u64 os_thread    offset there of the pointer to what the system knows of the thread
 *   176  u64 wait_state   offset in that of what it waits for
 *   184  u64 traced       1 while a tracer may stop threads
 *   192  u32 processors   how many continuations may run at once now
 *   196  u32 limit        of workers
 *   200  u32 most         workers so far
 *   204  u32 sentinels_there  1 if blocking is seen by sentinels
 *   208  u32 recorded     1 while it is seen by the kernel's records of switches
 *   256  64 stacks of spares, 64 bytes each: u64 of 23 bits of tag, 41 of address / 128
 * </pre>
 *
 * <p>A spare is put on the stack of the CPU that it last ran on, and taken there if possible:
 * waking a thread there is cheapest. The stacks are Treiber's. Anybody takes, anybody puts, also
 * native code; what is on one stands by. A record is never freed while its scheduler lives, so
 * reading the link of one that was taken meanwhile is harmless, and the tag, which each change
 * raises, makes the CAS behind it fail.
 */
final class SchedulerRecord {
  static final int LENGTH = 256 + 64 * 64;

  private static final int SPARE_COUNT = 0;
  private static final int QUIT = 128;
  private static final int CPUS = 132;
  private static final int CPU = 136;
  private static final int SENTINEL = 144;
  private static final int SENTINELS = 152;
  private static final int THREAD_STATE = 160;
  private static final int OS_THREAD = 168;
  private static final int WAIT_STATE = 176;
  private static final int TRACED = 184;
  private static final int PROCESSORS = 192;
  private static final int LIMIT = 196;
  private static final int MOST = 200;
  private static final int SENTINELS_THERE = 204;
  private static final int RECORDED = 208;
  private static final int STACKS = 256;

  private static final int STACK_COUNT = 64;
  private static final int STACK_LENGTH = 64;
  private static final long ADDRESS = (1L << 41) - 1;
  private static final long TAG = 1L << 41;
  private static final int SHIFT = 7;

  private SchedulerRecord() {}

  static void init(long record, int cpus, long cpu, int sentinels, long sentinel) {
    Memory.putInt(record + CPUS, cpus);
    Memory.putLong(record + CPU, cpu);
    Memory.putLong(record + SENTINELS, sentinels);
    Memory.putLong(record + SENTINEL, sentinel);
  }

  /** Says where the VM keeps the states of threads. */
  static void tellStates(long record, long threadState, long osThread, long waitState) {
    Memory.putLong(record + OS_THREAD, osThread);
    Memory.putLong(record + WAIT_STATE, waitState);
    Memory.putLongRelease(record + THREAD_STATE, threadState);
  }

  static void setTraced(long record, boolean traced) {
    Memory.putLongVolatile(record + TRACED, traced ? 1 : 0);
  }

  static int processors(long record) {
    return Memory.getIntAcquire(record + PROCESSORS);
  }

  static void setProcessors(long record, int count) {
    Memory.putIntRelease(record + PROCESSORS, count);
  }

  static int limit(long record) {
    return Memory.getIntAcquire(record + LIMIT);
  }

  static void setLimit(long record, int limit) {
    Memory.putIntRelease(record + LIMIT, limit);
  }

  static int most(long record) {
    return Memory.getIntAcquire(record + MOST);
  }

  static void setMost(long record, int workers) {
    Memory.putIntRelease(record + MOST, workers);
  }

  static boolean hasSentinels(long record) {
    return Memory.getIntAcquire(record + SENTINELS_THERE) != 0;
  }

  static void setSentinels(long record, boolean there) {
    Memory.putIntRelease(record + SENTINELS_THERE, there ? 1 : 0);
  }

  static void setRecorded(long record, boolean recorded) {
    Memory.putIntRelease(record + RECORDED, recorded ? 1 : 0);
  }

  /** What sees now that a worker sleeps: {@link io.syslet.KernelStats#detector}. */
  static String detector(long record) {
    if (Memory.getIntAcquire(record + RECORDED) != 0) {
      return "switch records";
    }
    return hasSentinels(record) ? "sentinel" : "sysmon";
  }

  static void quit(long record) {
    Memory.putIntVolatile(record + QUIT, 1);
  }

  /** How many spares stand by; a moment ago. A spare that is counted has been put. */
  static long spares(long record) {
    return Memory.getLongAcquire(record + SPARE_COUNT);
  }

  /** Puts a spare on the stack of a CPU. A full fence. */
  static void push(long record, long spare, int number) {
    long stack = stack(record, number);
    long head;
    do {
      head = Memory.getLongAcquire(stack);
      CarrierRecord.setNext(spare, head & ADDRESS);
    } while (!Memory.compareAndSetLong(stack, head, pushed(head, spare)));
    Memory.getAndAddLong(record + SPARE_COUNT, 1);
  }

  /** Takes the spare that stood by last on a CPU, or else on another; 0 if there is none. */
  static long pop(long record, int number) {
    for (int i = 0; i < STACK_COUNT; i++) {
      long spare = popFrom(stack(record, number + i));
      if (spare != 0) {
        Memory.getAndAddLong(record + SPARE_COUNT, -1);
        return spare;
      }
    }
    return 0;
  }

  private static long popFrom(long stack) {
    for (; ; ) {
      long head = Memory.getLongAcquire(stack);
      long spare = top(head);
      if (spare == 0) {
        return 0;
      }
      long below = changed(head) | CarrierRecord.next(spare);
      if (Memory.compareAndSetLong(stack, head, below)) {
        return spare;
      }
    }
  }

  private static long stack(long record, int number) {
    return record + STACKS + (long) (number & (STACK_COUNT - 1)) * STACK_LENGTH;
  }

  /** The spare on top, or 0: addresses have 48 bits at most, as on aarch64. */
  static long top(long head) {
    return (head & ADDRESS) << SHIFT;
  }

  /** The head with a spare on top. */
  static long pushed(long head, long spare) {
    return changed(head) | spare >>> SHIFT;
  }

  private static long changed(long head) {
    return (head & ~ADDRESS) + TAG;
  }
}
