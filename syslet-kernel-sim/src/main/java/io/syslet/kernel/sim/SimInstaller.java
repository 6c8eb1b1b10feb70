package io.syslet.kernel.sim;

/** Builds the rest of a machine, a file system for instance, while its kernel boots. */
@FunctionalInterface
public interface SimInstaller {
  /**
   * Makes the parts, and registers their calls, also in the place of those that are there.
   *
   * @param machine which does not run yet.
   * @param process of which the programs will be.
   * @param calls the machine's calls.
   */
  void install(SimMachine machine, SimProcess process, SimCalls calls);
}
