package io.syslet.examples.copy;

import io.syslet.Errno;
import io.syslet.Nr;
import io.syslet.Sys;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The open folders: a budget of them, so that no tree ends in EMFILE. One that nobody has pinned
 * stays open until there are too many, the one used longest ago goes first, and is opened again,
 * name by name from an ancestor that is open, when it is wanted. So a path is never longer than a
 * name, nor does a symbolic link lead anywhere. Any task.
 */
final class Folders {
  private static final int FLAGS = Sys.O_RDONLY | Sys.O_DIRECTORY;
  private static final int MODE = 0700;

  private static final int MOST_RETRIES = 1000;
  private static final long RETRY_NANOS = 1_000_000;

  private final ReentrantLock lock = new ReentrantLock();
  private final LinkedHashSet<CopiedFolder> idle = new LinkedHashSet<>();
  private int budget;
  private int open;

  /** For so many open folders, and as many more as are pinned. */
  Folders(int budget) {
    this.budget = budget;
  }

  /** Has a folder open on both sides, and made if it was not, until {@link #unpin}. */
  void pin(CopiedFolder target, Hand hand) throws CallFailedException {
    ArrayDeque<CopiedFolder> closed = new ArrayDeque<>();
    CopiedFolder at = target;
    while (!isPinned(at)) {
      closed.push(at);
      at = Objects.requireNonNull(at.parent);
    }
    while (!closed.isEmpty()) {
      CopiedFolder next = closed.pop();
      try {
        openBelow(at, next, hand);
      } finally {
        unpin(at, hand);
      }
      at = next;
    }
  }

  /** Pins a folder if it is open. */
  private boolean isPinned(CopiedFolder folder) {
    lock.lock();
    try {
      if (folder.toFd == CopiedFolder.CLOSED) {
        return false;
      }
      idle.remove(folder);
      folder.pins++;
      return true;
    } finally {
      lock.unlock();
    }
  }

  private void openBelow(CopiedFolder parent, CopiedFolder folder, Hand hand)
      throws CallFailedException {
    folder.opening.lock();
    try {
      if (isPinned(folder)) {
        return;
      }
      long from = CallFailedException.from(open(parent.fromFd, folder.from, FLAGS, 0, hand));
      try {
        if (folder.offset != 0) {
          CallFailedException.from(hand.call(Nr.LSEEK, from, folder.offset, 0, 0, 0, 0));
        }
        opened(folder, from, openCopy(parent, folder, hand));
      } catch (CallFailedException e) {
        hand.close(from);
        throw e;
      }
    } finally {
      folder.opening.unlock();
    }
  }

  private long openCopy(CopiedFolder parent, CopiedFolder folder, Hand hand)
      throws CallFailedException {
    if (!folder.isMade) {
      long made = hand.makeDirectory(parent.toFd, folder.to, MODE);
      CallFailedException.to(made == -Errno.EEXIST ? 0 : made);
      folder.isMade = true;
    }
    return CallFailedException.to(open(parent.toFd, folder.to, FLAGS, 0, hand));
  }

  private void opened(CopiedFolder folder, long from, long to) {
    lock.lock();
    try {
      folder.fromFd = (int) from;
      folder.toFd = (int) to;
      folder.pins++;
      open++;
    } finally {
      lock.unlock();
    }
  }

  /** Gives back what {@link #pin} took. */
  void unpin(CopiedFolder folder, Hand hand) {
    for (int fd : released(folder)) {
      hand.close(fd);
    }
  }

  /** The folder needs no descriptors any more, once it is unpinned. */
  void over(CopiedFolder folder) {
    lock.lock();
    try {
      folder.isOver = true;
    } finally {
      lock.unlock();
    }
  }

  private List<Integer> released(CopiedFolder folder) {
    lock.lock();
    try {
      if (--folder.pins > 0) {
        return List.of();
      }
      List<Integer> toClose = new ArrayList<>(4);
      if (folder.isOver) {
        close(folder, toClose);
      } else {
        idle.add(folder);
        keepBudget(toClose);
      }
      return toClose;
    } finally {
      lock.unlock();
    }
  }

  private void keepBudget(List<Integer> toClose) {
    Iterator<CopiedFolder> oldest = idle.iterator();
    while (open > budget && oldest.hasNext()) {
      close(oldest.next(), toClose);
      oldest.remove();
    }
  }

  private void close(CopiedFolder folder, List<Integer> toClose) {
    toClose.add(folder.fromFd);
    toClose.add(folder.toFd);
    folder.fromFd = CopiedFolder.CLOSED;
    folder.toFd = CopiedFolder.CLOSED;
    open--;
  }

  /**
   * Opens a file, if need be by having fewer folders open from now on: the process may have less
   * room than it was said to have. What other tasks hold now may be free a moment later.
   */
  long open(int dirfd, byte[] name, int flags, int mode, Hand hand) {
    long fd = hand.open(dirfd, name, flags, mode);
    for (int i = 0; i < MOST_RETRIES && (fd == -Errno.EMFILE || fd == -Errno.ENFILE); i++) {
      List<Integer> toClose = spared();
      for (int each : toClose) {
        hand.close(each);
      }
      if (toClose.isEmpty()) {
        LockSupport.parkNanos(RETRY_NANOS);
      }
      fd = hand.open(dirfd, name, flags, mode);
    }
    return fd;
  }

  private List<Integer> spared() {
    lock.lock();
    try {
      List<Integer> toClose = new ArrayList<>();
      budget = Math.min(budget, open / 2);
      keepBudget(toClose);
      return toClose;
    } finally {
      lock.unlock();
    }
  }
}
