package io.syslet.hadoop;

import io.syslet.Call;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.apache.hadoop.fs.ContentSummary;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.LocatedFileStatus;
import org.apache.hadoop.fs.ParentNotDirectoryException;
import org.apache.hadoop.fs.RemoteIterator;
import org.apache.hadoop.util.functional.RemoteIterators;

/** Lists folders. Any thread. */
final class Listings {
  private final ServerDoor door;
  private final Statuses statuses;
  private final NameChanges names;

  Listings(ServerDoor door, Statuses statuses, NameChanges names) {
    this.door = door;
    this.statuses = statuses;
    this.names = names;
  }

  /** What is in a folder, or the file itself; links are followed. */
  RemoteIterator<FileStatus> in(RemotePath path) throws IOException {
    TreeIterator entries = begin(path, false, 0, 0);
    try {
      entries.prime();
      return entries;
    } catch (ParentNotDirectoryException e) {
      return RemoteIterators.remoteIteratorFromSingleton(names.status(path));
    }
  }

  /** What is in a folder, by name. */
  FileStatus[] all(RemotePath path) throws IOException {
    RemoteIterator<FileStatus> entries = in(path);
    List<FileStatus> found = new ArrayList<>();
    while (entries.hasNext()) {
      found.add(entries.next());
    }
    FileStatus[] sorted = found.toArray(new FileStatus[0]);
    java.util.Arrays.sort(sorted);
    return sorted;
  }

  /** All that is below a folder, folders too, in no order; or the file itself. */
  RemoteIterator<FileStatus> below(RemotePath path) throws IOException {
    return names.ask(path, (call, status) -> below(path, statuses.at(path).of(call, status), call));
  }

  private RemoteIterator<FileStatus> below(RemotePath path, FileStatus first, Call call) {
    return first.isFile()
        ? RemoteIterators.remoteIteratorFromSingleton(first)
        : begin(path, true, call.stat().dev(), call.stat().ino());
  }

  private TreeIterator begin(RemotePath path, boolean recursive, long device, long inode) {
    return new TreeIterator(door, statuses, new ListedFolder(path, null, device, inode), recursive);
  }

  /** As {@link #in} or {@link #below}, with the blocks of files; without what is not wanted. */
  RemoteIterator<LocatedFileStatus> located(
      RemotePath path, boolean recursive, Predicate<FileStatus> wanted) throws IOException {
    RemoteIterator<FileStatus> found = recursive ? below(path) : in(path);
    return RemoteIterators.mappingRemoteIterator(
        RemoteIterators.filteringRemoteIterator(found, wanted::test), statuses::located);
  }

  /** Counts what is below a folder, and the folder. */
  ContentSummary summary(RemotePath path) throws IOException {
    FileStatus status = names.status(path);
    long[] count = {0, 0, status.isDirectory() ? 1 : 0};
    RemoteIterator<FileStatus> entries = below(path);
    while (entries.hasNext()) {
      FileStatus next = entries.next();
      count[0] += next.getLen();
      count[next.isDirectory() ? 2 : 1]++;
    }
    return new ContentSummary.Builder()
        .length(count[0])
        .fileCount(count[1])
        .directoryCount(count[2])
        .spaceConsumed(count[0])
        .build();
  }
}
