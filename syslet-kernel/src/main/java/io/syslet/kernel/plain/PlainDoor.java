package io.syslet.kernel.plain;

import io.syslet.kernel.LookTable;
import io.syslet.kernel.reactor.HostDoor;
import io.syslet.ring.HostCalls;
import io.syslet.ring.HostSignals;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** The host by its C library. */
class PlainDoor implements HostDoor {
  @Override
  public long call(long nr, long a0, long a1, long a2, long a3, long a4, long a5) {
    LookTable.waiting().made(nr, a0, a1);
    return HostCalls.call(nr, a0, a1, a2, a3, a4, a5);
  }

  @Override
  public final void interrupt(long threadId) {
    HostSignals.interrupt(threadId);
  }

  /** For one thread at a time; allocates nothing at a call. */
  static final class Own extends PlainDoor {
    private final MemorySegment errno = Arena.ofAuto().allocate(ValueLayout.JAVA_INT);

    @Override
    public long call(long nr, long a0, long a1, long a2, long a3, long a4, long a5) {
      LookTable.waiting().made(nr, a0, a1);
      return HostCalls.call(errno, nr, a0, a1, a2, a3, a4, a5);
    }
  }
}
