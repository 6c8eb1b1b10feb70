package io.syslet.hadoop;

import io.syslet.Sys;
import java.io.FileNotFoundException;
import java.io.IOException;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileAlreadyExistsException;
import org.apache.hadoop.fs.Options.OpenFileOptions;
import org.apache.hadoop.fs.PathIsDirectoryException;
import org.apache.hadoop.fs.permission.FsPermission;

/** Opens files to read and to write. Any thread. */
final class FileStreams {
  private static final int PIECE_AT_RANDOM = 64 << 10;

  private final ServerDoor door;
  private final NameChanges names;
  private final DoorStatistics statistics;

  FileStreams(ServerDoor door, NameChanges names, DoorStatistics statistics) {
    this.door = door;
    this.names = names;
    this.statistics = statistics;
  }

  /**
   * Opens a file to read it.
   *
   * @param policies how it will be read, the first that is known counts: names of {@link
   *     OpenFileOptions}, separated by commas.
   */
  FSDataInputStream open(RemotePath path, String policies) throws IOException {
    RemoteFile file = RemoteFile.open(door, path, Sys.O_RDONLY, FsPermission.getFileDefault());
    return new FSDataInputStream(new SysletInputStream(file, ahead(file, policies), statistics));
  }

  private static PieceReader ahead(RemoteFile file, String policies) {
    int chunk = file.door.options.chunk();
    int ahead = file.door.options.ahead();
    for (String policy : policies.split(",", -1)) {
      switch (policy.trim()) {
        case OpenFileOptions.FS_OPTION_OPENFILE_READ_POLICY_SEQUENTIAL,
            OpenFileOptions.FS_OPTION_OPENFILE_READ_POLICY_WHOLE_FILE,
            OpenFileOptions.FS_OPTION_OPENFILE_READ_POLICY_AVRO,
            OpenFileOptions.FS_OPTION_OPENFILE_READ_POLICY_CSV,
            OpenFileOptions.FS_OPTION_OPENFILE_READ_POLICY_JSON -> {
          return new PieceReader(file, chunk, ahead, true);
        }
        case OpenFileOptions.FS_OPTION_OPENFILE_READ_POLICY_RANDOM,
            OpenFileOptions.FS_OPTION_OPENFILE_READ_POLICY_VECTOR,
            OpenFileOptions.FS_OPTION_OPENFILE_READ_POLICY_COLUMNAR,
            OpenFileOptions.FS_OPTION_OPENFILE_READ_POLICY_PARQUET,
            OpenFileOptions.FS_OPTION_OPENFILE_READ_POLICY_ORC,
            OpenFileOptions.FS_OPTION_OPENFILE_READ_POLICY_HBASE -> {
          return new PieceReader(file, Math.min(chunk, PIECE_AT_RANDOM), 0, false);
        }
        default -> {}
      }
    }
    return new PieceReader(file, chunk, ahead, false);
  }

  /**
   * Makes a file, or cuts the one that is there, and opens it to write it.
   *
   * @param overwrite whether one may be there.
   */
  FSDataOutputStream create(RemotePath path, FsPermission permission, boolean overwrite)
      throws IOException {
    int flags = Sys.O_WRONLY | Sys.O_CREAT | (overwrite ? Sys.O_TRUNC : Sys.O_EXCL);
    try {
      RemoteFile file = RemoteFile.open(door, path, flags, permission);
      return new FSDataOutputStream(new SysletOutputStream(file, 0, statistics), null);
    } catch (PathIsDirectoryException e) {
      throw (IOException)
          new FileAlreadyExistsException(path.text() + ": is a directory").initCause(e);
    }
  }

  /** As {@link #create}; the folders that it is in are made as well. */
  FSDataOutputStream createWithFolders(
      RemotePath path, FsPermission permission, FsPermission ofFolders, boolean overwrite)
      throws IOException {
    try {
      return create(path, permission, overwrite);
    } catch (FileNotFoundException e) {
      names.mkdirs(path.parent(), ofFolders);
      return create(path, permission, overwrite);
    }
  }

  /** Opens a file to write behind its end. */
  FSDataOutputStream append(RemotePath path) throws IOException {
    RemoteFile file = RemoteFile.open(door, path, Sys.O_WRONLY, FsPermission.getFileDefault());
    long size = file.size();
    return new FSDataOutputStream(new SysletOutputStream(file, size, statistics), null, size);
  }
}
