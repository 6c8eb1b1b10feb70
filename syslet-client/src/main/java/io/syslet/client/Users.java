package io.syslet.client;

import io.syslet.Nr;
import io.syslet.ring.HostCalls;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Whom this process trusts with its files: itself and root. */
public final class Users {
  private static final Path OVERFLOW = Path.of("/proc/sys/kernel/overflowuid");
  private static final Path MAP = Path.of("/proc/self/uid_map");
  private static final String EVERYBODY = "0 0 4294967295";

  private Users() {}

  /** The effective user of this process. */
  public static long own() {
    return HostCalls.call(Nr.GETEUID, 0, 0, 0, 0, 0, 0);
  }

  /** Whether what belongs to a user may be trusted. */
  static boolean trusts(long uid) {
    return uid == 0 || uid == own() || isUnmappedRoot(uid);
  }

  /**
   * In a user namespace that does not know root, what is root's belongs to the overflow user, whom
   * nobody in there can be.
   */
  private static boolean isUnmappedRoot(long uid) {
    try {
      String map = Files.readString(MAP).strip().replaceAll("\\s+", " ");
      return !map.equals(EVERYBODY)
          && !map.startsWith("0 0 ")
          && uid == Long.parseLong(Files.readString(OVERFLOW).strip());
    } catch (IOException | NumberFormatException e) {
      return false;
    }
  }
}
