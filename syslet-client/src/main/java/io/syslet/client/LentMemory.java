package io.syslet.client;

import io.syslet.CallSlots;
import io.syslet.Errno;
import io.syslet.Params;
import io.syslet.Registers;
import io.syslet.Syslet;
import io.syslet.ring.CompletionWord;
import io.syslet.ring.Memory;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/**
 * What a task needs of the memory that the server sees, of the link, and of the records of batches.
 * Lent to one task at a time, since there may be many tasks one after the other, and the memory is
 * given back at the end of the kernel only. It knows neither the task nor its thread, so that it
 * can outlive a thread that nobody joins.
 */
final class LentMemory {
  private static final int OWN = 2;

  /** Any number but 0: the completion is wanted. */
  private static final long SESSION_RING = 1;

  /** For the entry: two slots. */
  final long own;

  /** The slots that are sent: {@link RemoteTask#BATCH}. */
  final long slots;

  /** One slot for plain calls. */
  final long plain;

  /** Where plain calls complete to if they block. */
  final CompletionWord word;

  /** The batch under way, or the next one. */
  SentBatch record;

  /** What the link keeps. */
  @Nullable Object attachment;

  LentMemory(Arena arena, InFlight inFlight) {
    long bytes = (OWN + 1L + RemoteTask.BATCH) * CallSlots.LENGTH;
    MemorySegment memory = arena.allocate(bytes, CallSlots.LENGTH);
    own = memory.address();
    plain = own + OWN * CallSlots.LENGTH;
    slots = plain + CallSlots.LENGTH;
    word = CompletionWord.allocate(arena);
    record = inFlight.take();
  }

  /**
   * Copies calls to the slots that are sent, with the ids by which a record knows them.
   *
   * @param deadline of each, nanoseconds from now; −1 for none.
   */
  void copyIn(long first, int count, SentBatch record, long deadline) {
    for (int i = 0; i < count; i++) {
      long own = slots + (long) i * CallSlots.LENGTH;
      Memory.copy(first + (long) i * CallSlots.LENGTH, own, Registers.LENGTH);
      Params.put(own + CallSlots.PARAMS, SESSION_RING, record.id(i));
      if (deadline >= 0) {
        CallSlots.setDeadline(own, deadline);
      }
    }
  }

  /** Copies the statuses of slots that were sent to those that they are copies of. */
  void copyStatuses(long first, int count) {
    for (int i = 0; i < count; i++) {
      Memory.putLong(first + (long) i * CallSlots.LENGTH + CallSlots.STATUS, status(i));
    }
  }

  /** The status of a slot that was sent. */
  long status(int i) {
    return Memory.getLong(slots + (long) i * CallSlots.LENGTH + CallSlots.STATUS);
  }

  void status(int i, long status) {
    Memory.putLong(slots + (long) i * CallSlots.LENGTH + CallSlots.STATUS, status);
  }

  /** The answer is lost: the first calls have ended with −EOWNERDEAD, but a pending last one. */
  void lose(int accepted, boolean lastIsPending) {
    for (int i = 0; i < accepted; i++) {
      boolean isPending = lastIsPending && i == accepted - 1;
      status(i, isPending ? -Syslet.ESYSLETPENDING : -Errno.EOWNERDEAD);
    }
  }
}
