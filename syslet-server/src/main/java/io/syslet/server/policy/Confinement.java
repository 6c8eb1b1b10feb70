package io.syslet.server.policy;

import io.syslet.CString;
import io.syslet.Errno;
import io.syslet.Nr;
import io.syslet.Sys;
import io.syslet.ring.HostCalls;
import io.syslet.ring.Memory;
import java.io.IOException;
import java.lang.foreign.Arena;

/** Whether this kernel can keep a path below a folder, which everything here rests on. */
public final class Confinement {
  private static final int HOW_LENGTH = 24;
  private static final int RESOLVE_NO_MAGICLINKS = 0x2;

  private Confinement() {}

  /**
   * Tries it.
   *
   * @throws IOException if openat2(2) is missing or forbidden, and what to do.
   */
  public static void check() throws IOException {
    try (Arena arena = Arena.ofConfined()) {
      long how = arena.allocate(HOW_LENGTH, Long.BYTES).address();
      Memory.putLong(how, Sys.O_PATH | Sys.O_CLOEXEC);
      Memory.putLong(how + 16, Sys.RESOLVE_BENEATH | RESOLVE_NO_MAGICLINKS);
      long dot = CString.allocate(arena, ".");
      long result = HostCalls.call(Nr.OPENAT2, Sys.AT_FDCWD, dot, how, HOW_LENGTH, 0, 0);
      if (result < 0) {
        throw new IOException(
            "openat2 does not work here ("
                + Errno.text((int) -result)
                + "), so that clients could not be kept below the root:"
                + " it needs Linux 5.6, and a sandbox that lets it pass");
      }
      HostCalls.send(Nr.CLOSE, result, 0, 0, 0, 0, 0);
    }
  }
}
