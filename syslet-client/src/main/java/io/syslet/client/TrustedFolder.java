package io.syslet.client;

import io.syslet.CString;
import io.syslet.Errno;
import io.syslet.Nr;
import io.syslet.Stat;
import io.syslet.Sys;
import io.syslet.ring.HostCalls;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.file.Path;

/**
 * A folder in which only we make and exchange files: it and all folders above it belong to us or to
 * root, and no other user may write into them, but for sticky ones as /tmp.
 */
public final class TrustedFolder implements AutoCloseable {
  /** The mode of folders that are ours alone. */
  public static final int PRIVATE = 0700;

  private static final int SAFE = Sys.O_NOFOLLOW | Sys.O_CLOEXEC | Sys.O_NONBLOCK;

  private final Path path;
  private final TrustedPath found;

  private TrustedFolder(Path path, TrustedPath found) throws IOException {
    this.path = path;
    this.found = found;
    if (found.facts().type() != Stat.S_IFDIR) {
      found.close();
      throw new IOException(path + ": no folder");
    }
  }

  /**
   * Opens a folder.
   *
   * @throws IOException with one line that says what is in the way, and where: it is not there, or
   *     others may change what is on the way to it.
   */
  public static TrustedFolder open(Path folder) throws IOException {
    return new TrustedFolder(folder, TrustedPath.find(folder));
  }

  /**
   * Opens a folder, which is made if there is none, with those above it.
   *
   * @param mode of each folder that is made, less the umask.
   * @throws IOException as {@link #open}.
   */
  public static TrustedFolder make(Path folder, int mode) throws IOException {
    return new TrustedFolder(folder, TrustedPath.make(folder, mode));
  }

  /**
   * Checks as much of the way to a folder as there is, and makes nothing.
   *
   * @throws IOException as {@link #open}.
   */
  public static void check(Path folder) throws IOException {
    TrustedPath.begin(folder).close();
  }

  /**
   * Makes sure that nobody else can even look into it.
   *
   * @throws IOException if it is not ours.
   */
  public TrustedFolder keepPrivate() throws IOException {
    if (found.facts().uid() != Users.own()) {
      throw new IOException(path + ": belongs to user " + found.facts().uid());
    }
    if (found.facts().permissions() != PRIVATE) {
      chmod(PRIVATE);
    }
    return this;
  }

  private void chmod(int mode) throws IOException {
    try (Arena arena = Arena.ofConfined()) {
      long dot = CString.allocate(arena, ".");
      check(HostCalls.call(Nr.FCHMODAT, found.descriptor(), dot, mode, 0, 0, 0), ".");
    }
  }

  /**
   * Opens a file in it, not following a link: one that is ours, has no other name, and that no
   * other user may write.
   *
   * @param flags of open(2).
   * @param mode of the file if it is made.
   * @return the descriptor, the caller's.
   */
  public int openFile(String name, int flags, int mode) throws IOException {
    try (Arena arena = Arena.ofConfined()) {
      long text = CString.allocate(arena, name);
      int descriptor =
          (int)
              check(
                  HostCalls.call(Nr.OPENAT, found.descriptor(), text, flags | SAFE, mode, 0, 0),
                  name);
      try {
        checkFile(name, FileFacts.of(descriptor, path));
        return descriptor;
      } catch (IOException e) {
        HostCalls.send(Nr.CLOSE, descriptor, 0, 0, 0, 0, 0);
        throw e;
      }
    }
  }

  private void checkFile(String name, FileFacts facts) throws IOException {
    if (facts.type() != Stat.S_IFREG) {
      throw new IOException(path.resolve(name) + ": no regular file");
    }
    if (facts.uid() != Users.own() || facts.links() != 1 || facts.isWritableByOthers()) {
      throw new IOException(path.resolve(name) + ": not ours alone");
    }
  }

  private long check(long result, String name) throws IOException {
    if (result < 0) {
      throw new IOException(path.resolve(name) + ": " + Errno.text((int) -result));
    }
    return result;
  }

  /** Whether other users can get there and through it, as far as modes say. */
  public boolean isPassable() {
    return found.isPassable();
  }

  @Override
  public void close() {
    found.close();
  }
}
