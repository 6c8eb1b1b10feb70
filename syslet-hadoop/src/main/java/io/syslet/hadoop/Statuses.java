package io.syslet.hadoop;

import io.syslet.Call;
import io.syslet.Stat;
import java.net.URI;
import org.apache.hadoop.fs.BlockLocation;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.LocatedFileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.permission.FsPermission;
import org.jspecify.annotations.Nullable;

/** What is known of a file, as Hadoop has it. Owners are numbers; blocks are told, not there. */
final class Statuses {
  /** What statx(2) is asked for. */
  static final int MASK = Stat.STATX_BASIC_STATS;

  private static final int PERMISSIONS = 01777;
  private static final BlockLocation[] NONE = {};

  private final String scheme;
  private final @Nullable String authority;
  private final long blockSize;
  private final String[] names;
  private final String[] hosts;

  Statuses(URI uri, DoorOptions options) {
    this.scheme = uri.getScheme();
    this.authority = uri.getAuthority();
    this.blockSize = options.blockSize();
    this.hosts = new String[] {options.host()};
    this.names =
        new String[] {uri.getPort() < 0 ? options.host() : options.host() + ":" + uri.getPort()};
  }

  /** The end of a {@link RemotePath#stat} or lstat call. */
  CallLoop.End<FileStatus> at(RemotePath path) {
    return (call, status) -> of(call, status, path.text());
  }

  private FileStatus of(Call call, long status, String path) throws RemoteError {
    CallLoop.value(call, status);
    return of(call.stat(), path);
  }

  FileStatus of(Stat stat, String path) {
    return new FileStatus(
        stat.isDirectory() ? 0 : stat.size(),
        stat.isDirectory(),
        stat.isDirectory() ? 0 : 1,
        stat.isDirectory() ? 0 : blockSize,
        millis(stat.mtimeSec(), stat.mtimeNsec()),
        millis(stat.atimeSec(), stat.atimeNsec()),
        new FsPermission((short) (stat.mode() & PERMISSIONS)),
        Integer.toUnsignedString(stat.uid()),
        Integer.toUnsignedString(stat.gid()),
        path(path));
  }

  private static long millis(long seconds, int nanos) {
    return seconds * 1000 + nanos / 1_000_000;
  }

  /** A path of this file system. */
  Path path(String text) {
    return new Path(scheme, authority, text);
  }

  LocatedFileStatus located(FileStatus status) {
    boolean isDirectory = status.isDirectory();
    return new LocatedFileStatus(
        status, isDirectory ? null : locations(status.getLen(), 0, status.getLen()));
  }

  /** Where bytes of a file are: all of it is one block, on the server's host. */
  BlockLocation[] locations(long length, long start, long count) {
    return start >= length || count <= 0
        ? NONE
        : new BlockLocation[] {new BlockLocation(names, hosts, 0, length)};
  }
}
