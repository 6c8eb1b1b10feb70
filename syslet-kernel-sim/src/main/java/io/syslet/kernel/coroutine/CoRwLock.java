package io.syslet.kernel.coroutine;

import org.jspecify.annotations.Nullable;

/**
 * A lock for many readers or one writer, for coroutines of any contexts.
 *
 * <p>It is fair: one list for both, in the order in which they came, and nobody passes one who
 * waits, so a writer is not starved by readers that keep coming. Who is woken has the lock already,
 * and wakes the next if that one may have it too; so a row of readers wakes itself up.
 *
 * <pre>
 *   owners: 0 free, n > 0 readers, -1 a writer
 * </pre>
 *
 * <p>Source: QEMU's {@code qemu_co_rwlock_*}.
 */
public final class CoRwLock {
  private static final int WRITER = -1;

  private final CoList waiters = new CoList();
  private int owners;

  /** Takes the lock to read; yields while a writer has it or anyone waits. */
  public void rdlock() {
    Coroutine self = Coroutine.running("locks an rwlock to read");
    boolean now;
    synchronized (waiters) {
      now = owners >= 0 && waiters.isEmpty();
      owners += now ? 1 : 0;
      self.wantsToRead = true;
      joinUnless(now, self);
    }
    sleepUnless(now, self);
    if (!now) {
      wakeOne();
    }
  }

  /** Takes the lock to write; yields while anyone has it or waits. */
  public void wrlock() {
    Coroutine self = Coroutine.running("locks an rwlock to write");
    boolean now;
    synchronized (waiters) {
      now = owners == 0 && waiters.isEmpty();
      owners = now ? WRITER : owners;
      self.wantsToRead = false;
      joinUnless(now, self);
    }
    sleepUnless(now, self);
  }

  /**
   * Makes of the reader a writer: at once if it is the only one and nobody waits. Else it lets go
   * and joins the end of the list, so what it has read may have changed.
   *
   * @throws IllegalStateException if nobody has the lock to read.
   */
  public void upgrade() {
    Coroutine self = Coroutine.running("upgrades an rwlock");
    boolean now;
    synchronized (waiters) {
      check(owners > 0, self, "upgrades");
      now = owners == 1 && waiters.isEmpty();
      owners = now ? WRITER : owners - 1;
      self.wantsToRead = false;
      joinUnless(now, self);
    }
    self.countLocks(-1);
    if (!now) {
      wakeOne();
    }
    sleepUnless(now, self);
  }

  /**
   * Makes of the writer a reader. Never yields.
   *
   * @throws IllegalStateException if nobody has the lock to write.
   */
  public void downgrade() {
    Coroutine self = Coroutine.running("downgrades an rwlock");
    synchronized (waiters) {
      check(owners == WRITER, self, "downgrades");
      owners = 1;
    }
    wakeOne();
  }

  /**
   * Lets go of the lock.
   *
   * @throws IllegalStateException if nobody has it.
   */
  public void unlock() {
    Coroutine self = Coroutine.running("unlocks an rwlock");
    synchronized (waiters) {
      check(owners != 0, self, "unlocks");
      owners = owners > 0 ? owners - 1 : 0;
    }
    self.countLocks(-1);
    wakeOne();
  }

  private static void check(boolean right, Coroutine self, String does) {
    if (!right) {
      throw new IllegalStateException(self + " " + does + " an rwlock that it does not hold so");
    }
  }

  private void joinUnless(boolean now, Coroutine self) {
    if (!now) {
      self.homeToWaitIn();
      waiters.addLast(self);
    }
  }

  private void sleepUnless(boolean now, Coroutine self) {
    if (!now) {
      CoQueue.sleep(self, waiters);
    }
    self.countLocks(1);
  }

  /** Gives the lock to the first one who waits, if that one may have it now. */
  private void wakeOne() {
    Coroutine woken;
    synchronized (waiters) {
      woken = entitled();
    }
    if (woken != null) {
      Context.wake(woken);
    }
  }

  private @Nullable Coroutine entitled() {
    Coroutine first = waiters.first();
    if (first == null || (first.wantsToRead ? owners < 0 : owners != 0)) {
      return null;
    }
    owners = first.wantsToRead ? owners + 1 : WRITER;
    return waiters.removeFirst();
  }

  /** How many readers have the lock; −1 if a writer has it. */
  public int owners() {
    synchronized (waiters) {
      return owners;
    }
  }
}
