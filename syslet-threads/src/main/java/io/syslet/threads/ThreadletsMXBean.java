package io.syslet.threads;

/**
 * What the scheduler of threadlets does: {@code syslet:type=Threadlets,name=NAME}. Each figure is
 * exact at some moment during its call.
 */
public interface ThreadletsMXBean {
  /** How many threadlets may run at once now. */
  int getProcessors();

  /** Threadlets that run, or sleep on a worker. */
  int getMounted();

  /** Those of them whose worker lost its processor to others, since it sleeps or did. */
  int getBlocked();

  /** Threadlets that wait for their turn. */
  long getQueued();

  /** Worker threads that there are. */
  int getWorkers();

  /** The greatest number of workers so far. */
  int getMostWorkers();

  /** How often a worker has lost its processor because it slept. */
  long getReplacements();

  /** How often a worker slept while others waited, and there was no spare or the limit forbade. */
  long getStarved();

  /** How many workers may be blocked at once. */
  int getMaxBlocked();

  /**
   * Sets how many workers may be blocked at once; those that are stay.
   *
   * @throws IllegalArgumentException if the limit is negative.
   */
  void setMaxBlocked(int limit);
}
