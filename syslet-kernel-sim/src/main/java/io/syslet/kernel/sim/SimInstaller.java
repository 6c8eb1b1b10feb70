package io.syslet.kernel.sim;

import java.util.ServiceLoader;

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

  /** Those that are on the class or module path, one after the other: a service. */
  static SimInstaller all() {
    ServiceLoader<SimInstaller> all =
        ServiceLoader.load(SimInstaller.class, SimInstaller.class.getClassLoader());
    return (machine, process, calls) ->
        all.forEach(installer -> installer.install(machine, process, calls));
  }
}
