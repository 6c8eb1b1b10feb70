package io.syslet.server.net;

import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The name of a Unix socket in the file system: for its owner alone, made where nobody listens, and
 * taken away again if it is still ours.
 */
final class UnixSocketFile {
  private static final Set<PosixFilePermission> FOLDER =
      PosixFilePermissions.fromString("rwx------");
  private static final Set<PosixFilePermission> SOCKET =
      PosixFilePermissions.fromString("rw-------");

  private final Path path;
  private @Nullable Object key;

  private UnixSocketFile(Path path) {
    this.path = path;
  }

  /**
   * Makes the way free: a folder for it, if there is none, and no socket of a server that died.
   *
   * @throws IOException if a server listens there, something else has the name, or the folder is
   *     somebody else's to write.
   */
  static UnixSocketFile prepare(Path path) throws IOException {
    Path folder = path.getParent();
    if (folder != null && !Files.isDirectory(folder)) {
      makeFolder(folder);
    }
    if (Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
      removeStale(path);
    }
    return new UnixSocketFile(path);
  }

  private static void makeFolder(Path folder) throws IOException {
    Path above = folder.getParent();
    if (above != null && !Files.isDirectory(above)) {
      makeFolder(above);
    }
    Files.createDirectory(folder, PosixFilePermissions.asFileAttribute(FOLDER));
  }

  private static void removeStale(Path path) throws IOException {
    if (!isSocket(path)) {
      throw new IOException("unix:" + path + ": there is a file of that name that is no socket");
    }
    if (isServed(path)) {
      throw new IOException("unix:" + path + ": another server listens there");
    }
    Files.delete(path);
  }

  private static boolean isSocket(Path path) throws IOException {
    int mode = (int) Files.getAttribute(path, "unix:mode", LinkOption.NOFOLLOW_LINKS);
    return (mode & 0170000) == 0140000;
  }

  private static boolean isServed(Path path) {
    try (SocketChannel probe = SocketChannel.open(UnixDomainSocketAddress.of(path))) {
      return probe.isConnected();
    } catch (IOException e) {
      return false;
    }
  }

  /** The socket is bound: it is our user's alone. */
  void made() throws IOException {
    Files.setPosixFilePermissions(path, SOCKET);
    key = key();
  }

  private @Nullable Object key() throws IOException {
    return Files.getAttribute(path, "unix:fileKey", LinkOption.NOFOLLOW_LINKS);
  }

  void remove() {
    try {
      if (key != null && key.equals(key())) {
        Files.delete(path);
      }
    } catch (IOException e) {
      // It has gone already, or is another's.
    }
  }
}
