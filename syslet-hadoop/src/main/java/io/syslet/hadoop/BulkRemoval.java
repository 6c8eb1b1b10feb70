package io.syslet.hadoop;

import io.syslet.Errno;
import io.syslet.Stat;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.hadoop.fs.BulkDelete;
import org.apache.hadoop.fs.BulkDeleteUtils;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.statistics.IOStatistics;

/** Removes files and empty folders, all that are named at a time in flight. Any thread. */
final class BulkRemoval implements BulkDelete {
  private static final int PAGE = 256;

  private final ServerDoor door;
  private final DoorStatistics statistics;
  private final Path base;

  /**
   * @param base above all that is to be removed.
   */
  BulkRemoval(ServerDoor door, DoorStatistics statistics, Path base) {
    this.door = door;
    this.statistics = statistics;
    this.base = base;
  }

  @Override
  public int pageSize() {
    return PAGE;
  }

  @Override
  public Path basePath() {
    return base;
  }

  /** What is gone already counts as removed. */
  @Override
  public List<Map.Entry<Path, String>> bulkDelete(Collection<Path> paths) throws IOException {
    BulkDeleteUtils.validateBulkDeletePaths(paths, PAGE, base);
    statistics.countChange(org.apache.hadoop.fs.statistics.StoreStatisticNames.OP_BULK_DELETE);
    Map<Path, RemotePath> wanted = new LinkedHashMap<>();
    for (Path path : paths) {
      wanted.put(path, RemotePath.of(path));
    }
    return door.repeat(
        base.toString(),
        session -> {
          Map<Path, RemotePath> folders = new LinkedHashMap<>();
          List<Map.Entry<Path, String>> failed = new ArrayList<>();
          remove(session, wanted, 0, folders, failed);
          remove(session, folders, Stat.AT_REMOVEDIR, folders, failed);
          return failed;
        });
  }

  private static void remove(
      ServerSession session,
      Map<Path, RemotePath> these,
      int flags,
      Map<Path, RemotePath> folders,
      List<Map.Entry<Path, String>> failed)
      throws RemoteError, IOException {
    Map<Path, CompletableFuture<Long>> removals = new LinkedHashMap<>();
    these.forEach(
        (path, at) ->
            removals.put(path, session.loop().make(at.unlink(flags), BulkRemoval::errno)));
    for (Map.Entry<Path, CompletableFuture<Long>> removal : removals.entrySet()) {
      Path path = removal.getKey();
      long errno = ServerSession.await(removal.getValue());
      if (errno == Errno.EISDIR) {
        folders.put(path, RemotePath.of(path));
      } else if (errno != 0) {
        failed.add(Map.entry(path, Errno.describe(-errno)));
      }
    }
  }

  /** The end of a call: 0, or what its own path failed with. */
  private static long errno(io.syslet.Call call, long status) throws RemoteError {
    RemoteError error = new RemoteError(status);
    if (status < 0 && (error.isLoss() || error.isPassing())) {
      throw error;
    }
    return status == -Errno.ENOENT || status == -Errno.ENOTDIR ? 0 : -status;
  }

  @Override
  public IOStatistics getIOStatistics() {
    return statistics.counts;
  }

  @Override
  public void close() {}
}
