package io.syslet.hadoop;

import io.syslet.Errno;
import io.syslet.Stat;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.hadoop.fs.FileAlreadyExistsException;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.ParentNotDirectoryException;
import org.apache.hadoop.fs.permission.FsPermission;
import org.jspecify.annotations.Nullable;

/** What changes names: folders made, files moved and removed, as Hadoop means it. Any thread. */
final class NameChanges {
  private static final int RENAME_NOREPLACE = 1;

  private final ServerDoor door;
  private final Statuses statuses;

  NameChanges(ServerDoor door, Statuses statuses) {
    this.door = door;
    this.statuses = statuses;
  }

  /** What is known of a file or of what a link leads to. */
  FileStatus status(RemotePath path) throws IOException {
    return ask(path, statuses.at(path));
  }

  /** As {@link #status}, of which somebody makes something else. */
  <T> T ask(RemotePath path, CallLoop.End<T> end) throws IOException {
    try {
      return door.repeat(path.text(), session -> session.call(path.stat(), end));
    } catch (ParentNotDirectoryException e) {
      throw (IOException) new FileNotFoundException(e.getMessage()).initCause(e);
    }
  }

  /** As {@link #status}; null if there is none. */
  @Nullable FileStatus statusOrNull(RemotePath path) throws IOException {
    try {
      return status(path);
    } catch (FileNotFoundException e) {
      return null;
    }
  }

  // ---- folders

  /**
   * Makes a folder and those that it is in, unless they are there.
   *
   * @throws FileAlreadyExistsException if a file is in its place.
   * @throws ParentNotDirectoryException if one of those that it would be in is a file.
   */
  void mkdirs(RemotePath path, FsPermission permission) throws IOException {
    if (!tryMkdir(path, permission)) {
      mkdirs(path.parent(), permission);
      if (!tryMkdir(path, permission)) {
        throw new FileNotFoundException(path.text() + ": its folder was removed meanwhile");
      }
    }
  }

  /** False if the folder that it would be in is not there. */
  private boolean tryMkdir(RemotePath path, FsPermission permission) throws IOException {
    try {
      return door.repeat(
          path.text(),
          session -> {
            session.call(path.mkdir(permission));
            session.call(path.chmod(permission));
            return true;
          });
    } catch (FileAlreadyExistsException e) {
      if (!status(path).isDirectory()) {
        throw e;
      }
      return true;
    } catch (FileNotFoundException e) {
      return false;
    }
  }

  // ---- moving

  /**
   * Moves a file or a folder; into {@code to}, if that is a folder. Nothing is replaced.
   *
   * @return false if there is nothing to move, no folder to move it to, or something in its place.
   */
  boolean rename(RemotePath from, RemotePath to) throws IOException {
    FileStatus source = statusOrNull(from);
    if (source == null || from.isRoot() || from.isAbove(to)) {
      return false;
    }
    FileStatus found = statusOrNull(to);
    if (from.text().equals(to.text())) {
      return source.isFile();
    }
    if (found != null && !found.isDirectory()) {
      return false;
    }
    return moveIfFree(from, found == null ? to : to.child(from.name()));
  }

  private boolean moveIfFree(RemotePath from, RemotePath to) throws IOException {
    if (from.text().equals(to.text())) {
      return false;
    }
    try {
      renameOnce(from, to, RENAME_NOREPLACE);
      return true;
    } catch (FileAlreadyExistsException | FileNotFoundException | ParentNotDirectoryException e) {
      return false;
    }
  }

  /**
   * Moves a file or a folder in one step.
   *
   * @param replaces whether a file, or an empty folder, that has the name goes away.
   * @throws FileAlreadyExistsException if something has the name and is not to be replaced.
   */
  void move(RemotePath from, RemotePath to, boolean replaces) throws IOException {
    renameOnce(from, to, replaces ? 0 : RENAME_NOREPLACE);
  }

  private void renameOnce(RemotePath from, RemotePath to, int flags) throws IOException {
    String what = from.text() + " to " + to.text();
    door.once(what, session -> session.call(from.rename(to, flags)));
  }

  // ---- removing

  /**
   * Removes a file, a link, or a folder.
   *
   * @param recursive with all that is in the folder; without, it must be empty.
   * @return false if there is none; the root stays.
   */
  boolean delete(RemotePath path, boolean recursive) throws IOException {
    AtomicInteger tries = new AtomicInteger();
    return door.repeat(
        path.text(),
        session -> {
          boolean isAgain = tries.getAndIncrement() > 0;
          return delete(session, path, recursive) || isAgain;
        });
  }

  private boolean delete(ServerSession session, RemotePath path, boolean recursive)
      throws RemoteError, IOException {
    try {
      if (path.isRoot()) {
        return deleteRoot(recursive);
      }
      session.call(path.unlink(0));
      return true;
    } catch (RemoteError e) {
      return switch (e.errno()) {
        case Errno.ENOENT, Errno.ENOTDIR -> false;
        case Errno.EISDIR -> deleteFolder(session, path, recursive);
        default -> throw e;
      };
    }
  }

  private boolean deleteFolder(ServerSession session, RemotePath path, boolean recursive)
      throws RemoteError, IOException {
    if (!recursive) {
      return session.call(path.unlink(Stat.AT_REMOVEDIR)) == 0;
    }
    CallLoop loop = session.loop();
    TreeRemoval removal = new TreeRemoval(loop, path, door.options.directories());
    loop.submit(removal);
    return ServerSession.await(removal.result);
  }

  private boolean deleteRoot(boolean recursive) throws IOException {
    ListedFolder root = new ListedFolder(RemotePath.of("/"), null, 0, 0);
    try (TreeIterator entries = new TreeIterator(door, statuses, root, false)) {
      if (!recursive && entries.hasNext()) {
        throw new org.apache.hadoop.fs.PathIsNotEmptyDirectoryException("/");
      }
    }
    return false;
  }
}
