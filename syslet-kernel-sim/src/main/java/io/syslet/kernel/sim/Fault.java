package io.syslet.kernel.sim;

/** What can go wrong by seed. */
public enum Fault {
  /** A request to the disk fails. */
  EIO,
  /** There is no room for a new block. */
  ENOSPC,
  /** A request to the disk takes much longer. */
  LATENCY_SPIKE,
  /** No spare worker is there when a call blocks. */
  NO_SPARE,
  /** The ring of a call looks full. */
  RING_FULL,
  /** A task is killed where it enters the kernel, blocks, or is about to return to its program. */
  TASK_KILLED,
  /** A spare worker is killed while it waits. */
  SPARE_KILLED,
  /** A sleeper is woken for nothing. */
  SPURIOUS_WAKE
}
