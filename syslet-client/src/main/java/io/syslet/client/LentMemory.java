package io.syslet.client;

import io.syslet.CallSlots;
import io.syslet.ring.CompletionWord;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/**
 * What a task needs of the memory that the server sees, and of the link. Lent to one task at a
 * time, since there may be many tasks one after the other, and the memory is given back at the end
 * of the kernel only.
 */
final class LentMemory {
  private static final int OWN = 2;

  /** For the entry: two slots. */
  final long own;

  /** The slots that are sent: {@link RemoteTask#BATCH}. */
  final long slots;

  /** One slot for plain calls. */
  final long plain;

  /** Where plain calls complete to if they block. */
  final CompletionWord word;

  /** What the link keeps. */
  @Nullable Object attachment;

  LentMemory(Arena arena) {
    long bytes = (OWN + 1L + RemoteTask.BATCH) * CallSlots.LENGTH;
    MemorySegment memory = arena.allocate(bytes, CallSlots.LENGTH);
    own = memory.address();
    plain = own + OWN * CallSlots.LENGTH;
    slots = plain + CallSlots.LENGTH;
    word = CompletionWord.allocate(arena);
  }
}
