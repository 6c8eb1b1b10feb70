package io.syslet.server;

import io.syslet.Nr;
import io.syslet.ring.HostCalls;
import io.syslet.ring.Memory;
import java.lang.foreign.Arena;

/**
 * How many descriptors this process may have, and for what: RLIMIT_NOFILE of getrlimit(2), whatever
 * the options say.
 *
 * <pre>
 *   |---- sessions' descriptors 1/2 ----|- files of sessions 1/4 -|- connections 1/8 -|- rest 1/8 -|
 * </pre>
 *
 * The rest is for the journal, the page, and the calls in flight.
 */
final class OpenFiles {
  private static final int RLIMIT_NOFILE = 7;
  private static final int MOST = 1 << 24;

  private OpenFiles() {}

  /** How many there may be. */
  static int limit() {
    try (Arena arena = Arena.ofConfined()) {
      long rlimit = arena.allocate(2 * Long.BYTES, Long.BYTES).address();
      long error = HostCalls.call(Nr.PRLIMIT64, 0, RLIMIT_NOFILE, 0, rlimit, 0, 0);
      long soft = error < 0 ? MOST : Memory.getLong(rlimit);
      return Math.clamp(soft < 0 ? MOST : soft, 1, MOST);
    }
  }

  /** Descriptors of all sessions together. */
  static int descriptors(int wanted) {
    return Math.clamp(limit() / 2, 1, wanted);
  }

  /** Sessions, of which each has two files, and perhaps a socket. */
  static int sessions(int wanted) {
    return Math.clamp(limit() / 8, 1, wanted);
  }

  /** Connections. */
  static int connections(int wanted) {
    return Math.clamp(limit() / 8, 1, wanted);
  }

  /** Calls in flight, of which each has a descriptor or two while it looks for its path. */
  static int inFlight(int wanted) {
    return Math.clamp(limit() / 16, 1, wanted);
  }
}
