package io.syslet.server.net;

import io.syslet.client.TrustedFolder;
import io.syslet.client.Users;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The name of a Unix socket in the file system: in a folder that nobody else can change, made where
 * nobody listens, and taken away again if it is still ours. Its mode is 0600; if other users may
 * come, 0666, and the kernel's word on who connects decides.
 */
final class UnixSocketFile {
  private static final Logger LOG = System.getLogger(UnixSocketFile.class.getName());
  private static final int PASSABLE = 0711;
  private static final Set<PosixFilePermission> OURS = PosixFilePermissions.fromString("rw-------");
  private static final Set<PosixFilePermission> EVERYBODYS =
      PosixFilePermissions.fromString("rw-rw-rw-");

  private final Path path;
  private final boolean forOthers;
  private @Nullable Object key;

  private UnixSocketFile(Path path, boolean forOthers) {
    this.path = path;
    this.forOthers = forOthers;
  }

  /**
   * Makes the way free: a folder for it, if there is none, and no socket of a server that died.
   *
   * @param forOthers whether other users are to connect.
   * @throws IOException if a server listens there, something else has the name, or others may
   *     change what is on the way there.
   */
  static UnixSocketFile prepare(Path path, boolean forOthers) throws IOException {
    Path folder = Objects.requireNonNull(path.getParent());
    int mode = forOthers ? PASSABLE : TrustedFolder.PRIVATE;
    try (TrustedFolder found = TrustedFolder.make(folder, mode)) {
      if (forOthers && !found.isPassable()) {
        LOG.log(Level.WARNING, "{0}: other users cannot get there", folder);
      }
    }
    if (Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
      removeStale(path);
    }
    return new UnixSocketFile(path, forOthers);
  }

  private static void removeStale(Path path) throws IOException {
    if (!isSocket(path)) {
      throw new IOException("unix:" + path + ": there is a file of that name that is no socket");
    }
    if (isServed(path)) {
      throw new IOException("unix:" + path + ": another server listens there");
    }
    long owner = ((Number) attribute(path, "uid")).longValue();
    if (owner != Users.own()) {
      throw new IOException("unix:" + path + ": a socket of user " + owner);
    }
    Files.delete(path);
  }

  private static boolean isSocket(Path path) throws IOException {
    return ((int) attribute(path, "mode") & 0170000) == 0140000;
  }

  private static Object attribute(Path path, String name) throws IOException {
    return Objects.requireNonNull(
        Files.getAttribute(path, "unix:" + name, LinkOption.NOFOLLOW_LINKS));
  }

  private static boolean isServed(Path path) {
    try (SocketChannel probe = SocketChannel.open(UnixDomainSocketAddress.of(path))) {
      return probe.isConnected();
    } catch (IOException e) {
      return false;
    }
  }

  /** The socket is bound: those may connect that are to. */
  void made() throws IOException {
    key = attribute(path, "fileKey");
    Files.setPosixFilePermissions(path, forOthers ? EVERYBODYS : OURS);
  }

  void remove() {
    try {
      if (key != null && key.equals(attribute(path, "fileKey"))) {
        Files.delete(path);
      }
    } catch (IOException e) {
      // It has gone already, or is another's.
    }
  }
}
