package io.syslet.client;

import io.syslet.CString;
import io.syslet.Errno;
import io.syslet.Nr;
import io.syslet.Stat;
import io.syslet.ring.HostCalls;
import io.syslet.ring.Memory;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.file.Path;

/**
 * Who may change a file: what statx(2) says of a descriptor.
 *
 * @param type of {@link Stat#S_IFMT}.
 * @param permissions the lower twelve bits of the mode.
 * @param uid its owner.
 * @param links how many names it has.
 * @param inode its number on its device.
 */
record FileFacts(int type, int permissions, long uid, long links, long inode) {
  private static final int OTHERS_WRITE = 022;
  private static final int STICKY = 01000;

  /** Asks. */
  static FileFacts of(int descriptor, Path name) throws IOException {
    try (Arena arena = Arena.ofConfined()) {
      long empty = CString.allocate(arena, "");
      long stat = arena.allocate(Stat.LENGTH, Long.BYTES).address();
      long result =
          HostCalls.call(
              Nr.STATX, descriptor, empty, Stat.AT_EMPTY_PATH, Stat.STATX_BASIC_STATS, stat, 0);
      if (result < 0) {
        throw new IOException(name + ": " + Errno.text((int) -result));
      }
      int mode = Memory.getUnsignedShort(stat + Stat.MODE);
      return new FileFacts(
          mode & Stat.S_IFMT,
          mode & 07777,
          Integer.toUnsignedLong(Memory.getInt(stat + Stat.UID)),
          Integer.toUnsignedLong(Memory.getInt(stat + Stat.NLINK)),
          Memory.getLong(stat + Stat.INO));
    }
  }

  /** Whether users other than the owner may write. */
  boolean isWritableByOthers() {
    return (permissions & OTHERS_WRITE) != 0;
  }

  /** Whether others may add files to this folder, but not take those of the owner away. */
  boolean isSticky() {
    return (permissions & STICKY) != 0;
  }

  /** The permissions as chmod(1) takes them. */
  String octal() {
    return "0" + Integer.toOctalString(permissions);
  }
}
