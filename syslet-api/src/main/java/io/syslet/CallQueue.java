package io.syslet;

import io.syslet.ring.CompletionRing;
import io.syslet.ring.Memory;
import java.lang.foreign.Arena;
import java.util.Arrays;

/**
 * Calls on their way into the kernel, in the order in which they were begun.
 *
 * <pre>
 *   0           told           accepted         filled      capacity
 *   | ended, or  | accepted: the | to be          | free      |
 *   | pending    | statuses are  | submitted      |           |
 *   |            | not told yet  |                |           |
 * </pre>
 *
 * It is empty, and begins at 0 again, most of the times that a batch has been submitted. Only those
 * who are told of an end make it grow.
 */
final class CallQueue {
  private final Arena arena;
  private final CompletionRing ring;
  private CallSlots slots;
  private Call[] calls;
  private int told;
  private int accepted;
  private int filled;

  /** A slot may have the deadline of a call before. */
  private boolean hasTimed;

  CallQueue(Arena arena, int capacity, CompletionRing ring) {
    this.arena = arena;
    this.ring = ring;
    this.slots = CallSlots.allocate(arena, capacity, ring);
    this.calls = new Call[capacity];
  }

  /** How many have not been told of. */
  int size() {
    return filled - told;
  }

  /** How many the kernel has not accepted. */
  int waiting() {
    return filled - accepted;
  }

  void add(Call call, long nr, long a0, long a1, long a2, long a3, long a4, long a5) {
    if (filled == calls.length) {
      grow();
    }
    slots.set(filled, call.number, nr, a0, a1, a2, a3, a4, a5);
    if (hasTimed) {
      slots.deadline(filled, -1);
    }
    calls[filled++] = call;
  }

  /** The call that was added last has so many nanoseconds. */
  void within(long nanos) {
    hasTimed = true;
    slots.deadline(filled - 1, nanos);
  }

  private void grow() {
    int capacity = 2 * calls.length;
    CallSlots larger = CallSlots.allocate(arena, capacity, ring);
    Memory.copy(slots.slot(0), larger.slot(0), (long) CallSlots.LENGTH * filled);
    slots = larger;
    calls = Arrays.copyOf(calls, capacity);
  }

  /** Has the kernel take up to {@code count} of the calls that wait: how many, or −errno. */
  int enter(Kernel kernel, int count) {
    int result = kernel.indirect(slots, accepted, count, 0);
    accepted += Math.max(result, 0);
    return result;
  }

  /** Whether an accepted call has not been told of. */
  boolean hasStatus() {
    return told < accepted;
  }

  /** The status of the accepted call that is next. */
  long status() {
    return slots.status(told);
  }

  /** Takes the call that is next, accepted or not. */
  Call take() {
    Call call = calls[told++];
    accepted = Math.max(accepted, told);
    return call;
  }

  /** The call that waits first; its registers are at {@link #firstSlot}. */
  Call first() {
    return calls[accepted];
  }

  long firstSlot() {
    return slots.slot(accepted);
  }

  /** How many that wait come before the first one of a kind. */
  int before(Kind kind) {
    int i = accepted;
    while (i < filled && !kind.has(calls[i])) {
      i++;
    }
    return i - accepted;
  }

  /** A kind of calls. */
  interface Kind {
    boolean has(Call call);
  }

  /** Begins at 0 again, when all are accepted and told of, or many have been. */
  void tidy() {
    if (told == filled) {
      told = 0;
      accepted = 0;
      filled = 0;
    } else if (told == accepted && told >= calls.length / 2) {
      int waiting = filled - told;
      Memory.copy(slots.slot(told), slots.slot(0), (long) CallSlots.LENGTH * waiting);
      System.arraycopy(calls, told, calls, 0, waiting);
      told = 0;
      accepted = 0;
      filled = waiting;
    }
  }
}
