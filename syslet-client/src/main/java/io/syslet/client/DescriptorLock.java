package io.syslet.client;

import io.syslet.Nr;
import io.syslet.ring.HostCalls;
import io.syslet.ring.Memory;
import java.lang.foreign.Arena;

/**
 * A lock on a whole file that is its descriptor's, not the process's (F_OFD_SETLK of fcntl(2)): it
 * is gone with its process, and closing another descriptor of the file does not give it back.
 */
public final class DescriptorLock {
  private static final int F_OFD_SETLK = 37;
  private static final int F_WRLCK = 1;
  private static final int STRUCT_FLOCK = 32;

  private DescriptorLock() {}

  /**
   * Takes it, without waiting: false if another has it, or there are no locks there. Any thread.
   */
  public static boolean take(int descriptor) {
    try (Arena arena = Arena.ofConfined()) {
      long flock = arena.allocate(STRUCT_FLOCK, Long.BYTES).address();
      Memory.putInt(flock, F_WRLCK);
      return HostCalls.call(Nr.FCNTL, descriptor, F_OFD_SETLK, flock, 0, 0, 0) == 0;
    }
  }
}
