package io.syslet.linux;

/** How many processors a scheduler has. */
final class Processors {
  private Processors() {}

  /** How many it is to have now. */
  static int wanted(SchedulerOptions options) {
    int count = options.processors();
    return count == 0 ? Runtime.getRuntime().availableProcessors() : count;
  }

  /** How many it can ever have. */
  static int most(SchedulerOptions options) {
    return options.processors() == 0
        ? Math.max(Affinity.present(), wanted(options))
        : options.processors();
  }
}
