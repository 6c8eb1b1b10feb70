package io.syslet.kernel.reactor;

import io.syslet.ring.Memory;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/**
 * How far a write has come: one that blocks writes all, so after a part the registers name the
 * rest. Arrays of the user's are not changed; the rest of one is a copy.
 */
final class WriteProgress {
  private static final long MOST = 0x7fff_f000;
  private static final int IOVEC = 16;
  private static final int MESSAGE = 56;
  private static final int MESSAGE_IOV = 16;
  private static final int MESSAGE_COUNT = 24;
  private static final int MESSAGE_CONTROL = 32;

  private WriteProgress() {}

  /** How many bytes a write is to write; 0 for a call that is none. */
  static long total(CallRegisters c) {
    return switch (c.form()) {
      case WRITE, SENDTO -> Math.min(c.a2, MOST);
      case WRITEV -> sum(c.a1, c.a2);
      case SENDMSG -> sum(Memory.getLong(c.a1 + MESSAGE_IOV), Memory.getLong(c.a1 + MESSAGE_COUNT));
      default -> 0;
    };
  }

  private static long sum(long array, long count) {
    long sum = 0;
    for (long at = array; at < array + count * IOVEC; at += IOVEC) {
      sum += Memory.getLong(at + 8);
    }
    return Math.min(sum, MOST);
  }

  /** Lets the registers name what is left after so many bytes: memory that they now point at. */
  static @Nullable MemorySegment skip(CallRegisters c, long bytes) {
    return switch (c.form()) {
      case WRITE, SENDTO -> {
        c.a1 += bytes;
        c.a2 -= bytes;
        yield null;
      }
      case WRITEV -> {
        MemorySegment rest = rest(0, c.a1, c.a2, bytes);
        c.a2 = rest.byteSize() / IOVEC;
        c.a1 = rest.address();
        yield rest;
      }
      case SENDMSG -> message(c, bytes);
      default -> null;
    };
  }

  /** What belongs to the first bytes, control data, has gone with them. */
  private static MemorySegment message(CallRegisters c, long bytes) {
    long array = Memory.getLong(c.a1 + MESSAGE_IOV);
    MemorySegment rest = rest(MESSAGE, array, Memory.getLong(c.a1 + MESSAGE_COUNT), bytes);
    long to = rest.address();
    Memory.copy(c.a1, to, MESSAGE);
    Memory.putLong(to + MESSAGE_IOV, to + MESSAGE);
    Memory.putLong(to + MESSAGE_COUNT, (rest.byteSize() - MESSAGE) / IOVEC);
    Memory.putLong(to + MESSAGE_CONTROL, 0);
    Memory.putLong(to + MESSAGE_CONTROL + 8, 0);
    c.a1 = to;
    return rest;
  }

  private static MemorySegment rest(int room, long array, long count, long bytes) {
    long at = array;
    long left = bytes;
    for (; left > 0 && left >= Memory.getLong(at + 8); at += IOVEC) {
      left -= Memory.getLong(at + 8);
    }
    long length = array + count * IOVEC - at;
    MemorySegment rest = Arena.ofAuto().allocate(room + length, 8);
    long to = rest.address() + room;
    Memory.copy(at, to, length);
    Memory.putLong(to, Memory.getLong(to) + left);
    Memory.putLong(to + 8, Memory.getLong(to + 8) - left);
    return rest;
  }
}
