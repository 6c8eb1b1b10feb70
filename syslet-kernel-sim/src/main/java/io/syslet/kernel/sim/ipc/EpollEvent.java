package io.syslet.kernel.sim.ipc;

import io.syslet.Nr;
import io.syslet.ring.Memory;

/**
 * {@code struct epoll_event}: u32 events, u64 data. Packed on x86-64, where the data are at 4;
 * elsewhere they are at 8.
 */
final class EpollEvent {
  private static final boolean PACKED = Nr.EPOLL_WAIT >= 0;
  private static final int DATA = PACKED ? 4 : 8;

  /** Bytes. */
  static final int LENGTH = DATA + 8;

  private EpollEvent() {}

  static int events(long address) {
    return Memory.getInt(address);
  }

  static long data(long address) {
    return Memory.getLong(address + DATA);
  }

  static void write(long address, int events, long data) {
    Memory.putInt(address, events);
    Memory.putLong(address + DATA, data);
  }
}
