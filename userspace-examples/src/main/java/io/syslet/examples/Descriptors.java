package io.syslet.examples;

import io.syslet.CString;
import io.syslet.Kernel;
import io.syslet.Sys;
import java.util.ArrayDeque;
import java.util.Objects;
import java.util.function.LongConsumer;

/**
 * The descriptors of one task: a budget of them, so that no tree ends in EMFILE.
 *
 * <p>A directory stays open until the last call that names it has ended and its subdirectories have
 * been opened. In a deep tree that can be more than the budget allows: then those that are needed
 * last are closed, and opened again, name by name from an ancestor that is open, when it is their
 * turn. The directory that the walk began with is always open, and not counted.
 */
final class Descriptors {
  private final Kernel kernel;
  private final TreeWalk owner;
  private final long name;
  private final LongConsumer closed = this::closed;
  private int budget;
  private int open;

  /**
   * @param budget at least 2.
   */
  Descriptors(Kernel kernel, TreeWalk owner, int budget) {
    this.kernel = kernel;
    this.owner = owner;
    this.budget = budget;
    this.name = kernel.arena().allocate(CString.PATH_MAX).address();
  }

  /** Whether there is room for a directory, and for its parent if that is to be opened again. */
  boolean canOpen(Directory directory) {
    return open < budget && (parent(directory).fd != Directory.CLOSED || open + 2 <= budget);
  }

  /**
   * Counts a directory that is about to be opened.
   *
   * @return the descriptor of its parent, or −errno: then nothing has been counted.
   */
  long opening(Directory directory) {
    Directory parent = parent(directory);
    long at = parent.fd == Directory.CLOSED ? openAgain(parent) : parent.fd;
    if (at >= 0) {
      open++;
    }
    directory.isAlone = open <= 2;
    return at;
  }

  /** Counts a descriptor less: it was closed, not opened after all, or went to another task. */
  void gone() {
    open--;
  }

  private void closed(long status) {
    gone();
  }

  /** Counts an open directory that came from another task. */
  void received(Directory directory) {
    if (isCounted(directory)) {
      open++;
    }
  }

  /** Whether a directory could not be opened although nothing else was open but its parent. */
  boolean wasAlone(Directory directory) {
    return directory.isAlone && open <= 1;
  }

  /** Learns that the process has no more descriptors. */
  void exhausted() {
    budget = Math.max(2, open);
  }

  /** Closes the directory if nothing needs its descriptor any more. */
  void release(Directory directory) {
    if (!directory.needsDescriptor() && isCounted(directory)) {
      int fd = directory.fd;
      directory.fd = Directory.CLOSED;
      owner.calls.close(fd).then(closed);
    }
  }

  /**
   * Closes directories that only wait for their subdirectories to be opened, in the order of the
   * waiting ones, until half of the budget is free. For when no call is in flight.
   */
  void closeThoseNeededLast(ArrayDeque<Directory> waiting) {
    for (Directory directory : waiting) {
      Directory parent = parent(directory);
      if (isCounted(parent)) {
        close(parent.fd);
        parent.fd = Directory.CLOSED;
        open--;
      }
      if (open <= (budget - 2) / 2) {
        return;
      }
    }
  }

  private static boolean isCounted(Directory directory) {
    return directory.parent != null && directory.fd != Directory.CLOSED;
  }

  private long openAgain(Directory target) {
    ArrayDeque<Directory> path = closedPath(target);
    int toKeep = (budget - open) / 2;
    int left = path.size();
    long at = parent(path.getFirst()).fd;
    boolean passing = false;
    for (Directory next : path) {
      long fd = open(at, next);
      if (passing) {
        close(at);
      }
      if (fd < 0) {
        return fd;
      }
      passing = !(--left < toKeep && isOurs(next) && next.needsDescriptor());
      if (!passing) {
        next.fd = (int) fd;
        open++;
      }
      at = fd;
    }
    return at;
  }

  /** The target and its ancestors up to one that is open, from there downwards. */
  private ArrayDeque<Directory> closedPath(Directory target) {
    ArrayDeque<Directory> path = new ArrayDeque<>();
    Directory next = target;
    while (next.parent != null && !(isOurs(next) && next.fd != Directory.CLOSED)) {
      path.addFirst(next);
      next = next.parent;
    }
    return path;
  }

  private boolean isOurs(Directory directory) {
    return directory.owner == owner;
  }

  private long open(long at, Directory directory) {
    CString.put(name, directory.name);
    return Sys.openat(kernel, (int) at, name, Directory.OPEN_FLAGS, 0);
  }

  private void close(long fd) {
    Sys.close(kernel, (int) fd);
  }

  private static Directory parent(Directory directory) {
    return Objects.requireNonNull(directory.parent);
  }
}
