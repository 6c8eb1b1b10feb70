package io.syslet.examples;

import io.syslet.CallSlots;
import io.syslet.Errno;
import io.syslet.Kernel;
import io.syslet.Registers;
import io.syslet.Syslet;
import io.syslet.ring.CompletionHandler;
import io.syslet.ring.CompletionRing;
import io.syslet.ring.Memory;
import java.lang.foreign.Arena;

/**
 * The calls of one task: those filled into the next batch, and those in flight. Each has a number,
 * its caller data, by which its few words of state are found again, and some memory of its own for
 * what it reads or writes.
 */
final class Calls implements CompletionHandler {
  /** Told of the end of each call, once. It starts no calls itself. */
  interface Listener {
    void ended(int call, long status);
  }

  /** Calls made at one entry into the kernel, at most. */
  static final int BATCH = 64;

  /** Memory of each call, bytes: a struct statx, or a name with its NUL. */
  static final int SCRATCH = 256;

  /** Caller data of a completion that only wakes. */
  private static final long WAKE = -1;

  private final Kernel kernel;
  private final Listener listener;
  private final int limit;
  private final Mode mode;
  private final long lstatNr;
  private final CompletionRing ring;
  private final CallSlots slots;
  private final long scratch;
  private final int[] kinds;
  private final long[] names;
  private final Object[] subjects;
  private final int[] spare;
  private final int[] batch = new int[BATCH];
  private int spares;
  private int filled;
  private int room;
  private int inFlight;
  private int maxInFlight;
  private long made;
  private long pending;

  /**
   * @param limit how many calls may be in flight at most.
   * @param lstatNr the call that alone is asynchronous in {@link Mode#LSTAT_ONLY}.
   */
  Calls(Kernel kernel, Listener listener, int limit, Mode mode, long lstatNr) {
    this.kernel = kernel;
    this.listener = listener;
    this.limit = limit;
    this.mode = mode;
    this.lstatNr = lstatNr;
    Arena arena = kernel.arena();
    ring = CompletionRing.allocate(arena, ringSize(limit), 0);
    slots = CallSlots.allocate(arena, BATCH, ring);
    scratch = arena.allocate((long) SCRATCH * limit, SCRATCH).address();
    kinds = new int[limit];
    names = new long[limit];
    subjects = new Object[limit];
    spare = new int[limit];
    while (spares < limit) {
      spare[spares] = spares++;
    }
    room = Math.min(BATCH, limit);
  }

  /** A power of two with room to spare, also for the wake-ups. */
  private static int ringSize(int limit) {
    return Integer.highestOneBit(Math.max(2 * limit, 64) - 1) << 1;
  }

  /** How many more calls the batch takes. */
  int room() {
    return room;
  }

  /** How many calls the batch holds. */
  int filled() {
    return filled;
  }

  /** How many calls have blocked and not ended. */
  int inFlight() {
    return inFlight;
  }

  /** Half of what may be in flight. */
  int half() {
    return limit / 2;
  }

  /** The greatest number in flight so far. */
  int maxInFlight() {
    return maxInFlight;
  }

  /** How many calls have been submitted. */
  long made() {
    return made;
  }

  /** How many of them were answered −ESYSLETPENDING. */
  long pending() {
    return pending;
  }

  int kind(int call) {
    return kinds[call];
  }

  long name(int call) {
    return names[call];
  }

  Object subject(int call) {
    return subjects[call];
  }

  /** Where the memory of a call lies; the call's until it has ended. */
  long scratch(int call) {
    return scratch + (long) SCRATCH * call;
  }

  /** Takes a call, if there is {@link #room()}; {@link #add} must follow. */
  int begin(int kind, Object subject, long name) {
    int call = spare[--spares];
    kinds[call] = kind;
    subjects[call] = subject;
    names[call] = name;
    return call;
  }

  /** Puts the call into the batch. */
  void add(int call, long nr, long a0, long a1, long a2, long a3, long a4) {
    slots.set(filled, call, nr, a0, a1, a2, a3, a4, 0);
    batch[filled++] = call;
    room--;
  }

  /** Makes the calls of the batch; those that do not block have ended when this returns. */
  void submit() {
    int first = 0;
    while (first < filled) {
      int count = asynchronous(first);
      if (count == 0) {
        end(batch[first], syscall(slots.slot(first)));
        first++;
      } else {
        first += indirect(first, count);
      }
    }
    made += filled;
    filled = 0;
    drain();
  }

  /** How many calls from a slot on are to go through the entry. */
  private int asynchronous(int first) {
    return switch (mode) {
      case ASYNC -> filled - first;
      case LSTAT_ONLY -> leadingStats(first);
      case SYNC -> 0;
    };
  }

  private int leadingStats(int first) {
    int i = first;
    while (i < filled && Memory.getLong(slots.slot(i)) == lstatNr) {
      i++;
    }
    return i - first;
  }

  private int indirect(int first, int count) {
    int accepted = kernel.indirect(slots, first, count, 0);
    if (accepted <= 0) {
      refused(accepted);
      return 0;
    }
    answered(first, first + accepted);
    return accepted;
  }

  private void answered(int from, int to) {
    for (int i = from; i < to; i++) {
      long status = slots.status(i);
      if (status == -Syslet.ESYSLETPENDING) {
        pending++;
        maxInFlight = Math.max(maxInFlight, ++inFlight);
      } else {
        end(batch[i], status);
      }
    }
  }

  private void refused(int error) {
    if (error != -Errno.EAGAIN || inFlight == 0) {
      throw new IllegalStateException("indirect: " + Errno.name(-error));
    }
    await();
  }

  private long syscall(long slot) {
    return kernel.syscall(
        Memory.getLong(slot),
        Memory.getLong(slot + Registers.argument(0)),
        Memory.getLong(slot + Registers.argument(1)),
        Memory.getLong(slot + Registers.argument(2)),
        Memory.getLong(slot + Registers.argument(3)),
        Memory.getLong(slot + Registers.argument(4)),
        Memory.getLong(slot + Registers.argument(5)));
  }

  /** Ends the calls whose completions are there. */
  private void drain() {
    if (!ring.isEmpty()) {
      ring.drain(this, Integer.MAX_VALUE);
    }
    room = Math.min(BATCH, limit - inFlight) - filled;
  }

  @Override
  public void onCompletion(long status, long callerData) {
    if (callerData != WAKE) {
      inFlight--;
      end((int) callerData, status);
    }
  }

  /** Waits for a completion, and ends the calls whose completions are there. */
  void await() {
    long error = kernel.ringWait(ring, ring.tail());
    if (error < 0) {
      throw new IllegalStateException("ringWait: " + Errno.name((int) -error));
    }
    drain();
  }

  /** Ends the {@link #await} of the task; any other task may. */
  void wake() {
    int entry = ring.reserve();
    if (entry >= 0) {
      ring.complete(entry, 0, WAKE);
    }
  }

  private void end(int call, long status) {
    listener.ended(call, status);
    spare[spares++] = call;
  }
}
