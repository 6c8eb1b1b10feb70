package io.syslet.server.policy;

import io.syslet.CString;
import io.syslet.Errno;
import io.syslet.Kernel;
import io.syslet.Nr;
import io.syslet.Sys;
import io.syslet.ring.Memory;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** The folder that clients see as {@code /}: a descriptor, held as long as there are sessions. */
public final class ServedRoot implements AutoCloseable {
  private static final byte[] NOTHING = new byte[0];

  private final Kernel kernel;
  private final int descriptor;
  private final byte[] path;

  private ServedRoot(Kernel kernel, int descriptor, byte[] path) {
    this.kernel = kernel;
    this.descriptor = descriptor;
    this.path = path;
  }

  /**
   * Opens a folder.
   *
   * @throws IOException if it cannot be opened, or paths cannot be kept below it here.
   */
  public static ServedRoot open(Kernel kernel, Path folder) throws IOException {
    Confinement.check();
    try (Arena arena = Arena.ofConfined()) {
      long name = CString.allocate(arena, folder.toAbsolutePath().toString());
      int flags = Sys.O_PATH | Sys.O_DIRECTORY | Sys.O_CLOEXEC;
      long opened = Sys.openat(kernel, Sys.AT_FDCWD, name, flags, 0);
      if (opened < 0) {
        throw new IOException(folder + ": " + Errno.name((int) -opened));
      }
      return new ServedRoot(kernel, (int) opened, pathOf(kernel, arena, (int) opened));
    }
  }

  /** The true path, without a slash at its end: of {@code /} nothing is left. */
  private static byte[] pathOf(Kernel kernel, Arena arena, int descriptor) {
    long link = CString.allocate(arena, "/proc/self/fd/" + descriptor);
    long to = arena.allocate(CString.PATH_MAX, 8).address();
    long length = kernel.syscall(Nr.READLINKAT, Sys.AT_FDCWD, link, to, CString.PATH_MAX - 1, 0, 0);
    if (length <= 0 || (length == 1 && Memory.getByte(to) == '/')) {
      return NOTHING;
    }
    return CString.bytes(to, (int) length);
  }

  int descriptor() {
    return descriptor;
  }

  byte[] path() {
    return path;
  }

  /** The true path. */
  @Override
  public String toString() {
    return path.length == 0 ? "/" : new String(path, StandardCharsets.UTF_8);
  }

  /** Closes the descriptor: no session may be left. */
  @Override
  public void close() {
    Sys.close(kernel, descriptor);
  }
}
