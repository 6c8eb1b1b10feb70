package io.syslet.kernel;

import io.syslet.Errno;
import io.syslet.Nr;
import io.syslet.Registers;
import io.syslet.Sys;
import io.syslet.ring.Memory;
import io.syslet.table.CallEntry;
import io.syslet.table.CallTable;
import io.syslet.table.NonBlockingForm;

/**
 * Turns a call into its non-blocking form, where it has one: a call that already sleeps cannot be
 * undone on stock Linux. The structures that the other form points at lie in the memory behind the
 * slot's registers, {@link #ROOM} bytes that the caller provides.
 */
final class NonBlocking {
  /** Bytes that {@link #apply} may use: a struct iovec, or a struct open_how. */
  static final int ROOM = 24;

  private static final long CURRENT_POSITION = -1;

  /** The flags with which a mode means something; openat2 refuses one without them. */
  private static final int MAKES = Sys.O_CREAT | (Sys.O_TMPFILE & ~Sys.O_DIRECTORY);

  private NonBlocking() {}

  /** Rewrites the call at {@code slot}: 0, or −EOPNOTSUPP if it has no such form. */
  static int apply(long slot, long room) {
    CallEntry entry = CallTable.entry(Memory.getLong(slot));
    NonBlockingForm form = entry == null ? NonBlockingForm.NONE : entry.nonBlockingForm();
    return entry == null
        ? -Errno.EOPNOTSUPP
        : switch (form) {
          case AS_IS -> 0;
          case FLAG -> flag(slot, entry);
          case PREADV2 -> vector(slot, room, entry, Nr.PREADV2);
          case PWRITEV2 -> vector(slot, room, entry, Nr.PWRITEV2);
          case OPENAT2 -> openat2(slot, room, entry);
          case DESCRIPTOR, NONE -> -Errno.EOPNOTSUPP;
        };
  }

  private static int flag(long slot, CallEntry entry) {
    put(
        slot,
        entry.nonBlockingArgument(),
        get(slot, entry.nonBlockingArgument()) | entry.nonBlockingBits());
    return 0;
  }

  /**
   * read, pread64, readv, preadv and their like, as preadv2(fd, iov, n, pos, pos_h, RWF_NOWAIT).
   */
  private static int vector(long slot, long room, CallEntry entry, long nr) {
    String name = entry.name();
    boolean vectored = name.contains("v");
    long position = name.startsWith("p") ? get(slot, 3) : CURRENT_POSITION;
    if (name.startsWith("p") && !name.endsWith("v2") && position < 0) {
      return 0; // the host refuses it as it is
    }
    long flags = name.endsWith("v2") ? get(slot, 5) : 0;
    if (!vectored) {
      Memory.putLong(room, get(slot, 1));
      Memory.putLong(room + 8, get(slot, 2));
    }
    Registers.put(
        slot,
        nr,
        get(slot, 0),
        vectored ? get(slot, 1) : room,
        vectored ? get(slot, 2) : 1,
        position,
        0,
        flags | Sys.RWF_NOWAIT);
    return 0;
  }

  /** open and openat as openat2(dirfd, path, {flags, mode, RESOLVE_CACHED}, 24). */
  private static int openat2(long slot, long room, CallEntry entry) {
    if (entry.name().equals("openat2")) {
      return -Errno.EOPNOTSUPP;
    }
    boolean relative = entry.name().equals("openat");
    int path = relative ? 1 : 0;
    long flags = get(slot, path + 1) & 0xffff_ffffL;
    boolean makes = (flags & MAKES) != 0;
    Memory.putLong(room, flags);
    Memory.putLong(room + 8, makes ? get(slot, path + 2) & 07777 : 0);
    Memory.putLong(room + 16, Sys.RESOLVE_CACHED);
    Registers.put(
        slot,
        Nr.OPENAT2,
        relative ? get(slot, 0) : Sys.AT_FDCWD,
        get(slot, path),
        room,
        ROOM,
        0,
        0);
    return 0;
  }

  private static long get(long slot, int argument) {
    return Memory.getLong(slot + Registers.argument(argument));
  }

  private static void put(long slot, int argument, long value) {
    Memory.putLong(slot + Registers.argument(argument), value);
  }
}
