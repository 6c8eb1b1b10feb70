package io.syslet.hadoop;

import io.syslet.Errno;
import java.io.FileNotFoundException;
import java.io.IOException;
import org.apache.hadoop.fs.FileAlreadyExistsException;
import org.apache.hadoop.fs.ParentNotDirectoryException;
import org.apache.hadoop.fs.PathIOException;
import org.apache.hadoop.fs.PathIsDirectoryException;
import org.apache.hadoop.fs.PathIsNotEmptyDirectoryException;
import org.apache.hadoop.security.AccessControlException;

/** Errors of calls as the exceptions that Hadoop has for them. */
final class Failures {
  private Failures() {}

  /** What a call on a path has failed with. */
  static IOException of(RemoteError error, String path) {
    String text = path + ": " + error.getMessage();
    IOException made =
        switch (error.errno()) {
          case Errno.ENOENT -> new FileNotFoundException(text);
          case Errno.EEXIST -> new FileAlreadyExistsException(text);
          case Errno.ENOTDIR -> new ParentNotDirectoryException(text);
          case Errno.EISDIR -> new PathIsDirectoryException(path);
          case Errno.ENOTEMPTY -> new PathIsNotEmptyDirectoryException(path);
          case Errno.EACCES -> new AccessControlException(text);
          case Errno.EPERM ->
              new AccessControlException(
                  text + "; the server may not grant it, as serve --grant write does");
          case Errno.EXDEV ->
              new PathIOException(path, "leads out of the served folder, or to another device");
          case Errno.EILSEQ -> new PathIOException(path, "has a name in it that is not UTF-8");
          default -> new PathIOException(path, error.getMessage());
        };
    if (made.getCause() == null) {
      made.initCause(error);
    }
    return made;
  }

  /** The server is gone, and a call was under way that must not be made twice. */
  static IOException unknown(RemoteError error, String path) {
    return new PathIOException(
        path, "the server was lost: whether it has done this is not known (" + text(error) + ")");
  }

  private static String text(RemoteError error) {
    return Errno.name(error.errno());
  }
}
