package io.syslet.kernel;

import io.syslet.ring.Memory;

/** A number in memory that only grows, mostly. Any thread may add to it and read it. */
public final class Counter {
  private final long address;

  Counter(long address) {
    this.address = address;
  }

  /** Adds one. A full fence. */
  public void increment() {
    add(1);
  }

  /** Adds a number, which may be negative. A full fence. */
  public void add(long number) {
    Memory.getAndAddLong(address, number);
  }

  /** What has been added so far. Acquire. */
  public long sum() {
    return Memory.getLongAcquire(address);
  }
}
