package io.syslet;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/**
 * Memory of one call: room for a struct statx or a short name, and more where that does not do. It
 * is used again by the next call; nothing is allocated once there is enough.
 */
final class CallMemory {
  /** Bytes of the room that every call has. */
  static final int ROOM = Stat.LENGTH;

  private static final int ALIGNMENT = 8;

  /** Where the room is. */
  final long room;

  private final Arena arena;
  private boolean isRoomTaken;
  private long more;
  private long moreLength;
  private long taken;
  private @Nullable Object kept;

  CallMemory(Arena arena, long room) {
    this.arena = arena;
    this.room = room;
  }

  /** Some bytes, until the call has ended: their address. The first get the room, if it does. */
  long take(long length) {
    if (!isRoomTaken && length <= ROOM) {
      isRoomTaken = true;
      return room;
    }
    long aligned = (length + ALIGNMENT - 1) & -ALIGNMENT;
    if (taken + aligned > moreLength) {
      moreLength = Math.max(2 * moreLength, aligned);
      more = arena.allocate(moreLength, ALIGNMENT).address();
      taken = 0;
    }
    taken += aligned;
    return more + taken - aligned;
  }

  /** Keeps memory of others reachable until the call has ended. */
  void keep(MemorySegment segment) {
    kept = kept == null ? segment : new Object[] {kept, segment};
  }

  /** Takes everything back. */
  void release() {
    isRoomTaken = false;
    taken = 0;
    kept = null;
  }
}
