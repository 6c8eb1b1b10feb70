package io.syslet.kernel.coroutine;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/**
 * A lock for coroutines of any contexts, handed to those who wait in their order.
 *
 * <p>{@code users} counts who holds it and who wants it. Who makes it 1 has the lock. Who makes it
 * more goes into the list, and yields. Who unlocks and leaves it above 0 owes the lock to someone:
 *
 * <pre>
 *   unlocks                              locks
 *   users 2 -&gt; 1                         users 1 -&gt; 2
 *   list is empty yet: owed = 1
 *                                        owed was 1: takes the lock, does not yield
 * </pre>
 *
 * or, the other way round, finds the one in the list and wakes it. The list and {@code owed} change
 * together, under a monitor that is held for a few instructions, so either side sees the other.
 *
 * <p>Source: QEMU's {@code qemu_co_mutex_lock}, whose hand-off this is.
 */
public final class CoMutex {
  private static final VarHandle USERS;

  static {
    try {
      USERS = MethodHandles.lookup().findVarHandle(CoMutex.class, "users", int.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private final CoList waiters = new CoList();
  private volatile int users;
  private volatile @Nullable Coroutine holder;
  private int owed;

  /** Users that were closed while they waited: they are owed nothing, but still counted. */
  private int gone;

  private int handOffs;

  /**
   * Takes the lock; yields until it is free.
   *
   * @throws IllegalStateException outside of a coroutine, if this one holds it, or if it must wait
   *     and has no home.
   */
  public void lock() {
    Coroutine self = Coroutine.running("locks a mutex");
    if (holder == self) {
      throw new IllegalStateException(Misuse.lockTwice("mutex", self));
    }
    if (!USERS.compareAndSet(this, 0, 1)) {
      self.homeToWaitIn();
      if ((int) USERS.getAndAdd(this, 1) != 0 && !takeOwed(self)) {
        sleep(self);
      }
    }
    holder = self;
    self.countLocks(1);
  }

  /** Takes the lock if it is free: whether it was. */
  public boolean tryLock() {
    Coroutine self = Coroutine.running("locks a mutex");
    boolean free = USERS.compareAndSet(this, 0, 1);
    if (free) {
      holder = self;
      self.countLocks(1);
    }
    return free;
  }

  /** Takes the lock that is owed, or joins the list. */
  private boolean takeOwed(Coroutine self) {
    synchronized (waiters) {
      if (owed == 0) {
        waiters.addLast(self);
        return false;
      }
      owed--;
      return true;
    }
  }

  private void sleep(Coroutine self) {
    boolean woken = false;
    try {
      CoQueue.sleep(self, waiters);
      woken = true;
    } finally {
      if (!woken) {
        synchronized (waiters) {
          gone++;
        }
      }
    }
  }

  /**
   * Gives the lock to the first of those who wait, who is entered at home later.
   *
   * @throws IllegalStateException if this coroutine does not hold it.
   */
  public void unlock() {
    Coroutine self = Coroutine.running("unlocks a mutex");
    if (holder != self) {
      throw new IllegalStateException(Misuse.unlock("mutex", self, holder));
    }
    holder = null;
    self.countLocks(-1);
    if ((int) USERS.getAndAdd(this, -1) != 1) {
      handOver();
    }
  }

  private void handOver() {
    boolean more = true;
    while (more) {
      Coroutine next;
      boolean nobody;
      synchronized (waiters) {
        next = waiters.removeFirst();
        nobody = next == null && gone > 0;
        if (nobody) {
          gone--;
        } else if (next == null) {
          owed++;
          handOffs++;
        }
      }
      if (next != null) {
        Context.wake(next);
      }
      // One who is gone unlocks at once.
      more = nobody && (int) USERS.getAndAdd(this, -1) != 1;
    }
  }

  /** Whether someone holds it, or is about to. */
  public boolean isLocked() {
    return users != 0;
  }

  /** How often the lock was left to one who had not joined the list yet. */
  public int handOffs() {
    synchronized (waiters) {
      return handOffs;
    }
  }
}
