package io.syslet.examples;

import io.syslet.CString;
import io.syslet.Errno;
import io.syslet.Nr;
import io.syslet.ring.Memory;
import java.lang.foreign.Arena;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * POSIX access lists of files in a folder, without the tools that few systems have.
 *
 * <pre>
 *   u32 version 2, and then for each: u16 tag, u16 permissions, u32 user or group
 * </pre>
 */
final class AccessLists {
  private static final String ACCESS = "system.posix_acl_access";
  private static final String DEFAULT = "system.posix_acl_default";
  private static final int[][] LIST = {
    {1, 7, -1}, {2, 7, 54321}, {4, 5, -1}, {16, 7, -1}, {32, 0, -1}
  };

  private final Path folder;

  AccessLists(Path folder) {
    this.folder = folder;
  }

  /** Has what is made in the folder get one; false if there are none here. */
  boolean giveDefault() {
    try (Arena arena = Arena.ofConfined()) {
      int length = Integer.BYTES + Long.BYTES * LIST.length;
      long list = arena.allocate(length, Long.BYTES).address();
      Memory.putInt(list, 2);
      for (int i = 0; i < LIST.length; i++) {
        long at = list + Integer.BYTES + (long) Long.BYTES * i;
        Memory.putInt(at, LIST[i][0] | LIST[i][1] << Short.SIZE);
        Memory.putInt(at + Integer.BYTES, LIST[i][2]);
      }
      long path = path(arena, "");
      return DirectCalls.call(Nr.SETXATTR, path, text(arena, DEFAULT), list, length, 0, 0) == 0;
    }
  }

  /** Whether a file in the folder has one, for itself or for what is made in it. */
  boolean has(String name) {
    try (Arena arena = Arena.ofConfined()) {
      return has(arena, name, ACCESS) || has(arena, name, DEFAULT);
    }
  }

  private boolean has(Arena arena, String name, String which) {
    long status = DirectCalls.call(Nr.GETXATTR, path(arena, name), text(arena, which), 0, 0, 0, 0);
    if (status < 0 && status != -Errno.ENODATA) {
      throw new IllegalStateException(name + ": " + Errno.describe(status));
    }
    return status > 0;
  }

  private long path(Arena arena, String name) {
    return text(arena, folder.resolve(name).toString());
  }

  private static long text(Arena arena, String text) {
    return CString.allocate(arena, text.getBytes(StandardCharsets.UTF_8));
  }
}
