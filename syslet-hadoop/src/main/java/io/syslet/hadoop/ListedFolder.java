package io.syslet.hadoop;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.hadoop.fs.FileStatus;
import org.jspecify.annotations.Nullable;

/** A directory that is to be listed, and what of it was handed on. */
final class ListedFolder {
  final RemotePath path;
  private final @Nullable ListedFolder parent;
  private final long device;
  private final long inode;
  private List<List<FileStatus>> pages = new ArrayList<>();

  /**
   * @param parent through which the listing came here; null for where it begins.
   */
  ListedFolder(RemotePath path, @Nullable ListedFolder parent, long device, long inode) {
    this.path = path;
    this.parent = parent;
    this.device = device;
    this.inode = inode;
  }

  /** Whether a directory is this one or one on the way to it. */
  boolean isBelow(long itsDevice, long itsInode) {
    for (ListedFolder at = this; at != null; at = at.parent) {
      if (at.device == itsDevice && at.inode == itsInode) {
        return true;
      }
    }
    return false;
  }

  /** Some of its entries were handed on. */
  void handedOn(List<FileStatus> page) {
    pages.add(page);
  }

  /** The names that were handed on: not to be, when it is listed again. */
  Set<String> names() {
    Set<String> names = new HashSet<>();
    pages.forEach(page -> page.forEach(status -> names.add(status.getPath().getName())));
    return names;
  }

  /** All was handed on. */
  void done() {
    pages = List.of();
  }
}
