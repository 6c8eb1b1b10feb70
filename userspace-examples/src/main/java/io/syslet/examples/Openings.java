package io.syslet.examples;

import io.syslet.CString;
import io.syslet.Call;
import io.syslet.Calls;
import io.syslet.Errno;
import java.util.ArrayDeque;
import java.util.Objects;
import java.util.concurrent.locks.LockSupport;

/**
 * The directories of one task that wait to be opened, and those that are open, with nothing read of
 * them: for the task itself, the last first, or, the oldest first, for tasks that have none.
 */
final class Openings {
  private static final int MOST_RETRIES = 1000;
  private static final long RETRY_NANOS = 1_000_000;

  /** Directories that a task gives to each one that has none; one, once descriptors run out. */
  private static final int GIFTS = 16;

  private final Walk walk;
  private final TreeWalk task;
  private final Calls calls;
  private final Descriptors descriptors;
  private final ArrayDeque<Directory> waiting = new ArrayDeque<>();
  private final ArrayDeque<Directory> unread = new ArrayDeque<>();
  private final Call.Listener<Directory> opened = this::opened;
  private int gifts;
  private int generosity = GIFTS;

  Openings(Walk walk, TreeWalk task, int budget) {
    this.walk = walk;
    this.task = task;
    this.calls = task.calls;
    this.descriptors = new Descriptors(walk.kernel, task, budget);
  }

  boolean isEmpty() {
    return waiting.isEmpty();
  }

  /** Whether there is a directory that is open, and nothing read of it. */
  boolean hasUnread() {
    return !unread.isEmpty();
  }

  /** The last such one, which the task is about to read. */
  Directory nextUnread() {
    return unread.removeLast();
  }

  /** Adds a directory by the address of its name. */
  void add(Directory parent, long name) {
    parent.children++;
    waiting.addLast(new Directory(parent, CString.bytes(name, CString.PATH_MAX - 1), task));
  }

  /** Takes over an open directory that came from another task. */
  void received(Directory directory) {
    directory.owner = task;
    descriptors.received(directory);
    unread.addLast(directory);
  }

  /** Something of a directory has ended: it is closed, if that was the last. */
  void release(Directory directory) {
    descriptors.release(directory);
  }

  /** Closes directories that are only needed to open others, to be opened again later. */
  void closeThoseNeededLast() {
    descriptors.closeThoseNeededLast(waiting);
  }

  /** Opens up to {@code most}, as far as there is room for calls and descriptors. */
  void open(int most) {
    for (int i = 0; i < most && calls.room() > 0 && !waiting.isEmpty(); i++) {
      if (!descriptors.canOpen(waiting.peekLast())) {
        return;
      }
      open(waiting.pollLast());
    }
  }

  private void open(Directory directory) {
    long at = descriptors.opening(directory);
    if (at < 0) {
      notOpened(directory, at);
    } else {
      calls.openat((int) at, directory.name, Directory.OPEN_FLAGS, 0).then(opened, directory, 0);
    }
  }

  private void opened(Directory directory, Call call, long status) {
    if (status < 0) {
      descriptors.gone();
      notOpened(directory, status);
      return;
    }
    directory.fd = (int) status;
    noLongerWaits(directory);
    if (directory.isGift) {
      gifts--;
      descriptors.gone();
      walk.exchange.give(directory);
    } else {
      unread.addLast(directory);
    }
  }

  private void notOpened(Directory directory, long status) {
    if (directory.isGift) {
      directory.isGift = false;
      gifts--;
    }
    boolean noDescriptors = status == -Errno.EMFILE || status == -Errno.ENFILE;
    if (noDescriptors && mayTryAgain(directory)) {
      waiting.addLast(directory);
    } else {
      walk.check(directory, status);
      noLongerWaits(directory);
    }
  }

  private void noLongerWaits(Directory directory) {
    Directory parent = Objects.requireNonNull(directory.parent);
    parent.children--;
    release(parent);
  }

  /** Descriptors that we or other tasks hold now will be free later; others' may never be. */
  private boolean mayTryAgain(Directory directory) {
    generosity = 1;
    descriptors.exhausted();
    if (!descriptors.wasAlone(directory)) {
      return true;
    }
    boolean othersHold = walk.exchange.hasStock() || walk.exchange.othersWork();
    if (!othersHold || ++directory.retries > MOST_RETRIES) {
      return false;
    }
    LockSupport.parkNanos(RETRY_NANOS);
    return true;
  }

  /**
   * Gives to tasks that have none, up to half of what is open, since that costs them no wait; then
   * opens some for them, several at a time, since each costs whoever waits for it an open and a
   * read. Or takes some from others, if there is nothing here.
   *
   * @param isReading whether the task has directories of which something is read.
   */
  void share(boolean isReading) {
    int most = Math.min(unread.size() / 2, generosity * walk.exchange.hungry());
    for (int i = 0; i < most; i++) {
      descriptors.gone();
      walk.exchange.give(unread.removeFirst());
    }
    openGifts();
    take(isReading || !unread.isEmpty() || !waiting.isEmpty() ? 0 : GIFTS);
  }

  private void openGifts() {
    int most = generosity * walk.exchange.hungry();
    boolean mayOpen = true;
    while (mayOpen && gifts < most && waiting.size() > gifts + 1 && calls.room() > 0) {
      mayOpen = openGift();
    }
  }

  /** Takes up to so many; one, once descriptors have run out, for which others wait. */
  private void take(int most) {
    int left = generosity < GIFTS ? 1 : most;
    for (Directory gift; left > 0 && (gift = walk.exchange.takeNow()) != null; left--) {
      received(gift);
    }
  }

  /** The oldest directory has the most below it, so that is what another task gets. */
  private boolean openGift() {
    Directory oldest = waiting.peekFirst();
    if (!descriptors.canOpen(oldest)) {
      return false;
    }
    oldest.isGift = true;
    gifts++;
    open(waiting.pollFirst());
    return true;
  }
}
