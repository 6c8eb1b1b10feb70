package io.syslet.examples.copy;

import java.util.ArrayDeque;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * A directory of the tree and its copy. Its names never change; its descriptors belong to {@link
 * Folders}, the rest to the task that lists it, until nothing in it is left to do.
 */
final class CopiedFolder implements Item {
  /** The descriptors are not open. */
  static final int CLOSED = -1;

  final @Nullable CopiedFolder parent;
  final byte[] from;
  final byte[] to;

  // ---- of Folders, under its lock

  int fromFd = CLOSED;
  int toFd = CLOSED;
  int pins;
  boolean isOver;

  // ---- of whoever opens it

  final ReentrantLock opening = new ReentrantLock();
  boolean isMade;

  // ---- of the task that lists it

  /** Where the next listing begins. */
  volatile long offset;

  volatile @Nullable Found found;

  /** The listing, and entries that are not copied yet. */
  final AtomicInteger left = new AtomicInteger(1);

  CopiedFolder(@Nullable CopiedFolder parent, byte[] from, byte[] to) {
    this.parent = parent;
    this.from = from;
    this.to = to;
  }

  byte[] fromPath() {
    byte[] path = {};
    for (CopiedFolder each : downTo(this)) {
      path = Entry.join(path, each.from);
    }
    return path;
  }

  byte[] toPath() {
    byte[] path = {};
    for (CopiedFolder each : downTo(this)) {
      path = Entry.join(path, each.to);
    }
    return path;
  }

  /** The folders from the first one down to this, for names. */
  private static ArrayDeque<CopiedFolder> downTo(CopiedFolder last) {
    ArrayDeque<CopiedFolder> path = new ArrayDeque<>();
    for (CopiedFolder each = last; each != null; each = each.parent) {
      path.addFirst(each);
    }
    return path;
  }
}
