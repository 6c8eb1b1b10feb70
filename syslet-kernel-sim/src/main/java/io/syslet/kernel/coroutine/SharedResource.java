package io.syslet.kernel.coroutine;

/**
 * So many units of something that coroutines of any contexts take and give back; those who cannot
 * have theirs wait.
 *
 * <p>Source: QEMU's {@code co-shared-resource.h}.
 */
public final class SharedResource {
  private final CoList waiters = new CoList();
  private final long total;
  private long available;

  /** With so many units, all free. */
  public SharedResource(long total) {
    this.total = total;
    this.available = total;
  }

  /**
   * Takes units if so many are free: whether they were.
   *
   * @throws IllegalArgumentException if there are not so many at all.
   */
  public boolean tryGet(long units) {
    check(units);
    synchronized (waiters) {
      return take(units);
    }
  }

  /**
   * Takes units; yields until so many are free. When some are put back all who wait look again, in
   * their order.
   *
   * @throws IllegalArgumentException if there are not so many at all.
   */
  public void get(long units) {
    check(units);
    Coroutine self = Coroutine.running("gets a shared resource");
    while (!takeOrJoin(self, units)) {
      CoQueue.sleep(self, waiters);
    }
  }

  private boolean takeOrJoin(Coroutine self, long units) {
    synchronized (waiters) {
      if (take(units)) {
        return true;
      }
      self.homeToWaitIn();
      waiters.addLast(self);
      return false;
    }
  }

  private boolean take(long units) {
    boolean enough = units <= available;
    available -= enough ? units : 0;
    return enough;
  }

  /**
   * Gives units back. Any thread.
   *
   * @throws IllegalStateException if so many are not out.
   */
  public void put(long units) {
    check(units);
    CoList all = new CoList();
    synchronized (waiters) {
      if (units > total - available) {
        throw new IllegalStateException(
            units + " units are put back, but only " + (total - available) + " are out");
      }
      available += units;
      all.takeAll(waiters);
    }
    CoQueue.wakeAll(all);
  }

  private void check(long units) {
    if (units < 0 || units > total) {
      throw new IllegalArgumentException(units + " units of a resource that has " + total);
    }
  }

  /** How many are free. */
  public long available() {
    synchronized (waiters) {
      return available;
    }
  }
}
