package io.syslet.examples;

import io.syslet.Kernel;

/**
 * What each task of a walk may have.
 *
 * @param tasks how many tasks.
 * @param inFlight calls in flight of one task.
 * @param descriptors open directories of one task.
 */
record WalkLimits(int tasks, int inFlight, int descriptors) {
  /** The least that a task can work with: a directory and its parent. */
  private static final int MIN_DESCRIPTORS = 2;

  static WalkLimits of(Kernel kernel, WalkOptions options) {
    int descriptors =
        options.descriptors() > 0 ? options.descriptors() : DescriptorLimit.half(kernel);
    int wanted = options.tasks() > 0 ? options.tasks() : kernel.processors();
    int affordable = Math.max(1, descriptors / (MIN_DESCRIPTORS + 1));
    int tasks = Math.min(Math.min(wanted, affordable), options.inFlight());
    // The first directory is open throughout, and one may be on its way to each other task.
    int each = (descriptors - tasks) / tasks;
    return new WalkLimits(tasks, options.inFlight() / tasks, Math.max(MIN_DESCRIPTORS, each));
  }
}
