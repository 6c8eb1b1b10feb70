package io.syslet.kernel.sim;

import io.syslet.Nr;

/**
 * What things cost in virtual time, nanoseconds. The defaults were measured on Linux 6.18 by {@code
 * bench/run entry} and {@code bench/run handover} where there is such a figure; the others are
 * estimates and say so. A call's cost is that of a call which finds everything in memory; what it
 * waits for comes on top, by itself.
 *
 * @param call of a call that does next to nothing, such as getppid.
 * @param look of a call that looks up a path or describes a file, such as lstat.
 * @param transfer of a call that reads or writes, for 4 KiB, such as pread.
 * @param entry of one {@code indirect}, single or of a batch: the way to the worker and back.
 * @param slot of each call of a batch, over the plain call: nothing that was seen, a batch of 64
 *     was measured at 93 to 103 % of 64 plain calls.
 * @param handOver from a block until the spare worker runs.
 * @param contextSwitch from one thread of the machine to another.
 * @param newWorker to make a worker (an estimate, after clone(2)).
 * @param user what a program does between two calls (an estimate).
 * @param slice how long a task runs while others wait.
 */
public record CostModel(
    long call,
    long look,
    long transfer,
    long entry,
    long slot,
    long handOver,
    long contextSwitch,
    long newWorker,
    long user,
    long slice) {
  /** As measured. */
  public static final CostModel MEASURED =
      new CostModel(133, 816, 388, 270, 0, 4_800, 1_500, 12_000, 100, 3_000_000);

  /** Nothing costs anything, for tests of what happens rather than when. */
  public static final CostModel FREE = new CostModel(0, 0, 0, 0, 0, 0, 0, 0, 0, 3_000_000);

  /** The same on a processor that is {@code factor} times as slow; 0 or more. The slice stays. */
  public CostModel times(double factor) {
    return new CostModel(
        Math.round(call * factor),
        Math.round(look * factor),
        Math.round(transfer * factor),
        Math.round(entry * factor),
        Math.round(slot * factor),
        Math.round(handOver * factor),
        Math.round(contextSwitch * factor),
        Math.round(newWorker * factor),
        Math.round(user * factor),
        slice);
  }

  /** What a call costs by its number. */
  long of(long nr) {
    if (nr == Nr.STATX || nr == Nr.NEWFSTATAT || nr == Nr.OPENAT || nr == Nr.GETDENTS64) {
      return look;
    }
    return nr == Nr.READ || nr == Nr.PREAD64 || nr == Nr.WRITE || nr == Nr.PWRITE64
        ? transfer
        : call;
  }

  /** A table of the figures, one a line. */
  public String table() {
    return """
    nanoseconds   what
    %11d   a call that does next to nothing
    %11d   a call that looks up a path or describes a file
    %11d   a call that reads or writes
    %11d   one indirect, single or of a batch
    %11d   each call of a batch, over the plain call
    %11d   from a block until the spare worker runs
    %11d   from one thread to another
    %11d   to make a worker (estimated)
    %11d   what a program does between two calls (estimated)
    """
        .formatted(call, look, transfer, entry, slot, handOver, contextSwitch, newWorker, user);
  }
}
