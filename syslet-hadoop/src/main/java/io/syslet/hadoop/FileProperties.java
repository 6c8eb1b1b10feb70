package io.syslet.hadoop;

import io.syslet.Call;
import io.syslet.Calls;
import io.syslet.Nr;
import io.syslet.Sys;
import io.syslet.ring.Memory;
import java.io.IOException;
import org.apache.hadoop.fs.FsStatus;
import org.apache.hadoop.fs.permission.FsAction;
import org.apache.hadoop.fs.permission.FsPermission;

/** What a file has beside its bytes and its name. Any thread. */
final class FileProperties {
  /** Of {@code struct timespec}: leave the time as it is. */
  private static final long UTIME_OMIT = (1L << 30) - 2;

  private static final int STATFS_LENGTH = 120;
  private static final int READ = 4;
  private static final int WRITE = 2;
  private static final int EXECUTE = 1;

  private final ServerDoor door;

  FileProperties(ServerDoor door) {
    this.door = door;
  }

  void permission(RemotePath path, FsPermission permission) throws IOException {
    make(path, path.chmod(permission));
  }

  /**
   * Sets times, milliseconds since 1970; one of −1 stays.
   *
   * @param modified of the last write.
   * @param read of the last read.
   */
  void times(RemotePath path, long modified, long read) throws IOException {
    make(
        path,
        calls -> {
          long times = calls.memory(4L * Long.BYTES);
          put(times, read);
          put(times + 2L * Long.BYTES, modified);
          return calls.call(Nr.UTIMENSAT, Sys.AT_FDCWD, path.in(calls), times, 0, 0, 0);
        });
  }

  private static void put(long timespec, long millis) {
    boolean stays = millis == -1;
    Memory.putLong(timespec, stays ? 0 : Math.floorDiv(millis, 1000));
    Memory.putLong(
        timespec + Long.BYTES, stays ? UTIME_OMIT : Math.floorMod(millis, 1000) * 1_000_000L);
  }

  /** Throws what {@code FileSystem.access} says if the server may not do that. */
  void access(RemotePath path, FsAction action) throws IOException {
    int mode =
        (action.implies(FsAction.READ) ? READ : 0)
            | (action.implies(FsAction.WRITE) ? WRITE : 0)
            | (action.implies(FsAction.EXECUTE) ? EXECUTE : 0);
    make(path, path.access(mode));
  }

  private void make(RemotePath path, CallLoop.Begin begin) throws IOException {
    door.repeat(path.text(), session -> session.call(begin));
  }

  /** Cuts a file, or lets it grow, to a length in bytes. */
  void truncate(RemotePath path, long length) throws IOException {
    RemoteFile file = RemoteFile.open(door, path, Sys.O_WRONLY, FsPermission.getFileDefault());
    try {
      file.repeat(on -> on.call(calls -> calls.ftruncate(on.fd, length)));
    } finally {
      file.close();
    }
  }

  /** How large the file system is that a path is on. */
  FsStatus room(RemotePath path) throws IOException {
    return door.repeat(
        path.text(), session -> session.call(calls -> statfs(calls, path), FileProperties::room));
  }

  private static Call statfs(Calls calls, RemotePath path) {
    long found = calls.memory(STATFS_LENGTH);
    return calls.call(Nr.STATFS, path.in(calls), found, 0, 0, 0, 0);
  }

  /** The first memory of a call is where its stat would be. */
  private static FsStatus room(Call call, long status) throws RemoteError {
    CallLoop.value(call, status);
    long at = call.stat().address();
    long unit = Memory.getLong(at + 8);
    long all = Memory.getLong(at + 16) * unit;
    long free = Memory.getLong(at + 24) * unit;
    return new FsStatus(all, all - free, Memory.getLong(at + 32) * unit);
  }
}
