package io.syslet.server.policy;

import io.syslet.CString;
import io.syslet.Nr;
import io.syslet.Sys;
import io.syslet.ring.HostCalls;
import java.lang.foreign.Arena;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** A folder below the root of which clients get nothing: the server's own journal. */
final class HiddenFolder {
  private final String path;

  /**
   * @param path true and absolute.
   */
  HiddenFolder(Path path) {
    this.path = path.toString();
  }

  /** Whether an open file of the server is the folder, or in it. */
  boolean contains(int host) {
    try (Arena arena = Arena.ofConfined()) {
      long link = CString.allocate(arena, "/proc/self/fd/" + host);
      long to = arena.allocate(CString.PATH_MAX).address();
      long length =
          HostCalls.call(Nr.READLINKAT, Sys.AT_FDCWD, link, to, CString.PATH_MAX - 1, 0, 0);
      if (length <= 0) {
        return true;
      }
      String name = new String(CString.bytes(to, (int) length), StandardCharsets.UTF_8);
      return name.equals(path) || name.startsWith(path + "/");
    }
  }
}
