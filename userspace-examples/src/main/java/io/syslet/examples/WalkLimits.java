package io.syslet.examples;

import io.syslet.Kernel;
import io.syslet.Nr;
import io.syslet.ring.Memory;

/**
 * What each task of a walk may have.
 *
 * @param tasks how many tasks.
 * @param inFlight calls in flight of one task.
 * @param descriptors open directories of one task.
 */
record WalkLimits(int tasks, int inFlight, int descriptors) {
  private static final int RLIMIT_NOFILE = 7;
  private static final int MAX_DESCRIPTORS = 4096;

  /** The least that a task can work with: a directory and its parent. */
  private static final int MIN_DESCRIPTORS = 2;

  static WalkLimits of(Kernel kernel, WalkOptions options) {
    int descriptors = options.descriptors() > 0 ? options.descriptors() : descriptors(kernel);
    int wanted = options.tasks() > 0 ? options.tasks() : kernel.processors();
    int affordable = Math.max(1, descriptors / (MIN_DESCRIPTORS + 1));
    int tasks = Math.min(Math.min(wanted, affordable), options.inFlight());
    // The first directory is open throughout, and one may be on its way to each other task.
    int each = (descriptors - tasks) / tasks;
    return new WalkLimits(tasks, options.inFlight() / tasks, Math.max(MIN_DESCRIPTORS, each));
  }

  /** Half of what the process may have open: others want some, too. */
  private static int descriptors(Kernel kernel) {
    long limits = kernel.arena().allocate(2 * Long.BYTES).address();
    long error = kernel.syscall(Nr.PRLIMIT64, 0, RLIMIT_NOFILE, 0, limits, 0, 0);
    long soft = error == 0 ? Memory.getLong(limits) : MAX_DESCRIPTORS;
    // As unsigned, for "unlimited" is all ones.
    return (int) (Long.compareUnsigned(soft, 2 * MAX_DESCRIPTORS) < 0 ? soft / 2 : MAX_DESCRIPTORS);
  }
}
